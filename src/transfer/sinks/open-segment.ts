import { SnapError } from '../../errors.js';
import { withTimeout } from '../../timing/abortable.js';
import { HeldParts } from './held-parts.js';
import type { Segments } from './segments.js';

/** In ms: a disk that is busy, or asleep, has answered by then. */
const PATIENCE = 15_000;

/** A segment that is not on disk yet: its file, and its parts for as long as that is not closed. */
export class OpenSegment {
  readonly held = new HeldParts();
  readonly #number: number;
  readonly #segments: Segments;
  readonly #digests: string[] = [];
  /** Pieces to come. */
  #missing: number;
  /** Null when it stays in memory. */
  readonly #writable: Promise<FileSystemWritableFileStream> | null;

  constructor(segments: Segments, number: number, { onDisk }: { onDisk: boolean }) {
    this.#segments = segments;
    this.#number = number;
    this.#missing = segments.piecesOf(number);
    this.#writable = onDisk ? segments.create(number) : null;
    // Whoever writes is told.
    this.#writable?.catch(() => undefined);
  }

  get onDisk(): boolean {
    return this.#writable !== null;
  }

  get complete(): boolean {
    return this.#missing === 0;
  }

  write(position: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    return answered(this.#write(position, data));
  }

  /** A piece of it is written, or held: its number in the segment. */
  add(piece: number, digest: string): void {
    this.#digests[piece] = digest;
    this.#missing--;
  }

  /** Resolves when it is on disk. */
  async close(): Promise<void> {
    const trailer = this.#segments.trailer(this.#digests);
    await this.write(this.#segments.sizeOf(this.#number), trailer);
    await answered((await this.#writable!).close());
    this.held.end();
  }

  /** Nothing more is written to its file. */
  async abort(): Promise<void> {
    if (this.#writable) await answered(this.#writable.then((stream) => stream.abort()));
  }

  async #write(position: number, data: Uint8Array<ArrayBuffer>): Promise<void> {
    await (await this.#writable!).write({ type: 'write', position, data });
  }
}

/** Rejects when the disk does not answer: nobody waits for ever. */
export async function answered<T>(step: Promise<T>): Promise<T> {
  const answer = await withTimeout(
    step.then((result) => ({ result })),
    PATIENCE,
    null,
  );
  if (!answer) throw new SnapError('storage-failed', { detail: 'the disk does not answer' });
  return answer.result;
}
