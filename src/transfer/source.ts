import { SnapError } from '../errors.js';

/** Where bytes to be sent come from. */
export interface Source {
  /** In bytes. Never changes. */
  readonly size: number;
  /** Reads `[start, end)`. Rejects with `source-unreadable` when the bytes are gone or have changed. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Reads a `Blob` or `File` in slices: a file of any size costs no more memory than the slices in use. */
export function blobSource(blob: Blob): Source {
  return {
    size: blob.size,
    async read(start, end) {
      try {
        // A File whose content has changed since it was chosen rejects with NotReadableError (File API, section 4).
        const bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
        if (bytes.byteLength === end - start) return bytes;
      } catch (cause) {
        throw new SnapError('source-unreadable', { cause });
      }
      throw new SnapError('source-unreadable', { detail: 'shorter than it was' });
    },
  };
}

/** Bytes that are in memory already, such as the pixels of an `ImageData`. They must not be changed afterwards. */
export function bytesSource(bytes: Uint8Array): Source {
  return { size: bytes.byteLength, read: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

/** A file of which only the size is known: the page was reloaded, and the person has to choose it again. */
export function missingSource(size: number): Source {
  return {
    size,
    read: () => Promise.reject(new SnapError('source-unreadable', { detail: 'not chosen again' })),
  };
}
