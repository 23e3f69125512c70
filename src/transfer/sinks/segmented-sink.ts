import { SnapError } from '../../errors.js';
import { Reservation } from '../../quota.js';
import type { Offer } from '../wire/messages.js';
import { OpenSegment, answered } from './open-segment.js';
import { SEGMENT, Segments } from './segments.js';
import type { MemoryBudget, Sink } from './sink.js';

/** What a sink does to its surroundings. */
export interface Surroundings {
  /** For what is not on disk yet. */
  readonly memory: MemoryBudget;
  /** Removes whatever nobody needs any more. */
  freeSpace(): Promise<void>;
  remove(): Promise<void>;
  onclosing(closed: Promise<void>): void;
}

/**
 * A file that is written in segments to a folder, and when that fails goes on in memory. See
 * `opfsSink`.
 */
export class SegmentedSink implements Sink {
  readonly kept: string[] = [];
  readonly #offer: Offer;
  readonly #segments: Segments;
  readonly #surroundings: Surroundings;
  /** By number: those that are being filled, and those on their way to the disk. */
  readonly #open = new Map<number, OpenSegment>();
  readonly #closing = new Set<Promise<void>>();
  readonly #closed = new Set<number>();
  /** Once the disk has failed: resolves when memory has taken over, rejects when it cannot. */
  #inMemory: Promise<void> | null = null;
  /** Gives back the memory for what was still to come then. */
  #giveBack: (() => void) | null = null;
  #ended: Promise<void> | null = null;
  /** For what is yet to be written. */
  #reservation: Reservation | null = null;

  constructor(offer: Offer, folder: FileSystemDirectoryHandle, surroundings: Surroundings) {
    this.#offer = offer;
    this.#segments = new Segments(offer, folder);
    this.#surroundings = surroundings;
  }

  get onDisk(): boolean {
    return this.#closed.size > 0;
  }

  /** Finds what is stored already, and reserves space for the rest. */
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
      if (this.kept.length === 0) await this.#surroundings.remove().catch(() => undefined);
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
      segment.held.hold(position, data, this.#surroundings.memory, this.#offer.size);
      try {
        await segment.write(position, data);
      } catch (cause) {
        await this.#goOnInMemory(cause);
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
        parts.push(open ? open.held.content() : await answered(this.#segments.content(number)));
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
    return this.#end(() => this.#surroundings.remove());
  }

  /** What is being written is given up; what is on its way to the disk gets there. */
  #end(then: () => Promise<void>): Promise<void> {
    // Once: its files may be another sink's by the second time.
    if (this.#ended) return this.#ended;
    const aborted = this.#abort();
    this.#forget();
    this.#ended = Promise.allSettled([aborted, ...this.#closing])
      .then(then)
      .catch(() => undefined);
    this.#surroundings.onclosing(this.#ended);
    return this.#ended;
  }

  /** Writes no more to what is not whole. */
  async #abort(): Promise<void> {
    const filling = [...this.#open.values()].filter(({ complete }) => !complete);
    await Promise.allSettled(filling.map((segment) => segment.abort()));
  }

  /** Nothing is needed any more of what is neither on disk nor in the page. */
  #forget(): void {
    this.#reservation?.end();
    for (const { held } of this.#open.values()) held.end();
    this.#open.clear();
    this.#giveBack?.();
    this.#giveBack = null;
  }

  /** In bytes: what is not on disk. */
  get #missing(): number {
    return [...this.#closed].reduce((sum, number) => sum - this.#segments.sizeOf(number), this.#offer.size);
  }

  async #reserve(bytes: number): Promise<Reservation> {
    try {
      return await Reservation.of(bytes);
    } catch {
      await this.#surroundings.freeSpace();
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

  /** The pieces that follow do not wait for it. */
  #close(number: number, segment: OpenSegment): void {
    const closed = segment
      .close()
      .then(() => {
        this.#closed.add(number);
        this.#open.delete(number);
      })
      .catch((cause: unknown) => void this.#goOnInMemory(cause).catch(() => undefined))
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }

  /**
   * The disk has failed, because of `cause`. Rejects with what that means when memory cannot take
   * over.
   */
  #goOnInMemory(cause: unknown): Promise<void> {
    this.#inMemory ??= this.#takeOver().catch(() => Promise.reject(storageError(cause)));
    return this.#inMemory;
  }

  async #takeOver(): Promise<void> {
    if (this.#hasEnded()) return;
    // What was closed before has to be there: its sender will not send it again.
    for (const number of this.#closed) await answered(this.#segments.content(number));
    const open = [...this.#open.values()];
    const held = open.reduce((sum, segment) => sum + segment.held.bytes, 0);
    const toCome = Math.max(0, this.#missing - held);
    this.#giveBack = this.#surroundings.memory.take(toCome, this.#offer.size);
    if (!this.#giveBack || open.some((segment) => segment.held.torn)) throw new Error('no space in memory');
    this.#reservation?.end();
    void this.#abort();
  }

  /** A call, not a property: it may have changed over an `await`. */
  #hasEnded(): boolean {
    return this.#ended !== null;
  }
}

/** What it means for a transfer that the disk has failed. */
export function storageError(cause: unknown): SnapError {
  const full = cause instanceof Error && cause.name === 'QuotaExceededError';
  return SnapError.from(cause, full ? 'storage-full' : 'storage-failed');
}
