import { SnapError } from '../../errors.js';
import { rootDigest, sha256 } from '../wire/digest.js';
import type { DataFrame } from '../wire/frames.js';
import type { Offer } from '../wire/messages.js';
import { violation } from '../wire/violation.js';
import { PieceBuffer } from './piece-buffer.js';
import type { Sink, StoredContent } from '../sinks/sink.js';

/**
 * How many bytes of one transfer may be on their way or unverified: the most memory that its pieces
 * take here.
 */
const CREDIT_BYTES = 8_388_608;
/** A peer that sends wrong pieces more often than this is not asked again. */
const MOST_REDOS = 3;

/** What a reassembly tells its owner. */
export interface ReassemblyEvents {
  /** The first `pieces` pieces are verified and stored. */
  stored(pieces: number): void;
  /** The bytes of a piece do not match its digest: it has to be sent again. */
  wrong(index: number): void;
  /** The transfer cannot be completed. */
  failed(error: SnapError): void;
}

/**
 * Puts together the pieces of one incoming transfer: collects them from frames that come in any
 * order, verifies each by its digest, then stores it. What is stored survives the connection, and
 * perhaps the page; what is not verified when the connection is lost has to be sent again.
 */
export class Reassembly {
  /** How many pieces the sender may send beyond those that are stored. */
  readonly credit: number;
  readonly #offer: Offer;
  readonly #sink: Sink;
  readonly #events: ReassemblyEvents;
  readonly #pieceCount: number;
  /** By piece, as they come: merely announcing a huge file must not take memory. */
  readonly #digests: (string | undefined)[];
  readonly #coming = new Map<number, PieceBuffer>();
  /** Verified pieces that are being written: their bytes are not needed again. */
  readonly #writing = new Set<number>();
  /** Pieces stored beyond the first gap. */
  readonly #beyond = new Set<number>();
  #stored: number;
  #loaded = 0;
  #redos = 0;

  /** What the sink has kept from an earlier page counts as stored. */
  constructor(offer: Offer, sink: Sink, events: ReassemblyEvents) {
    this.#offer = offer;
    this.#sink = sink;
    this.#events = events;
    this.#pieceCount = Math.ceil(offer.size / offer.piece);
    this.credit = Math.max(2, Math.floor(CREDIT_BYTES / offer.piece));
    this.#digests = [...sink.kept];
    this.#stored = sink.kept.length;
  }

  /** How many pieces, from the first on and without a gap, are verified and stored. */
  get stored(): number {
    return this.#stored;
  }

  get complete(): boolean {
    return this.#stored >= this.#pieceCount;
  }

  /**
   * How many bytes are here, verified or not. Lower after {@link resume}, which counts only what is
   * verified.
   */
  get loaded(): number {
    return this.#loaded;
  }

  /** The root digest. Only when complete. */
  get root(): string {
    return rootDigest(this.#offer, this.#digests as string[]);
  }

  /**
   * Returns whether any of its bytes are new. Throws `peer-protocol` when the frame does not belong
   * where it says.
   */
  data({ offset, payload }: DataFrame): boolean {
    const { size, piece } = this.#offer;
    const index = Math.floor(offset / piece);
    const end = offset + payload.byteLength;
    if (end > size || end > (index + 1) * piece) throw violation('data beyond what was announced');
    if (index >= this.#stored + this.credit) throw violation('data beyond the credit');
    if (this.#isSafe(index)) return false;
    let buffer = this.#coming.get(index);
    if (!buffer) {
      buffer = new PieceBuffer(this.#sizeOf(index));
      this.#coming.set(index, buffer);
    }
    const fresh = buffer.put(offset - index * piece, payload);
    this.#loaded += fresh;
    if (buffer.complete) this.#check(index, buffer);
    return fresh > 0;
  }

  /**
   * Returns whether the digest is new. Throws `peer-protocol` when there is no such piece, or when
   * it had another digest before.
   */
  digest(index: number, digest: string): boolean {
    if (index >= this.#pieceCount) throw violation('piece');
    const known = this.#digests[index];
    if (known !== undefined && known !== digest) throw violation('piece: another digest than before');
    this.#digests[index] = digest;
    const buffer = this.#coming.get(index);
    if (buffer?.complete) this.#check(index, buffer);
    return known === undefined;
  }

  /**
   * The connection is gone. What comes over the next one may be of another file: verified pieces
   * stay, and the root digest will show whether they belong together.
   */
  suspend(): void {
    this.#coming.clear();
    for (let index = this.#stored; index < this.#digests.length; index++)
      if (!this.#isSafe(index)) this.#digests[index] = undefined;
  }

  /** There is a connection again: progress restarts from what is verified. */
  resume(): void {
    const beyond = [...this.#beyond, ...this.#writing].reduce((sum, index) => sum + this.#sizeOf(index), 0);
    this.#loaded = Math.min(this.#stored * this.#offer.piece, this.#offer.size) + beyond;
  }

  /** Resolves with the file. Rejects with `transfer-corrupt` when its size is not as announced. */
  async finish(): Promise<Blob> {
    const content = await this.#sink.finish();
    if (content.size !== this.#offer.size) throw new SnapError('transfer-corrupt');
    return content;
  }

  /** What the file occupies. Kept as long as the file, so it refers to nothing but the sink. */
  get taken(): StoredContent {
    const sink = this.#sink;
    return { onDisk: sink.onDisk ?? false, discard: () => void sink.discard() };
  }

  /**
   * Ends it before it is complete. `again`: what is stored stays, for a later attempt to resume.
   */
  close({ again }: { again: boolean }): void {
    this.#coming.clear();
    void (again ? this.#sink.release() : this.#sink.discard());
  }

  /** Whether it is stored, or verified and being written. */
  #isSafe(index: number): boolean {
    return index < this.#stored || this.#beyond.has(index) || this.#writing.has(index);
  }

  #sizeOf(index: number): number {
    const { size, piece } = this.#offer;
    return Math.min(piece, size - index * piece);
  }

  /** Verifies a complete piece whose digest is known, then stores it. */
  #check(index: number, buffer: PieceBuffer): void {
    const expected = this.#digests[index];
    if (buffer.checking || expected === undefined) return;
    buffer.checking = true;
    sha256(buffer.bytes)
      .then(async (actual) => {
        // Meanwhile the connection may have been lost, or the transfer ended.
        if (this.#coming.get(index) !== buffer) return;
        this.#coming.delete(index);
        if (actual === expected) await this.#store(index, buffer, actual);
        else this.#redo(index, buffer);
      })
      .catch((cause: unknown) => this.#events.failed(SnapError.from(cause, 'storage-failed')));
  }

  async #store(index: number, { bytes }: PieceBuffer, digest: string): Promise<void> {
    this.#writing.add(index);
    await this.#sink.write(index * this.#offer.piece, bytes, digest);
    this.#writing.delete(index);
    this.#beyond.add(index);
    const before = this.#stored;
    while (this.#beyond.delete(this.#stored)) this.#stored++;
    if (this.#stored > before) this.#events.stored(this.#stored);
  }

  #redo(index: number, { bytes }: PieceBuffer): void {
    this.#loaded -= bytes.byteLength;
    if (++this.#redos > MOST_REDOS) this.#events.failed(new SnapError('transfer-corrupt'));
    else this.#events.wrong(index);
  }
}
