import { bytesOf } from '../../bytes-of.js';
import { SnapError } from '../../errors.js';
import { Lru } from '../../lru.js';
import { withTimeout } from '../../timing/abortable.js';

/** Where the bytes to be sent come from. */
export interface Source {
  /** In bytes. Never changes. */
  readonly size: number;
  /**
   * Reads `[start, end)`. Rejects with `source-unreadable` when the bytes are gone or have changed.
   */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Nothing more will be read for now: frees what is held in memory for the next reads. */
  forget?(): void;
}

/**
 * In bytes, a multiple of every piece size: each read is a round trip to the browser process, which
 * costs more than the bytes do.
 */
const SLAB = 2_097_152;
/** Slabs in memory: not all recipients read at the same place. */
const KEPT_SLABS = 4;

/** In ms: a disk, even one on the network, has answered by then. */
const LATE = 10_000;
/**
 * A file that a cloud drive fetches as it is read may take this many times as long.
 */
const MOST_READS = 12;

/**
 * Reads a `Blob` or `File` in slabs: a file of any size takes no more memory than the few that are
 * in use.
 */
export function blobSource(blob: Blob): Source {
  const slabs = new Lru<number, Promise<Uint8Array>>(KEPT_SLABS);
  const slab = (start: number): Promise<Uint8Array> =>
    slabs.getOrCreate(start, () => readBlob(blob, start, Math.min(start + SLAB, blob.size)));
  return {
    size: blob.size,
    forget: () => slabs.clear(),
    async read(start, end) {
      const first = start - (start % SLAB);
      if (end > first + SLAB) return readBlob(blob, start, end);
      try {
        return (await slab(first)).subarray(start - first, end - first);
      } catch (thrown) {
        // The next try may succeed.
        slabs.delete(first);
        throw thrown;
      }
    },
  };
}

async function readBlob(blob: Blob, start: number, end: number): Promise<Uint8Array> {
  try {
    // A File whose content has changed since it was chosen rejects with NotReadableError (File API,
    // section 4).
    const bytes = await readInTime(() => bytesOf(blob, start, end));
    if (bytes.byteLength === end - start) return bytes;
  } catch (cause) {
    throw new SnapError('source-unreadable', { cause });
  }
  throw new SnapError('source-unreadable', { detail: 'shorter than it was' });
}

/**
 * Starts another read beside one that does not answer: when a file goes away in the middle of a
 * read, a browser may never settle it, but rejects the second at once. Rejects when the file is
 * gone, or when no read has answered.
 */
async function readInTime(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const reads: Promise<Uint8Array>[] = [];
  while (reads.length < MOST_READS) {
    reads.push(read());
    const bytes = await withTimeout(Promise.race(reads), LATE, null);
    if (bytes) return bytes;
  }
  throw new Error('no read has answered');
}

/**
 * Bytes in memory, such as the pixels of an `ImageData`. They must not change afterwards.
 */
export function bytesSource(bytes: Uint8Array): Source {
  return { size: bytes.byteLength, read: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

/**
 * A file of which only the size is known: the page was reloaded, and the person has to choose the
 * file again.
 */
export function missingSource(size: number): Source {
  return {
    size,
    read: () => Promise.reject(new SnapError('source-unreadable', { detail: 'not chosen again' })),
  };
}
