import { expect } from '@open-wc/testing';
import { steadyTimeout } from '../../src/timing/steady-timeout.js';

/** How long `length` timers take that set each other, with no delay at all. In ms. */
async function chain(set: (run: () => void) => unknown, length: number): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve) => {
    const next = (left: number): unknown => (left > 0 ? set(() => next(left - 1)) : (resolve(), null));
    next(length);
  });
  return performance.now() - start;
}

describe('steadyTimeout', () => {
  it('runs once, after its delay', async () => {
    const start = performance.now();
    await new Promise<void>((resolve) => steadyTimeout(resolve, 30));
    expect(performance.now() - start).to.be.at.least(29);
  });

  it('does not run once it has been cancelled, however late', async () => {
    let ran = false;
    const cancel = steadyTimeout(() => (ran = true), 0);
    // Its delay is over, but not the task in between.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        cancel();
        resolve();
      }, 0);
    });
    await new Promise<void>((resolve) => steadyTimeout(resolve, 0));
    expect(ran).to.be.false;
  });

  // claim: #timer-not-throttled
  it('is not counted as a chain, which browsers slow down (to 4 ms each here, to a minute in a hidden tab)', async () => {
    const plain = await chain((run) => setTimeout(run, 0), 60);
    const steady = await chain((run) => steadyTimeout(run, 0), 60);
    expect(plain).to.be.above(200);
    expect(steady).to.be.below(200);
  });
});
