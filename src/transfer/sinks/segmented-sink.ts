import { SnapError } from '../../errors.js';
import { Reservation } from '../../quota.js';
import type { Offer } from '../wire/messages.js';
import { OpenSegment, withDiskTimeout } from './open-segment.js';
import { SEGMENT, Segments } from './segments.js';
import type { MemoryBudget, Sink } from './sink.js';

/** What a segmented sink needs from whoever opened it. */
export interface SinkHost {
  /** The budget for bytes that are not on disk yet. */
  readonly memory: MemoryBudget;
  /** Removes files that nobody uses. */
  freeSpace(): Promise<void>;
  /** Removes the sink's folder. */
  remove(): Promise<void>;
  /** The sink has ended; `closed` resolves when its files are closed, or removed. */
  onclosing(closed: Promise<void>): void;
}

/**
 * Writes a file in segments to a folder, and continues in memory when the disk fails. See
 * `opfsSink`.
 */
export class SegmentedSink implements Sink {
  readonly kept: string[] = [];
  readonly #offer: Offer;
  readonly #segments: Segments;
  readonly #host: SinkHost;
  /** By number: segments that are being filled, and those that are being closed. */
  readonly #open = new Map<number, OpenSegment>();
  readonly #closing = new Set<Promise<void>>();
  readonly #closed = new Set<number>();
  /** Set once the disk has failed: resolves when memory has taken over, rejects if it cannot. */
  #inMemory: Promise<void> | null = null;
  /** Gives back the memory that was taken for the bytes still to come then. */
  #giveBack: (() => void) | null = null;
  #ended: Promise<void> | null = null;
  /** Quota for the bytes still to be written. */
  #reservation: Reservation | null = null;

  constructor(offer: Offer, folder: FileSystemDirectoryHandle, host: SinkHost) {
    this.#offer = offer;
    this.#segments = new Segments(offer, folder);
    this.#host = host;
  }

  get onDisk(): boolean {
    return this.#closed.size > 0;
  }

  /** Finds the segments that an earlier page has stored, and reserves quota for the rest. */
  async open(): Promise<void> {
    for (let number = 0; number < this.#segments.count; number++) {
      const digests = await this.#segments.digests(number);
      if (!digests) break;
      this.kept.push(...digests);
      this.#closed.add(number);
    }
    try {
      this.#reservation = await this.#reserve(this.#missing);
    } catch (thrown) {
      if (this.kept.length === 0) await this.#host.remove().catch(() => undefined);
      throw thrown;
    }
  }

  async write(offset: number, bytes: Uint8Array, digest: string): Promise<void> {
    if (this.#hasEnded()) return;
    const number = Math.floor(offset / SEGMENT);
    const position = offset - number * SEGMENT;
    const data = bytes as Uint8Array<ArrayBuffer>;
    const segment = this.#segment(number);
    if (segment.onDisk && !this.#inMemory) {
      segment.held.hold(position, data, this.#host.memory, this.#offer.size);
      try {
        await segment.write(position, data);
      } catch (cause) {
        await this.#continueInMemory(cause);
      }
    } else {
      await this.#inMemory;
      segment.held.hold(position, data, null, this.#offer.size);
    }
    if (this.#hasEnded()) return;
    segment.add(Math.floor(position / this.#offer.piece), digest);
    this.#reservation?.use(bytes.byteLength);
    if (segment.complete && segment.onDisk && !this.#inMemory) this.#close(number, segment);
  }

  async finish(): Promise<Blob> {
    await Promise.all(this.#closing);
    await this.#inMemory;
    try {
      const parts: Blob[] = [];
      for (let number = 0; number < this.#segments.count; number++) {
        const open = this.#open.get(number);
        parts.push(open ? open.held.content() : await withDiskTimeout(this.#segments.content(number)));
      }
      return new Blob(parts, { type: this.#offer.mime });
    } catch (cause) {
      throw storageError(cause);
    } finally {
      this.#forget();
    }
  }

  release(): Promise<void> {
    return this.#end(() => Promise.resolve());
  }

  discard(): Promise<void> {
    return this.#end(() => this.#host.remove());
  }

  /** Gives up the segments that are incomplete, lets the others close, then calls `then`. */
  #end(then: () => Promise<void>): Promise<void> {
    // Only once: by the second time, its files may belong to another sink.
    if (this.#ended) return this.#ended;
    const aborted = this.#abort();
    this.#forget();
    this.#ended = Promise.allSettled([aborted, ...this.#closing])
      .then(then)
      .catch(() => undefined);
    this.#host.onclosing(this.#ended);
    return this.#ended;
  }

  /** Discards the files of segments that are incomplete. */
  async #abort(): Promise<void> {
    const filling = [...this.#open.values()].filter(({ complete }) => !complete);
    await Promise.allSettled(filling.map((segment) => segment.abort()));
  }

  /** Gives back quota and memory. */
  #forget(): void {
    this.#reservation?.end();
    for (const { held } of this.#open.values()) held.end();
    this.#open.clear();
    this.#giveBack?.();
    this.#giveBack = null;
  }

  /** How many bytes are not on disk. */
  get #missing(): number {
    return [...this.#closed].reduce((sum, number) => sum - this.#segments.sizeOf(number), this.#offer.size);
  }

  async #reserve(bytes: number): Promise<Reservation> {
    try {
      return await Reservation.of(bytes);
    } catch {
      await this.#host.freeSpace();
      return Reservation.of(bytes);
    }
  }

  #segment(number: number): OpenSegment {
    let segment = this.#open.get(number);
    if (!segment) {
      segment = new OpenSegment(this.#segments, number, { onDisk: !this.#inMemory });
      this.#open.set(number, segment);
    }
    return segment;
  }

  /** In the background: the pieces that follow do not wait for it. */
  #close(number: number, segment: OpenSegment): void {
    const closed = segment
      .close()
      .then(() => {
        this.#closed.add(number);
        this.#open.delete(number);
      })
      .catch((cause: unknown) => void this.#continueInMemory(cause).catch(() => undefined))
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }

  /**
   * The disk has failed with `cause`. Resolves when memory has taken over; rejects with the error
   * of the transfer if it cannot.
   */
  #continueInMemory(cause: unknown): Promise<void> {
    this.#inMemory ??= this.#takeOver().catch(() => Promise.reject(storageError(cause)));
    return this.#inMemory;
  }

  async #takeOver(): Promise<void> {
    if (this.#hasEnded()) return;
    // The closed segments have to be there: the sender will not send them again.
    for (const number of this.#closed) await withDiskTimeout(this.#segments.content(number));
    const open = [...this.#open.values()];
    const held = open.reduce((sum, segment) => sum + segment.held.bytes, 0);
    const toCome = Math.max(0, this.#missing - held);
    this.#giveBack = this.#host.memory.take(toCome, this.#offer.size);
    if (!this.#giveBack || open.some((segment) => segment.held.incomplete))
      throw new Error('no space in memory');
    this.#reservation?.end();
    void this.#abort();
  }

  /** A call, not a property: it may have changed over an `await`. */
  #hasEnded(): boolean {
    return this.#ended !== null;
  }
}

/** The error of a transfer whose disk has failed with `cause`. */
export function storageError(cause: unknown): SnapError {
  const full = cause instanceof Error && cause.name === 'QuotaExceededError';
  return SnapError.from(cause, full ? 'storage-full' : 'storage-failed');
}
