import { expect } from '@open-wc/testing';
import { yielding } from '../../src/timing/yielding.js';
import { VirtualTime } from './support/virtual-time.js';

describe('yielding', () => {
  let time: VirtualTime;

  beforeEach(() => {
    time = new VirtualTime();
    time.install();
  });

  afterEach(() => time.remove());

  /** Work of that many steps of `length` ms each. Resolves to how many pauses it has made. */
  async function work(steps: number, length: number): Promise<number> {
    const yieldIfDue = yielding();
    let pauses = 0;
    for (let step = 0; step < steps; step++) {
      await time.pass(length);
      const pausing = yieldIfDue();
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
    it(`gives the browser its turn ${pauses} times in ${steps} steps of ${length} ms`, async () => {
      expect(await work(steps, length)).to.equal(pauses);
    });

  it('waits for a new task, however many microtasks run before', async () => {
    const yieldIfDue = yielding();
    await time.pass(20);
    let over = false;
    const pausing = yieldIfDue()!.then(() => (over = true));
    for (let microtask = 0; microtask < 1000; microtask++) await Promise.resolve();
    expect(over).to.equal(false);
    await pausing;
  });
});
