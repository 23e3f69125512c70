import { SnapError } from '../../errors.js';
import { Lru } from '../../lru.js';
import type { Chunk } from '../lanes/chunk.js';
import { rootDigest, sha256 } from '../wire/digest.js';
import { LARGE_FILE } from '../wire/messages.js';
import type { OfferHeader } from '../wire/messages.js';
import { missingSource } from './source.js';
import type { Source } from './source.js';

/** What a cache tells the transfer that it reads for. */
export interface PieceCacheEvents {
  /** A piece that was not there has been read. */
  available(): void;
  /** The digest of this piece is known now. */
  hashed(index: number): void;
  /** The source cannot be read. */
  failed(error: SnapError): void;
}

/**
 * Pieces kept in memory for the recipients that still need them, at least; with many recipients,
 * three for each. A recipient that falls further behind has its pieces read again: a slow one must
 * neither hold back a fast one, nor hold memory.
 */
const CACHED_PIECES = 8;
/**
 * Pieces read ahead of the one that is being sent, where the cache has space for them: this hides
 * the latency of reading a file.
 */
const READ_AHEAD = 2;

/** The pieces of one thing being sent: read once and hashed once, however many receive it. */
export class PieceCache {
  readonly header: OfferHeader;
  readonly pieceCount: number;
  /** The known digests, by piece. */
  readonly digests: (string | undefined)[];
  readonly #events: PieceCacheEvents;
  #source: Source;
  readonly #pieces = new Lru<number, Uint8Array>(CACHED_PIECES);
  readonly #reading = new Set<number>();
  #root: string | null = null;
  #readers = 0;
  /** Whether nobody needs the pieces, so that none is kept. */
  #released = false;

  constructor(header: OfferHeader, source: Source, events: PieceCacheEvents) {
    this.header = header;
    this.#source = source;
    this.#events = events;
    this.pieceCount = Math.ceil(header.size / header.piece);
    this.digests = new Array<string | undefined>(this.pieceCount);
  }

  /** The recipients that are being sent to right now. */
  set readers(readers: number) {
    if (readers === this.#readers) return;
    this.#readers = readers;
    this.#pieces.limit = this.#capacity;
  }

  /** Whether a piece is in memory. If not, it is read, and `available` follows. */
  holds(index: number): boolean {
    const held = this.#pieces.has(index);
    if (!held) this.#read(index);
    return held;
  }

  /**
   * The bytes of part of a piece; null while it has to be read, after which `available` follows.
   */
  bytes({ start, end }: Chunk): Uint8Array | null {
    const { piece } = this.header;
    const index = Math.floor(start / piece);
    const bytes = this.#pieces.get(index);
    if (!bytes) {
      this.#read(index);
      return null;
    }
    return bytes.subarray(start - index * piece, end - index * piece);
  }

  /** Reads and hashes what goes first, so that it is there when a recipient accepts. */
  prepare(): void {
    if (this.pieceCount === 0) return;
    this.holds(0);
    if (this.header.size < LARGE_FILE) this.prefetch(0);
  }

  /** Starts to read what will be needed after piece `index`. */
  prefetch(index: number): void {
    const ahead = Math.min(READ_AHEAD, Math.floor(this.#capacity / Math.max(1, this.#readers)) - 2);
    for (let next = index + 1; next <= index + ahead && next < this.pieceCount; next++) this.holds(next);
  }

  /** The digest of the whole; null while digests of pieces are missing. */
  get root(): string | null {
    if (this.#root === null && this.#allHashed())
      this.#root = rootDigest(this.header, this.digests as string[]);
    return this.#root;
  }

  /**
   * Hashes those of the first `count` pieces that have no digest yet: a recipient has them from an
   * earlier session of this page. The root then shows whether they are of the same file.
   */
  async hashFirst(count: number): Promise<void> {
    for (let index = 0; index < count && !this.#released; index++) {
      if (this.digests[index] !== undefined) continue;
      try {
        this.#hashed(index, await sha256(await this.#readBytes(index)));
      } catch (cause) {
        this.#events.failed(SnapError.from(cause, 'source-unreadable'));
      }
    }
  }

  /**
   * The person has chosen the file again. The digests will show the recipients whether it is the
   * same to the last byte.
   */
  resupply(source: Source): void {
    this.#source = source;
    this.#pieces.clear();
    this.#root = null;
    this.digests.fill(undefined);
  }

  /**
   * Nobody needs the pieces for now. With `forGood` the source goes as well: it may be megabytes of
   * pixels.
   */
  release({ forGood }: { forGood: boolean }): void {
    this.#released = true;
    this.#pieces.clear();
    this.#source.forget?.();
    if (forGood) this.#source = missingSource(this.header.size);
  }

  /** The pieces are needed once more. */
  reuse(): void {
    this.#released = false;
  }

  #read(index: number): void {
    if (this.#reading.has(index)) return;
    this.#reading.add(index);
    this.#readBytes(index)
      .then((bytes) => {
        // In one step with keeping it: whoever is told of it may need it read again.
        this.#reading.delete(index);
        if (!this.#released) this.#pieces.set(index, bytes);
        if (this.digests[index] === undefined)
          void sha256(bytes).then((digest) => this.#hashed(index, digest));
        this.#events.available();
      })
      .catch((cause: unknown) => {
        this.#reading.delete(index);
        this.#events.failed(SnapError.from(cause, 'source-unreadable'));
      });
  }

  #readBytes(index: number): Promise<Uint8Array> {
    const start = index * this.header.piece;
    return this.#source.read(start, Math.min(start + this.header.piece, this.header.size));
  }

  #hashed(index: number, digest: string): void {
    this.digests[index] = digest;
    this.#events.hashed(index);
  }

  #allHashed(): boolean {
    for (let index = 0; index < this.pieceCount; index++) if (this.digests[index] === undefined) return false;
    return true;
  }

  get #capacity(): number {
    return Math.max(CACHED_PIECES, this.#readers * 3);
  }
}
