/** What a PeerServer says to a client, or one client to another by way of it. */
export interface Message {
  readonly type: string;
  readonly src?: string;
  readonly dst?: string;
  readonly payload?: unknown;
}

/**
 * The longest that a message is held back, in ms: longer than a client waits for an answer, shorter
 * than a dial.
 */
const LONGEST_DELAY = 3_000;
/** Messages that are looked back on when one is invented. */
const REMEMBERED = 1_000;

const TYPES = ['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE', 'OPEN', 'ERROR', 'ID-TAKEN'];

/**
 * Decides what becomes of each message: of seven in ten what should, the others are dropped,
 * delayed (and so reordered) or repeated; and now and then one is invented, from an old one and
 * another type.
 */
export class Mischief<Said extends Message = Message> {
  readonly #random: () => number;
  readonly #seen: Said[] = [];

  /** `random`: at least 0, less than 1. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /**
   * Takes a message for one client; calls `pass` with what this client shall be told, as often as
   * it shall be.
   */
  take(message: Said, pass: (message: Said) => void): void {
    this.#seen.push(message);
    if (this.#seen.length > REMEMBERED) this.#seen.shift();
    const chance = this.#random();
    if (chance < 0.15) return;
    if (chance < 0.3) setTimeout(() => pass(message), this.#random() * LONGEST_DELAY);
    else pass(message);
    if (chance > 0.85) pass(message);
    if (chance > 0.7 && chance < 0.75) pass(this.#invent(message));
  }

  #invent({ dst }: Said): Said {
    return { ...this.#pick(this.#seen), ...(dst !== undefined && { dst }), type: this.#pick(TYPES) };
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)]!;
  }
}
