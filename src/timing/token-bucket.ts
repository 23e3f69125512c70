/**
 * Limits how often something may happen: `size` times at once, and then once more in each interval.
 */
export class TokenBucket {
  readonly #size: number;
  readonly #interval: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /**
   * `interval` is in ms, as `now` is; with `Infinity`, time brings no tokens. `start`: the tokens
   * at first.
   */
  constructor(size: number, interval: number, now = () => performance.now(), start = size) {
    this.#size = size;
    this.#interval = interval;
    this.#now = now;
    this.#tokens = start;
    this.#filledAt = now();
  }

  /** Whether a token is left. */
  get ready(): boolean {
    this.#fill();
    return this.#tokens >= 1;
  }

  /** Takes a token. Returns false if none is left. */
  take(): boolean {
    if (!this.ready) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Returns tokens that should not count after all. */
  giveBack(count = 1): void {
    this.#tokens = Math.min(this.#tokens + count, this.#size);
  }

  #fill(): void {
    if (this.#interval === Infinity) return;
    const grown = Math.floor((this.#now() - this.#filledAt) / this.#interval);
    this.#filledAt += grown * this.#interval;
    this.#tokens = Math.min(this.#tokens + grown, this.#size);
  }
}
