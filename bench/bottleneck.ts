/** What a link does to what passes it, in one direction. */
export interface Shape {
  /** How long a packet is on its way, in ms; half of the round trip. */
  readonly delay: number;
  /** The share of packets that are lost on the way, from 0 to 1. */
  readonly loss: number;
  /**
   * In bits per second, of UDP payload: headers of UDP and IP are not counted. `Infinity`: as fast
   * as they come.
   */
  readonly rate: number;
  /**
   * Bytes that may wait in front of a link with a `rate`; what comes on top is dropped (drop-tail).
   */
  readonly queue: number;
}

/** A link that does nothing. */
export const STRAIGHT: Shape = { delay: 0, loss: 0, rate: Infinity, queue: Infinity };

/** What has become of the packets that came. */
export interface Tally {
  passed: number;
  /** Lost at random. */
  lost: number;
  /** Dropped because the queue was full. */
  overflowed: number;
}

const BITS = 8;
const MS = 1000;

/**
 * The arithmetic of one direction of a link: random loss, then a queue of limited length in front
 * of a wire of limited rate, then a fixed delay. It knows no clock and no socket, so that it is
 * tested by plain numbers.
 */
export class Bottleneck {
  readonly tally: Tally = { passed: 0, lost: 0, overflowed: 0 };
  #shape: Shape;
  readonly #random: () => number;
  /** When the wire will have sent all that waits. */
  #freeAt = 0;
  #lastRelease = 0;

  /** `random` returns numbers in [0, 1). */
  constructor(shape: Shape, random: () => number) {
    this.#shape = shape;
    this.#random = random;
  }

  get shape(): Shape {
    return this.#shape;
  }

  /** What waits already keeps the times it has been given. */
  set shape(shape: Shape) {
    this.#shape = shape;
  }

  /** Bytes that wait at the time `now`. */
  waiting(now: number): number {
    const { rate } = this.#shape;
    return rate === Infinity ? 0 : Math.max(0, ((this.#freeAt - now) * rate) / BITS / MS);
  }

  /**
   * A packet of `bytes` comes at `now`: when it is out at the other end (in ms, never before an
   * earlier one), or null when it is dropped.
   */
  admit(bytes: number, now: number): number | null {
    const { delay, loss, rate, queue } = this.#shape;
    if (loss > 0 && this.#random() < loss) {
      this.tally.lost++;
      return null;
    }
    if (this.waiting(now) + bytes > queue) {
      this.tally.overflowed++;
      return null;
    }
    this.tally.passed++;
    this.#freeAt = Math.max(this.#freeAt, now) + (bytes * BITS * MS) / rate;
    // Only a change of shape could let a packet overtake another; no wire does that.
    this.#lastRelease = Math.max(this.#lastRelease, this.#freeAt + delay);
    return this.#lastRelease;
  }
}

/**
 * Random numbers in [0, 1) that are the same for the same seed (mulberry32), so that every
 * contestant loses the same packets.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
