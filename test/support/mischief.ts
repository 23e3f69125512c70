/** A message from a PeerServer, or from another client by way of it. */
export interface Message {
  readonly type: string;
  readonly src?: string;
  readonly dst?: string;
  readonly payload?: unknown;
}

/**
 * The longest delay of a message, in ms: longer than a client waits for an answer, shorter than a
 * dial.
 */
const LONGEST_DELAY = 3_000;
/** How many past messages the invented ones are made from. */
const REMEMBERED = 1_000;

const TYPES = ['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE', 'OPEN', 'ERROR', 'ID-TAKEN'];

/**
 * Passes seven in ten messages on as they are, and drops, delays (and so reorders) or repeats the
 * others. Now and then it invents one, from an old one and another type.
 */
export class Mischief<Said extends Message = Message> {
  readonly #random: () => number;
  readonly #seen: Said[] = [];

  /** `random`: returns at least 0, and less than 1. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Takes a message for one client, and calls `pass` with each message that it receives. */
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
