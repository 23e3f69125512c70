/**
 * Limits how often something may happen: `size` times at once, and then once more in each interval.
 */
export class TokenBucket {
  readonly #size: number;
  readonly #interval: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /** `interval` is in ms, as `now` is. */
  constructor(size: number, interval: number, now = () => performance.now()) {
    this.#size = size;
    this.#interval = interval;
    this.#now = now;
    this.#tokens = size;
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

  /** Returns a token that should not count after all. */
  giveBack(): void {
    this.#tokens = Math.min(this.#tokens + 1, this.#size);
  }

  #fill(): void {
    const grown = Math.floor((this.#now() - this.#filledAt) / this.#interval);
    this.#filledAt += grown * this.#interval;
    this.#tokens = Math.min(this.#tokens + grown, this.#size);
  }
}
