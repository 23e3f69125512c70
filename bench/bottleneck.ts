/** The properties of a link, in one direction. */
export interface Shape {
  /** In ms: the one-way delay, half of the round trip. */
  readonly delay: number;
  /** The share of packets that are lost at random, from 0 to 1. */
  readonly loss: number;
  /**
   * In bits per second of UDP payload, not counting UDP and IP headers. `Infinity` is unlimited.
   */
  readonly rate: number;
  /**
   * In bytes: the queue in front of a link with a `rate`. Packets that do not fit are dropped
   * (drop-tail).
   */
  readonly queue: number;
}

/** A link that changes nothing. */
export const STRAIGHT: Shape = { delay: 0, loss: 0, rate: Infinity, queue: Infinity };

/** Counts of packets by outcome. */
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
 * Models one direction of a link: random loss, then a queue of limited length in front of a wire of
 * limited rate, then a fixed delay. Uses neither clock nor sockets, so tests can feed it plain
 * numbers.
 */
export class Bottleneck {
  readonly tally: Tally = { passed: 0, lost: 0, overflowed: 0 };
  #shape: Shape;
  readonly #random: () => number;
  /** The time at which the wire will have sent everything in the queue. */
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

  /** Packets in the queue keep their release times. */
  set shape(shape: Shape) {
    this.#shape = shape;
  }

  /** Bytes in the queue at the time `now`. */
  waiting(now: number): number {
    const { rate } = this.#shape;
    return rate === Infinity ? 0 : Math.max(0, ((this.#freeAt - now) * rate) / BITS / MS);
  }

  /**
   * A packet of `bytes` enters at `now`. Returns its release time in ms, never before that of an
   * earlier packet, or null if it is dropped.
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
    // Prevents overtaking, which only a change of shape could cause; no wire does that.
    this.#lastRelease = Math.max(this.#lastRelease, this.#freeAt + delay);
    return this.#lastRelease;
  }
}

/**
 * A seeded random number generator (mulberry32), so that every contestant loses the same packets.
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
