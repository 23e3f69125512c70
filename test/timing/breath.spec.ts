import { expect } from '@open-wc/testing';
import { breath } from '../../src/timing/breath.js';
import { VirtualTime } from './support/virtual-time.js';

describe('a breath', () => {
  let time: VirtualTime;

  beforeEach(() => {
    time = new VirtualTime();
    time.install();
  });

  afterEach(() => time.remove());

  /** Work of that many steps of `length` ms each. Resolves to how many pauses it has made. */
  async function work(steps: number, length: number): Promise<number> {
    const pause = breath();
    let pauses = 0;
    for (let step = 0; step < steps; step++) {
      await time.pass(length);
      const pausing = pause();
      if (pausing) pauses++;
      await pausing;
    }
    return pauses;
  }

  for (const [steps, length, pauses] of [
    [3, 2, 0],
    [4, 2, 1],
    [400, 2, 100],
    [400, 0, 0],
    [5, 100, 5],
  ] as const)
    it(`lets the browser have its turn ${pauses} times in ${steps} steps of ${length} ms`, async () => {
      expect(await work(steps, length)).to.equal(pauses);
    });

  it('is a task of its own: no number of microtasks is as long', async () => {
    const pause = breath();
    await time.pass(20);
    let over = false;
    const pausing = pause()!.then(() => (over = true));
    for (let microtask = 0; microtask < 1000; microtask++) await Promise.resolve();
    expect(over).to.equal(false);
    await pausing;
  });
});
