import { expect } from '@open-wc/testing';
import { ShutterPress } from '../../../src/elements/snap-camera/controls/shutter-press.js';

describe('a press of the shutter', () => {
  const { setTimeout, clearTimeout } = globalThis;
  /** What waits for the press to become a long one. */
  let waiting: Map<number, () => void>;

  beforeEach(() => {
    waiting = new Map();
    let count = 0;
    globalThis.setTimeout = ((run: () => void) => {
      waiting.set((count += 1), run);
      return count;
    }) as typeof setTimeout;
    globalThis.clearTimeout = ((id: number) => waiting.delete(id)) as typeof clearTimeout;
  });
  afterEach(() => Object.assign(globalThis, { setTimeout, clearTimeout }));

  it('is no long one once it has ended, however many fingers there were', () => {
    const press = new ShutterPress(() => undefined);
    const { down, up } = press.listeners(() => undefined);
    for (const pointerId of [1, 2]) down(new PointerEvent('pointerdown', { button: 0, pointerId }));
    expect([press.down, waiting.size]).to.deep.equal([true, 1]);
    up();
    expect([press.down, waiting.size]).to.deep.equal([false, 0]);
  });
});
