/**
 * The one clock of all pages, in ms since the epoch. A time is taken in one page and another in the
 * other, and Node subtracts: no message has to cross the line that is being measured, and none of
 * Playwright's own round trips (1 to 5 ms, more on a busy machine) is counted.
 *
 * It is the same clock because both pages live in one browser on one machine: Chromium derives
 * `timeOrigin` and `now()` from the machine's monotonic clock. Measured between two contexts over a
 * data channel (half of the round trip against the time told by the other page): 0.05 to 0.15 ms
 * apart. `now()` has a grain of 0.1 ms.
 */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Times at which something has happened, whether they are asked for before or after. */
export class Moments<Key = void> {
  readonly #known = new Map<Key, number>();
  readonly #asked = new Map<Key, (time: number) => void>();

  /** It happens now, or did at `time`. */
  happened(key: Key, time = now()): void {
    const ask = this.#asked.get(key);
    if (!ask) {
      this.#known.set(key, time);
      return;
    }
    this.#asked.delete(key);
    ask(time);
  }

  /** The next time at which it happens that nobody has asked for yet. */
  next(key: Key): Promise<number> {
    const time = this.#known.get(key);
    if (time === undefined) return new Promise((resolve) => this.#asked.set(key, resolve));
    this.#known.delete(key);
    return Promise.resolve(time);
  }
}

/**
 * Resolves once what was put into the page has been drawn: the frame after the one that draws it
 * has begun.
 */
export async function painted(): Promise<number> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return now();
}
