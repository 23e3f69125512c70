/**
 * How long a confirmation usually takes, and after how long it is overdue: the smoothed mean and
 * deviation of RFC 6298, section 2. Its timeout allows four deviations, as it takes the whole
 * window for lost. Here one is enough: the price of an error is one chunk sent twice. Times in ms.
 */
export class RoundTrips {
  #mean = 0;
  #deviation = 0;

  took(roundTrip: number): void {
    if (this.#mean === 0) {
      this.#mean = roundTrip;
      this.#deviation = roundTrip / 2;
    } else {
      this.#deviation += (Math.abs(this.#mean - roundTrip) - this.#deviation) * BETA;
      this.#mean += (roundTrip - this.#mean) * ALPHA;
    }
  }

  /** After how long a confirmation is overdue; `Infinity` before the first one. */
  get timeout(): number {
    return this.#mean === 0 ? Infinity : this.#mean + Math.max(SLACK, this.#deviation);
  }
}

/** A confirmation may always be this late: a page has other things to do. */
const SLACK = 30;
/** The weights of the newest measurement, by their names in RFC 6298. */
const ALPHA = 1 / 8;
const BETA = 1 / 4;
