import type { Range } from '../lanes/in-flight.js';
import type { Accept, Offer } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';

/**
 * What is still to go to one recipient in one conversation, in the order of sending, as far as its
 * credit reaches.
 */
export class SendQueue {
  readonly #size: number;
  readonly #piece: number;
  readonly #pieceCount: number;
  /** Pieces, from the first on, that the recipient had at the start. */
  readonly #have: number;
  readonly #credit: number;
  #stored: number;
  #todo: Range[] = [];
  /** Pieces of which a byte was sent. */
  readonly #begun = new Set<number>();

  /** Throws `peer-protocol` when the recipient claims to have more than there is. */
  constructor(
    { size, piece }: Pick<Offer, 'size' | 'piece'>,
    { have, credit }: Pick<Accept, 'have' | 'credit'>,
  ) {
    this.#size = size;
    this.#piece = piece;
    this.#pieceCount = Math.ceil(size / piece);
    if (have > this.#pieceCount) throw outOfPlace('accept: more than there is');
    this.#have = have;
    this.#stored = have;
    this.#credit = credit;
    const start = this.#startOf(have);
    if (start < size) this.#todo.push({ start, end: size });
  }

  /** What goes next; null when everything was sent, or nothing more is let in. */
  get next(): Range | null {
    const [range] = this.#todo;
    return range && range.start < (this.#stored + this.#credit) * this.#piece ? range : null;
  }

  /** Whether a byte of every piece was sent here, or the recipient had it. */
  get allBegun(): boolean {
    return this.#have + this.#begun.size >= this.#pieceCount;
  }

  hasBegun(index: number): boolean {
    return this.#begun.has(index);
  }

  /** Takes out the first `bytes` of what goes next: part of one piece. */
  take(bytes: number): void {
    const [range] = this.#todo;
    if (!range) return;
    this.#begun.add(Math.floor(range.start / this.#piece));
    const start = range.start + bytes;
    if (start === range.end) this.#todo.shift();
    else this.#todo[0] = { start, end: range.end };
  }

  /** Sends these bytes once more, and before all others. */
  again(range: Range): void {
    this.#todo.unshift(range);
  }

  /**
   * The recipient has stored so many pieces, without a gap, and lets in more. Throws
   * `peer-protocol` when that cannot be.
   */
  stored(pieces: number): void {
    if (pieces <= this.#stored || pieces > this.#pieceCount) throw outOfPlace('stored');
    this.#stored = pieces;
  }

  /**
   * A piece came wrong: all of it once more. Returns how many bytes those are. Throws
   * `peer-protocol` when it cannot have come.
   */
  redo(index: number): number {
    if (!this.#begun.has(index) || index < this.#stored) throw outOfPlace('redo');
    const range = { start: this.#startOf(index), end: this.#startOf(index + 1) };
    this.again(range);
    return range.end - range.start;
  }

  #startOf(index: number): number {
    return Math.min(index * this.#piece, this.#size);
  }
}
