import { expect } from '@open-wc/testing';
import { SerialQueue } from '../../src/timing/serial.js';

describe('a serial queue', () => {
  it('starts a task only when the one before it has settled', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    let finish = (): void => {};
    const first = queue.run(async () => {
      log.push('first begins');
      await new Promise<void>((resolve) => (finish = resolve));
      log.push('first ends');
    });
    const second = queue.run(() => Promise.resolve(log.push('second')));
    await Promise.resolve();
    finish();
    await Promise.all([first, second]);
    expect(log).to.deep.equal(['first begins', 'first ends', 'second']);
  });

  it('returns the result of a task, or its error, and goes on after a failure', async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error('no'))).catch((error: Error) => error.message);
    expect(await queue.run(() => Promise.resolve(7))).to.equal(7);
    expect(await failed).to.equal('no');
  });
});
