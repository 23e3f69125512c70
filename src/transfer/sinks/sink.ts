import { SnapError } from '../../errors.js';
import { LARGE_FILE } from '../wire/messages.js';
import type { Offer } from '../wire/messages.js';

/** Where received bytes are stored. Only verified pieces are written, each once, in any order. */
export interface Sink {
  /**
   * The digests of the first pieces, if an earlier page has stored those: they need not come again.
   */
  readonly kept: readonly string[];
  /** Whether the file is in the site's storage; if left out, it is in memory. */
  readonly onDisk?: boolean;
  /**
   * Resolves when the caller need not keep the bytes in memory any more. Whether they survive the
   * page shows only when the sink is opened again, by what it has `kept`. `bytes` belongs to the
   * sink from now on.
   */
  write(offset: number, bytes: Uint8Array, digest: string): Promise<void>;
  /** Everything is written. Resolves with the file, which is readable until `discard`. */
  finish(): Promise<Blob>;
  /** Ends it for now: a later sink may resume from what is stored. */
  release(): Promise<void>;
  /** Ends it for good and frees its memory or disk, also after `finish`. */
  discard(): Promise<void>;
}

/** The memory or disk that an arrived file occupies. */
export interface StoredContent {
  /** Whether it is in the site's storage, which the person or the browser may clear. */
  readonly onDisk: boolean;
  /** Frees it. A file on disk cannot be read any more then. */
  discard(): void;
}

/** Opens a sink for what is offered. Rejects with `storage-full` when there is no space. */
export type SinkFactory = (offer: Offer) => Promise<Sink>;

/**
 * How many bytes of incoming transfers may be in memory at once, over all senders. As much as one
 * file may have by default (`max-size`), and what a tab on a phone survives.
 */
const MEMORY = 268_435_456;
/**
 * In bytes: on top of that, for small files only. One film must not keep out everybody's photos.
 */
const MEMORY_FOR_SMALL = 67_108_864;

/** Counts the memory that sinks take. */
export class MemoryBudget {
  #free: number;

  /** `size` in bytes, without the part that is for small files only. */
  constructor(size = MEMORY) {
    this.#free = size + MEMORY_FOR_SMALL;
  }

  /** Whether a file of so many bytes fits. */
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
   * Takes `bytes` bytes for a file of `size` bytes. Returns what gives them back, to be called
   * once; null when they do not fit.
   */
  take(bytes: number, size = bytes): (() => void) | null {
    if (bytes > this.#free - (size < LARGE_FILE ? 0 : MEMORY_FOR_SMALL)) return null;
    this.#free -= bytes;
    return () => (this.#free += bytes);
  }
}

/**
 * A sink that keeps everything in memory, by reference: nothing is copied until somebody reads the
 * `Blob`. `onend` is called once, when the memory is no longer the sink's.
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
