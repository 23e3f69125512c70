/**
 * How often something may happen: so many times at once, and after that one more in each interval.
 */
export class TokenBucket {
  readonly #size: number;
  readonly #interval: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /** `interval` in ms, as `now`. */
  constructor(size: number, interval: number, now = () => performance.now()) {
    this.#size = size;
    this.#interval = interval;
    this.#now = now;
    this.#tokens = size;
    this.#filledAt = now();
  }

  /** Whether it may happen now. */
  get ready(): boolean {
    this.#fill();
    return this.#tokens >= 1;
  }

  /** It happens. False, and nothing is taken, when it may not. */
  take(): boolean {
    if (!this.ready) return false;
    this.#tokens -= 1;
    return true;
  }

  /** What was taken is not counted after all. */
  giveBack(): void {
    this.#tokens = Math.min(this.#tokens + 1, this.#size);
  }

  #fill(): void {
    const grown = Math.floor((this.#now() - this.#filledAt) / this.#interval);
    this.#filledAt += grown * this.#interval;
    this.#tokens = Math.min(this.#tokens + grown, this.#size);
  }
}
