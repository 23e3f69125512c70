import type { Chunk } from '../lanes/chunk.js';
import type { Accept, Offer } from '../wire/messages.js';
import { violation } from '../wire/violation.js';

/**
 * What is still to be sent to one recipient in one conversation, in the order of sending, as far as
 * its credit reaches.
 */
export class SendQueue {
  readonly #size: number;
  readonly #piece: number;
  readonly #pieceCount: number;
  /** The number of pieces, from the first on, that the recipient had at the start. */
  readonly #have: number;
  readonly #credit: number;
  #stored: number;
  /** Chunks of any length, which are cut as they are taken. */
  #todo: Chunk[] = [];
  /** Pieces of which some bytes were sent. */
  readonly #begun = new Set<number>();

  /** Throws `peer-protocol` when the recipient claims to have more than there is. */
  constructor(
    { size, piece }: Pick<Offer, 'size' | 'piece'>,
    { have, credit }: Pick<Accept, 'have' | 'credit'>,
  ) {
    this.#size = size;
    this.#piece = piece;
    this.#pieceCount = Math.ceil(size / piece);
    if (have > this.#pieceCount) throw violation('accept: more than there is');
    this.#have = have;
    this.#stored = have;
    this.#credit = credit;
    const start = this.#startOf(have);
    if (start < size) this.#todo.push({ start, end: size });
  }

  /**
   * What is to be sent next, uncut; null when everything was sent, or the credit reaches no
   * further.
   */
  get next(): Chunk | null {
    const [chunk] = this.#todo;
    return chunk && chunk.start < (this.#stored + this.#credit) * this.#piece ? chunk : null;
  }

  /** Whether some bytes of every piece were sent here, or the recipient had it. */
  get allBegun(): boolean {
    return this.#have + this.#begun.size >= this.#pieceCount;
  }

  hasBegun(index: number): boolean {
    return this.#begun.has(index);
  }

  /** Takes the next chunk: at most `most` bytes, of one piece. Null when there is none. */
  take(most: number): Chunk | null {
    const { next } = this;
    if (!next) return null;
    const index = Math.floor(next.start / this.#piece);
    this.#begun.add(index);
    const end = Math.min(next.start + most, next.end, this.#startOf(index + 1));
    if (end === next.end) {
      this.#todo.shift();
      return next;
    }
    this.#todo[0] = { start: end, end: next.end };
    return { start: next.start, end };
  }

  /** Sends this chunk once more, before all others. */
  again(chunk: Chunk): void {
    this.#todo.unshift(chunk);
  }

  /**
   * The recipient has stored so many pieces without a gap, and its credit reaches further. Throws
   * `peer-protocol` when that cannot be.
   */
  stored(pieces: number): void {
    if (pieces <= this.#stored || pieces > this.#pieceCount) throw violation('stored');
    this.#stored = pieces;
  }

  /**
   * A piece came wrong: all of it goes once more. Returns how many bytes those are. Throws
   * `peer-protocol` when it cannot have come.
   */
  redo(index: number): number {
    if (!this.#begun.has(index) || index < this.#stored) throw violation('redo');
    const chunk = { start: this.#startOf(index), end: this.#startOf(index + 1) };
    this.again(chunk);
    return chunk.end - chunk.start;
  }

  #startOf(index: number): number {
    return Math.min(index * this.#piece, this.#size);
  }
}
