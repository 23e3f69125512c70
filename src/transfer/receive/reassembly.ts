import { SnapError } from '../../errors.js';
import { rootDigest, sha256 } from '../wire/digest.js';
import type { DataFrame } from '../wire/frames.js';
import type { Offer } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';
import { PieceBuffer } from './piece-buffer.js';
import type { Sink, StoredContent } from '../sinks/sink.js';

/**
 * Bytes of one transfer that may be on their way or unverified: the most memory that its pieces
 * take here.
 */
const CREDIT_BYTES = 8_388_608;
/** A peer that sends a piece wrong this often is not trusted to send it right. */
const MOST_REDOS = 3;

/** What becomes of the pieces. */
export interface ReassemblyEvents {
  /** The first `pieces` are verified and stored now. */
  stored(pieces: number): void;
  /** A piece has come with bytes that are not those of its digest, and is needed again. */
  wrong(index: number): void;
  /** Nothing can come of it any more. */
  failed(error: SnapError): void;
}

/**
 * The pieces of one thing being received: gathered from frames that come in any order, verified
 * each by its digest, then stored. What is stored outlives the connection, and perhaps the page;
 * what is not verified when the connection goes has to come again.
 */
export class Reassembly {
  /** Pieces that may be sent beyond those that are stored. */
  readonly credit: number;
  readonly #offer: Offer;
  readonly #sink: Sink;
  readonly #events: ReassemblyEvents;
  readonly #pieceCount: number;
  /**
   * By piece, as they come: a peer that announces a huge file must not cost more than one that
   * announces a small one.
   */
  readonly #digests: (string | undefined)[];
  readonly #coming = new Map<number, PieceBuffer>();
  /** Verified pieces on their way to the sink: what comes of them now is not needed any more. */
  readonly #writing = new Set<number>();
  /** Pieces stored beyond the first gap. */
  readonly #beyond = new Set<number>();
  #stored: number;
  #loaded = 0;
  #redos = 0;

  /** What the sink has kept from an earlier life of the page counts as stored. */
  constructor(offer: Offer, sink: Sink, events: ReassemblyEvents) {
    this.#offer = offer;
    this.#sink = sink;
    this.#events = events;
    this.#pieceCount = Math.ceil(offer.size / offer.piece);
    this.credit = Math.max(2, Math.floor(CREDIT_BYTES / offer.piece));
    this.#digests = [...sink.kept];
    this.#stored = sink.kept.length;
  }

  /** The first pieces that are verified and stored, without a gap. */
  get stored(): number {
    return this.#stored;
  }

  get complete(): boolean {
    return this.#stored >= this.#pieceCount;
  }

  /**
   * Bytes that are here, verified or not; less after {@link resume}, which counts only what is
   * safe.
   */
  get loaded(): number {
    return this.#loaded;
  }

  /** The digest of the whole. Only when complete. */
  get root(): string {
    return rootDigest(this.#offer, this.#digests as string[]);
  }

  /**
   * Returns whether any of it is new. Throws `peer-protocol` when the frame does not belong where
   * it says.
   */
  data({ offset, payload }: DataFrame): boolean {
    const { size, piece } = this.#offer;
    const index = Math.floor(offset / piece);
    const end = offset + payload.byteLength;
    if (end > size || end > (index + 1) * piece) throw outOfPlace('data beyond what was announced');
    if (index >= this.#stored + this.credit) throw outOfPlace('data beyond the credit');
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
   * Returns whether it is news. Throws `peer-protocol` when there is no such piece, or when it was
   * said to be another one before.
   */
  digest(index: number, digest: string): boolean {
    if (index >= this.#pieceCount) throw outOfPlace('piece');
    const known = this.#digests[index];
    if (known !== undefined && known !== digest) throw outOfPlace('piece: another digest than before');
    this.#digests[index] = digest;
    const buffer = this.#coming.get(index);
    if (buffer?.complete) this.#check(index, buffer);
    return known === undefined;
  }

  /**
   * The connection is gone. What comes over the next one may be of another file: what is verified
   * stays, and the root will show whether it belongs to it.
   */
  suspend(): void {
    this.#coming.clear();
    for (let index = this.#stored; index < this.#digests.length; index++)
      if (!this.#isSafe(index)) this.#digests[index] = undefined;
  }

  /** There is a connection again: the pieces go on from what is safe. */
  resume(): void {
    const beyond = [...this.#beyond, ...this.#writing].reduce((sum, index) => sum + this.#sizeOf(index), 0);
    this.#loaded = Math.min(this.#stored * this.#offer.piece, this.#offer.size) + beyond;
  }

  /**
   * The whole, from the sink. Throws `transfer-corrupt` when it is not what was announced under
   * this root.
   */
  async finish(): Promise<Blob> {
    const content = await this.#sink.finish();
    if (content.size !== this.#offer.size) throw new SnapError('transfer-corrupt');
    return content;
  }

  /**
   * What the whole takes. It holds on to nothing else that is in here: it is kept for as long as
   * the whole is.
   */
  get taken(): StoredContent {
    const sink = this.#sink;
    return { onDisk: sink.onDisk ?? false, discard: () => void sink.discard() };
  }

  /** Ends it before it is whole; `again`: it may yet go on from here, in this page or another. */
  close({ again }: { again: boolean }): void {
    this.#coming.clear();
    void (again ? this.#sink.release() : this.#sink.discard());
  }

  /** Whether it is stored, or as good as. */
  #isSafe(index: number): boolean {
    return index < this.#stored || this.#beyond.has(index) || this.#writing.has(index);
  }

  #sizeOf(index: number): number {
    const { size, piece } = this.#offer;
    return Math.min(piece, size - index * piece);
  }

  /** Verifies a whole piece whose digest is known, then stores it. */
  #check(index: number, buffer: PieceBuffer): void {
    const expected = this.#digests[index];
    if (buffer.checking || expected === undefined) return;
    buffer.checking = true;
    sha256(buffer.bytes)
      .then(async (actual) => {
        // The connection may have gone meanwhile, or all of it ended.
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
