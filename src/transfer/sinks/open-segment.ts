import { SnapError } from '../../errors.js';
import { withTimeout } from '../../timing/abortable.js';
import { HeldParts } from './held-parts.js';
import type { Segments } from './segments.js';

/** In ms: even a disk that is busy, or asleep, has answered by then. */
const DISK_TIMEOUT = 15_000;

/** A segment that is being written: its file, and its parts until the file is closed. */
export class OpenSegment {
  readonly held = new HeldParts();
  readonly #number: number;
  readonly #segments: Segments;
  readonly #digests: string[] = [];
  /** How many pieces are still to come. */
  #missing: number;
  /** Null if the segment stays in memory. */
  readonly #writable: Promise<FileSystemWritableFileStream> | null;

  constructor(segments: Segments, number: number, { onDisk }: { onDisk: boolean }) {
    this.#segments = segments;
    this.#number = number;
    this.#missing = segments.piecesOf(number);
    this.#writable = onDisk ? segments.create(number) : null;
    // The next write rejects with the same error.
    this.#writable?.catch(() => undefined);
  }

  get onDisk(): boolean {
    return this.#writable !== null;
  }

  get complete(): boolean {
    return this.#missing === 0;
  }

  write(position: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    return withDiskTimeout(this.#write(position, data));
  }

  /** A piece is written, or held in memory. `piece`: its index in the segment. */
  add(piece: number, digest: string): void {
    this.#digests[piece] = digest;
    this.#missing--;
  }

  /** Writes the trailer and closes the file. Resolves when the segment is on disk. */
  async close(): Promise<void> {
    const trailer = this.#segments.trailer(this.#digests);
    await this.write(this.#segments.sizeOf(this.#number), trailer);
    await withDiskTimeout((await this.#writable!).close());
    this.held.end();
  }

  /** Discards what was written to the file. */
  async abort(): Promise<void> {
    if (this.#writable) await withDiskTimeout(this.#writable.then((stream) => stream.abort()));
  }

  async #write(position: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    await (await this.#writable!).write({ type: 'write', position, data });
  }
}

/** Rejects with `storage-failed` when the disk takes too long to answer. */
export async function withDiskTimeout<T>(step: Promise<T>): Promise<T> {
  const answer = await withTimeout(
    step.then((result) => ({ result })),
    DISK_TIMEOUT,
    null,
  );
  if (!answer) throw new SnapError('storage-failed', { detail: 'the disk does not answer' });
  return answer.result;
}
