import { bytesOf } from '../../bytes-of.js';
import { SnapError } from '../../errors.js';
import { withTimeout } from '../../timing/abortable.js';

/** Where bytes to be sent come from. */
export interface Source {
  /** In bytes. Never changes. */
  readonly size: number;
  /**
   * Reads `[start, end)`. Rejects with `source-unreadable` when the bytes are gone or have changed.
   */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Nothing more will be read for now: what is held in memory to read on need not be. */
  forget?(): void;
}

/**
 * In bytes, a multiple of every piece: each read asks the browser's own process, which costs more
 * than the bytes do.
 */
const SLAB = 2_097_152;
/** Slabs kept for who reads on in them: recipients are not all at the same place. */
const KEPT_SLABS = 4;

/** In ms: a disk, even one in the network, has answered by then. */
const LATE = 10_000;
/**
 * With a file that its owner's cloud fetches when it is read, it may take this many times as long.
 */
const MOST_READS = 12;

/**
 * Reads a `Blob` or `File` in slabs: a file of any size costs no more memory than the few that are
 * in use.
 */
export function blobSource(blob: Blob): Source {
  const slabs = new Map<number, Promise<Uint8Array>>();
  const slab = (start: number): Promise<Uint8Array> => {
    const bytes = slabs.get(start) ?? readBlob(blob, start, Math.min(start + SLAB, blob.size));
    // Used last, forgotten last.
    slabs.delete(start);
    slabs.set(start, bytes);
    for (const oldest of slabs.keys()) if (slabs.size > KEPT_SLABS) slabs.delete(oldest);
    return bytes;
  };
  return {
    size: blob.size,
    forget: () => slabs.clear(),
    async read(start, end) {
      const first = start - (start % SLAB);
      if (end > first + SLAB) return readBlob(blob, start, end);
      try {
        return (await slab(first)).subarray(start - first, end - first);
      } catch (thrown) {
        // It may be readable when somebody tries again.
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
 * A read that does not come is asked for anew, beside the first: when a file goes away in the
 * middle of it, a browser may forget that somebody waits, and tells the second at once. Rejects
 * when the file is gone, or when nothing has come of all.
 */
async function readInTime(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const reads: Promise<Uint8Array>[] = [];
  while (reads.length < MOST_READS) {
    reads.push(read());
    const bytes = await withTimeout(Promise.race(reads), LATE, null);
    if (bytes) return bytes;
  }
  throw new Error('it does not answer');
}

/**
 * Bytes that are in memory already, such as the pixels of an `ImageData`. They must not be changed
 * afterwards.
 */
export function bytesSource(bytes: Uint8Array): Source {
  return { size: bytes.byteLength, read: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

/**
 * A file of which only the size is known: the page was reloaded, and the person has to choose it
 * again.
 */
export function missingSource(size: number): Source {
  return {
    size,
    read: () => Promise.reject(new SnapError('source-unreadable', { detail: 'not chosen again' })),
  };
}
