import { SnapError } from '../errors.js';
import { Reservation } from '../quota.js';
import { randomId } from '../snap-item.js';
import { headerDigest } from './digest.js';
import type { Offer } from './messages.js';
import { SEGMENT, Segments } from './segments.js';
import type { Sink } from './sink.js';

/** The sinks of this page that are being closed, or removed, by folder and name: one that is opened again has to wait until they are. */
const closing = new Map<string, Promise<void>>();

/** The sinks of this page that are open, or have ended in a file that the page has. */
const writing = new Set<string>();

/**
 * Keeps a file in the origin private file system, in a folder of its own inside of `parent`, so that its size costs no memory.
 *
 * A piece counts as stored once the browser has its bytes: from then on it costs no memory, and the sender may send another. It outlives the
 * page only once its segment is closed; what the receiver claims to have after a reload is what it then finds on disk.
 *
 * The result is made of these files. They are there until it is discarded; if it never is, they are removed when the page's next life begins.
 *
 * Rejects with `storage-full` when the origin's quota does not leave room for the file and a margin, even without what earlier sinks have left in
 * `parent` for somebody to go on with.
 */
export async function opfsSink(offer: Offer, parent: FileSystemDirectoryHandle): Promise<Sink> {
  // Not by its id: whoever was offered something knows that, and could offer something else under it to have this removed.
  const header = headerDigest(offer);
  const wanted = `${parent.name}/${header}`;
  while (closing.has(wanted)) await closing.get(wanted);
  // Two members may offer the same thing: what is verified of one must not be written over by the other.
  const name = writing.has(wanted) ? `${header}-${randomId()}` : header;
  const key = `${parent.name}/${name}`;
  writing.add(key);
  try {
    const folder = await parent.getDirectoryHandle(name, { create: true });
    const sink = new OpfsSink(offer, folder, {
      makeRoom: () => removeLeftovers(parent),
      remove: () => parent.removeEntry(name, { recursive: true }),
      onclosing: (closed) => {
        writing.delete(key);
        untilClosed(key, closed);
      },
    });
    await sink.open();
    return sink;
  } catch (cause) {
    writing.delete(key);
    throw storageError(cause);
  }
}

/** Removes what an earlier sink has left in `parent` under that name, unless one of this page needs it. */
export async function removeLeftover(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  const key = `${parent.name}/${name}`;
  if (writing.has(key) || closing.has(key)) return;
  const removed = parent.removeEntry(name, { recursive: true }).catch(() => undefined);
  untilClosed(key, removed);
  await removed;
}

/** What is being removed is gone then, and with it everything in `parent` that no sink of this page needs. */
async function removeLeftovers(parent: FileSystemDirectoryHandle): Promise<void> {
  for await (const name of parent.keys()) await removeLeftover(parent, name);
  await Promise.all(closing.values());
}

function untilClosed(key: string, closed: Promise<void>): void {
  closing.set(key, closed);
  void closed.finally(() => closing.get(key) === closed && closing.delete(key));
}

/** What a sink does to its surroundings. */
interface Surroundings {
  /** Resolves when there is as much room as can be had without taking it from anybody. */
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
  onclosing(closed: Promise<void>): void;
}

/** A segment while it is being written. */
interface OpenSegment {
  readonly writable: Promise<FileSystemWritableFileStream>;
  readonly digests: string[];
  /** Pieces to come. */
  missing: number;
}

class OpfsSink implements Sink {
  readonly kept: string[] = [];
  readonly onDisk = true;
  readonly #offer: Offer;
  readonly #segments: Segments;
  readonly #surroundings: Surroundings;
  readonly #open = new Map<number, OpenSegment>();
  /** Segments on their way to the disk. */
  readonly #closing = new Set<Promise<void>>();
  #failure: SnapError | null = null;
  #ended: Promise<void> | null = null;
  /** For what is yet to be written. */
  #reservation: Reservation | null = null;

  constructor(offer: Offer, folder: FileSystemDirectoryHandle, surroundings: Surroundings) {
    this.#offer = offer;
    this.#segments = new Segments(offer, folder);
    this.#surroundings = surroundings;
  }

  /** Finds what is here, and makes sure that there is room for the rest. */
  async open(): Promise<void> {
    const { size, piece } = this.#offer;
    for (let number = 0; number < this.#segments.count; number++) {
      const digests = await this.#segments.digests(number);
      if (!digests) break;
      this.kept.push(...digests);
    }
    const missing = size - Math.min(this.kept.length * piece, size);
    try {
      this.#reservation = await this.#reserve(missing);
    } catch (thrown) {
      if (this.kept.length === 0) await this.#surroundings.remove().catch(() => undefined);
      throw thrown;
    }
  }

  async write(offset: number, bytes: Uint8Array, digest: string): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#hasEnded()) return;
    const number = Math.floor(offset / SEGMENT);
    const position = offset - number * SEGMENT;
    const segment = this.#segment(number);
    try {
      const writable = await segment.writable;
      await writable.write({ type: 'write', position, data: bytes as Uint8Array<ArrayBuffer> });
    } catch (cause) {
      throw this.#fail(cause);
    }
    if (this.#hasEnded()) return;
    this.#reservation?.use(bytes.byteLength);
    segment.digests[Math.floor(position / this.#offer.piece)] = digest;
    if (--segment.missing === 0) this.#close(number, segment);
  }

  async finish(): Promise<Blob> {
    await Promise.all(this.#closing);
    if (this.#failure) throw this.#failure;
    try {
      const parts: Blob[] = [];
      for (let number = 0; number < this.#segments.count; number++) {
        parts.push(await this.#segments.content(number));
      }
      return new Blob(parts, { type: this.#offer.mime });
    } catch (cause) {
      throw this.#fail(cause);
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
    this.#reservation?.end();
    const aborted = [...this.#open.values()].map(async ({ writable }) => (await writable).abort());
    this.#open.clear();
    this.#ended = Promise.allSettled([...aborted, ...this.#closing])
      .then(then)
      .catch(() => undefined);
    this.#surroundings.onclosing(this.#ended);
    return this.#ended;
  }

  async #reserve(bytes: number): Promise<Reservation> {
    try {
      return await Reservation.of(bytes);
    } catch {
      await this.#surroundings.makeRoom();
      return Reservation.of(bytes);
    }
  }

  #segment(number: number): OpenSegment {
    let segment = this.#open.get(number);
    if (!segment) {
      const writable = this.#segments.create(number);
      segment = { writable, digests: [], missing: this.#segments.piecesOf(number) };
      this.#open.set(number, segment);
    }
    return segment;
  }

  /** The pieces that follow do not wait for it. */
  #close(number: number, { writable, digests }: OpenSegment): void {
    this.#open.delete(number);
    const [position, data] = [this.#segments.sizeOf(number), this.#segments.trailer(digests)];
    const closed = writable
      .then(async (stream) => {
        await stream.write({ type: 'write', position, data });
        await stream.close();
      })
      .catch((cause: unknown) => void this.#fail(cause))
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }

  /** A call, not a property: it may have changed over an `await`. */
  #hasEnded(): boolean {
    return this.#ended !== null;
  }

  #fail(cause: unknown): SnapError {
    this.#failure ??= storageError(cause);
    return this.#failure;
  }
}

function storageError(cause: unknown): SnapError {
  const full = cause instanceof Error && cause.name === 'QuotaExceededError';
  return SnapError.from(cause, full ? 'storage-full' : 'storage-failed');
}
