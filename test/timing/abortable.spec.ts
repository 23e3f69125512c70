import { expect } from '@open-wc/testing';
import { orAborted, wait, withTimeout } from '../../src/timing/abortable.js';
import { VirtualTime } from './support/virtual-time.js';

const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error: unknown) => `rejected: ${String(error)}`,
  );

describe('waiting', () => {
  let time: VirtualTime;

  beforeEach(() => {
    time = new VirtualTime();
    time.install();
  });

  afterEach(() => time.remove());

  it('ends after the time given', async () => {
    let over = false;
    const waiting = wait(100).then(() => (over = true));
    await time.pass(99);
    expect(over).to.equal(false);
    await time.pass(1);
    await waiting;
  });

  it('rejects with the reason of the signal as soon as that aborts', async () => {
    const abort = new AbortController();
    const waiting = outcome(wait(100, abort.signal));
    abort.abort('enough');
    expect(await waiting).to.equal('rejected: enough');
    expect(await outcome(wait(100, abort.signal))).to.equal('rejected: enough');
  });

  it('for a promise ends when the signal aborts, or as the promise does', async () => {
    const abort = new AbortController();
    const never = outcome(orAborted(new Promise(() => {}), abort.signal));
    expect(await orAborted(Promise.resolve('made'), abort.signal)).to.equal('made');
    abort.abort('enough');
    expect(await never).to.equal('rejected: enough');
  });

  it('for a promise with a timeout ends with the fallback once that has passed', async () => {
    expect(await withTimeout(Promise.resolve('made'), 100, 'late')).to.equal('made');
    const late = withTimeout(new Promise(() => {}), 100, 'late');
    await time.pass(100);
    expect(await late).to.equal('late');
  });
});
