import { SnapError } from '../../errors.js';

/**
 * The most separate ranges that a piece may have. An honest sender's frames have 4 KiB or more, so
 * it needs fewer; a hostile one would make us keep a range for every second byte.
 */
const MOST_RANGES = 512;

/** Collects the bytes of one piece, which come in any order, some perhaps twice. */
export class PieceBuffer {
  readonly bytes: Uint8Array;
  /** Whether its digest is being computed. */
  checking = false;
  /**
   * The ranges that are filled, sorted, as `[start, end)`; they neither overlap nor touch. Frames
   * come nearly in order, so there are few.
   */
  #filled: { start: number; end: number }[] = [];

  /** `size` in bytes. */
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  get complete(): boolean {
    const [first] = this.#filled;
    return this.#filled.length === 1 && first?.start === 0 && first.end === this.bytes.byteLength;
  }

  /**
   * Copies `payload` to `offset` and returns how many of its bytes are new. A complete piece is
   * never written to. Throws `peer-protocol` when there are too many gaps.
   */
  put(offset: number, payload: Uint8Array): number {
    if (this.complete) return 0;
    const before = this.#count();
    this.bytes.set(payload, offset);
    let start = offset;
    let end = offset + payload.byteLength;
    const apart = this.#filled.filter((range) => {
      if (range.end < start || range.start > end) return true;
      start = Math.min(start, range.start);
      end = Math.max(end, range.end);
      return false;
    });
    this.#filled = [...apart, { start, end }].sort((a, b) => a.start - b.start);
    if (this.#filled.length > MOST_RANGES) throw new SnapError('peer-protocol', { detail: 'data in crumbs' });
    return this.#count() - before;
  }

  #count(): number {
    return this.#filled.reduce((sum, { start, end }) => sum + end - start, 0);
  }
}
