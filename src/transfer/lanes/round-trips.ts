/**
 * How long a confirmation usually takes, and after how long it is overdue: the mean and the usual
 * deviation of the last ones, as RFC 6298 (section 2) has them. Its timeout allows four deviations,
 * since it takes the whole window for lost; here one is enough: who is wrong has sent one frame
 * twice. Times in ms.
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

/** The least that a confirmation may be late: a page has other things to do. */
const SLACK = 30;
/** RFC 6298's names: the weights of the last one. */
const ALPHA = 1 / 8;
const BETA = 1 / 4;
