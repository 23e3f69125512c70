import { TokenBucket } from '../token-bucket.js';
import { FRUITLESS_REFILL, LARGE_FILE, MAX_FRUITLESS } from './messages.js';
import { WaitingLine } from './waiting-line.js';

/**
 * In bytes: what may be coming from one peer at once, of small things and of large ones; more waits. Enough to keep any path busy, and little
 * enough that one peer cannot take the memory, or the disk, that everybody shares.
 */
const ROOM = { small: 16_777_216, large: 67_108_864 } as const;

/** What one peer has used up of what it may ask of this page, over all of its connections. */
export class Account {
  /** Offers. Those that are delivered are given back: they take as long as they take. */
  readonly offers = new TokenBucket(MAX_FRUITLESS, FRUITLESS_REFILL);
  readonly #small = new WaitingLine(ROOM.small);
  readonly #large = new WaitingLine(ROOM.large);

  /** The room for something of so many bytes. A photo never waits for a film. */
  line(size: number): WaitingLine {
    return size < LARGE_FILE ? this.#small : this.#large;
  }
}
