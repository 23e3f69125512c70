import { expect } from '@open-wc/testing';
import { Rhythm } from '../../src/hub/rhythm.js';
import { VirtualTime, task } from '../timing/support/virtual-time.js';

describe('a rhythm', () => {
  let time: VirtualTime;

  beforeEach(() => {
    time = new VirtualTime();
    time.install();
  });

  afterEach(() => time.remove());

  /**
   * A rhythm whose every step takes `length` ms, and the moments of its steps, counted from its
   * making.
   */
  function stepsOf(length: number): { rhythm: Rhythm; moments: number[] } {
    const began = time.now;
    const moments: number[] = [];
    const rhythm = new Rhythm(() => {
      moments.push(time.now - began);
      time.skip(length);
    });
    return { rhythm, moments };
  }

  it('runs at once after a quiet time, in a task of its own, and once for many changes', async () => {
    const { rhythm, moments } = stepsOf(0);
    for (let change = 0; change < 100; change++) rhythm.wake();
    expect(moments).to.deep.equal([]);
    await time.until(() => moments.length > 0);
    await time.pass(1000);
    expect(moments).to.deep.equal([0]);
    rhythm.wake();
    await time.until(() => moments.length > 1);
    expect(moments).to.deep.equal([0, 1000]);
  });

  it('runs again after a change that came during a run', async () => {
    let steps = 0;
    const rhythm: Rhythm = new Rhythm(() => ++steps === 1 && rhythm.wake());
    rhythm.wake();
    await time.until(() => steps === 2);
    await time.pass(1000);
    expect(steps).to.equal(2);
  });

  // Of the time, a quarter at most; but nobody waits for longer than 300 ms after a step that takes
  // less than that.
  for (const { takes, every } of [
    { takes: 0, every: 16 },
    { takes: 3, every: 16 },
    { takes: 10, every: 40 },
    { takes: 50, every: 200 },
    { takes: 100, every: 300 },
    { takes: 200, every: 300 },
  ])
    it(`runs every ${every} ms during endless changes when a run takes ${takes} ms`, async () => {
      const { rhythm, moments } = stepsOf(takes);
      for (let change = 0; change < 3000; change++) {
        rhythm.wake();
        await task();
        await task();
        await time.pass(1);
      }
      const pauses = moments.slice(1).map((moment, at) => moment - moments[at]!);
      expect(pauses.length).to.be.greaterThan(5);
      for (const pause of pauses) expect(pause).to.be.within(every, every + 2);
    });

  it('counts what follows in microtasks, such as the rendering of elements', async () => {
    const moments: number[] = [];
    const rhythm = new Rhythm(() => {
      moments.push(time.now);
      void Promise.resolve().then(() => time.skip(50));
    });
    rhythm.wake();
    await time.until(() => moments.length === 1);
    await task();
    await task();
    rhythm.wake();
    await time.until(() => moments.length === 2);
    expect(moments[1]! - moments[0]!).to.equal(200);
  });
});
