/**
 * A clock that all pages share, in ms since the epoch. One page takes the start, the other the end,
 * and Node subtracts: no message has to cross the measured line, and Playwright's own round trips
 * (1 to 5 ms, more on a busy machine) do not count.
 *
 * The clock is shared because both pages are in one browser on one machine, and Chromium derives
 * `timeOrigin` and `now()` from its monotonic clock. Two contexts differ by 0.05 to 0.15 ms,
 * measured over a data channel. `now()` has a resolution of 0.1 ms.
 */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Times of events, which can be requested before or after the event. */
export class Moments<Key = void> {
  readonly #known = new Map<Key, number>();
  readonly #asked = new Map<Key, (time: number) => void>();

  /** Records an event now, or at `time`. */
  happened(key: Key, time = now()): void {
    const ask = this.#asked.get(key);
    if (!ask) {
      this.#known.set(key, time);
      return;
    }
    this.#asked.delete(key);
    ask(time);
  }

  /** The time of the next event that was not requested yet. */
  next(key: Key): Promise<number> {
    const time = this.#known.get(key);
    if (time === undefined) return new Promise((resolve) => this.#asked.set(key, resolve));
    this.#known.delete(key);
    return Promise.resolve(time);
  }
}

/**
 * Resolves when the current content of the page has been drawn: at the start of the frame after the
 * one that draws it.
 */
export async function painted(): Promise<number> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return now();
}
