import { SnapError } from '../../errors.js';
import { LARGE_FILE } from '../wire/messages.js';
import type { Offer } from '../wire/messages.js';

/** Where received bytes land. Only verified pieces are written, each once, in any order. */
export interface Sink {
  /**
   * The digests of the first pieces, when those are here from an earlier life of the page: they
   * need not come again.
   */
  readonly kept: readonly string[];
  /** Whether the whole lies in the site's storage; left out: in memory. */
  readonly onDisk?: boolean;
  /**
   * Resolves when the bytes need not be kept in memory any more; whether they outlive the page is
   * the sink's secret, until it is opened again and tells what it has `kept`. `bytes` is the sink's
   * to keep.
   */
  write(offset: number, bytes: Uint8Array, digest: string): Promise<void>;
  /** All is written: resolves with the whole, which is there until it is discarded. */
  finish(): Promise<Blob>;
  /** It may go on later, in this page or another: what outlives the page stays. */
  release(): Promise<void>;
  /**
   * Nothing of it will be wanted any more: gives back the memory or the disk that it takes, also
   * after it was finished.
   */
  discard(): Promise<void>;
}

/** What something takes that has arrived. */
export interface StoredContent {
  /**
   * Whether its bytes lie in the site's storage, which the person or the browser may clear, and not
   * in memory.
   */
  readonly onDisk: boolean;
  /** Gives back what it takes: on disk, its bytes cannot be read any more then. */
  discard(): void;
}

/** Opens a sink for what is offered. Rejects with `storage-full` when there is no space. */
export type SinkFactory = (offer: Offer) => Promise<Sink>;

/**
 * In bytes: what may be in memory at once of all that is still coming, over all senders. As much as
 * a hub lets in by default (`max-size`), and what a phone's tab survives.
 */
export const MEMORY = 268_435_456;
/**
 * In bytes: beside that, for small things alone. A film from one must not keep the photos of the
 * others out.
 */
export const MEMORY_FOR_SMALL = 67_108_864;

/** Keeps track of the memory that sinks take. */
export class MemoryBudget {
  #free: number;

  /** `size` in bytes, without what is for small things alone. */
  constructor(size = MEMORY) {
    this.#free = size + MEMORY_FOR_SMALL;
  }

  /** Whether so many bytes may be taken. */
  fits(size: number): boolean {
    return size <= this.#free - (size < LARGE_FILE ? 0 : MEMORY_FOR_SMALL);
  }

  /** A sink for what is offered. Throws `storage-full` when it does not fit. */
  open({ mime, size }: Offer): Sink {
    const giveBack = this.take(size);
    if (!giveBack) {
      throw new SnapError('storage-full', { detail: `memory is the only place for ${size} bytes` });
    }
    return memorySink(mime, giveBack);
  }

  /**
   * Takes so many bytes, of something of `size` bytes in all. Null when they do not fit; else what
   * gives them back: call it once.
   */
  take(bytes: number, size = bytes): (() => void) | null {
    if (bytes > this.#free - (size < LARGE_FILE ? 0 : MEMORY_FOR_SMALL)) return null;
    this.#free -= bytes;
    return () => (this.#free += bytes);
  }
}

/**
 * Keeps everything in memory, by reference: nothing is copied until somebody reads the Blob.
 * `onend` is called once.
 */
export function memorySink(mime: string, onend: () => void = () => undefined): Sink {
  const parts = new Map<number, Uint8Array>();
  let ended = false;
  const end = (): Promise<void> => {
    parts.clear();
    if (!ended) onend();
    ended = true;
    return Promise.resolve();
  };
  return {
    kept: [],
    write(offset, bytes) {
      if (!ended) parts.set(offset, bytes);
      return Promise.resolve();
    },
    async finish() {
      const ordered = [...parts.entries()]
        .sort(([a], [b]) => a - b)
        .map(([, bytes]) => bytes as Uint8Array<ArrayBuffer>);
      const whole = new Blob(ordered, { type: mime });
      await end();
      return whole;
    },
    release: end,
    discard: end,
  };
}
