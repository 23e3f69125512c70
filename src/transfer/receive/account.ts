import { TokenBucket } from '../../timing/token-bucket.js';
import { FRUITLESS_REFILL, MAX_FRUITLESS } from '../wire/messages.js';
import { sizeClass } from '../wire/size-class.js';
import { WaitingLine } from './waiting-line.js';

/**
 * In bytes, by class of size: what may be coming from one peer at once; more waits. Enough to keep
 * any path busy, and little enough that one peer cannot take the memory, or the disk, that
 * everybody shares.
 */
const ROOM = [4_194_304, 4_194_304, 16_777_216, 16_777_216, 67_108_864] as const;

/** What one peer has used up of what it may ask of this page, over all of its connections. */
export class Account {
  /** Offers. Those that are delivered are given back: they take as long as they take. */
  readonly offers = new TokenBucket(MAX_FRUITLESS, FRUITLESS_REFILL);
  readonly #lines = ROOM.map((room) => new WaitingLine(room));

  /**
   * The room for something of so many bytes. A photo never waits for a film, nor for anything else
   * that is larger by far.
   */
  line(size: number): WaitingLine {
    return this.#lines[sizeClass(size)]!;
  }
}
