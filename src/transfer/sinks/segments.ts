import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { headerDigest, sha256 } from '../wire/digest.js';
import type { Offer } from '../wire/messages.js';

/**
 * How many bytes of a transfer go into one file on disk. A file exists only once it was closed
 * (File System Standard, section 2.6), so this is the most that a reload or a crash may cost; and
 * one file more for so many bytes costs next to nothing.
 */
export const SEGMENT = 16_777_216;

/**
 * How many pieces are read and hashed in parallel when a segment is verified. One at a time takes a
 * fifth longer; eight are no faster.
 */
const AT_ONCE = 4;

/** Bytes of a SHA-256. */
const DIGEST = 32;

/**
 * The layout of a transfer on disk. Each segment ends with the digests of its pieces and the digest
 * of the offer, so that a later page can resume from the files alone.
 *
 * ```
 *   <folder>/0   16 MiB of the file │ a digest for each piece │ digest of the offer
 *   <folder>/1   ...
 * ```
 */
export class Segments {
  readonly #offer: Offer;
  readonly #header: string;
  readonly #folder: FileSystemDirectoryHandle;

  constructor(offer: Offer, folder: FileSystemDirectoryHandle) {
    this.#offer = offer;
    this.#header = headerDigest(offer);
    this.#folder = folder;
  }

  get count(): number {
    return Math.ceil(this.#offer.size / SEGMENT);
  }

  /** How many bytes of the transfer are in segment `number`. */
  sizeOf(number: number): number {
    return Math.min(SEGMENT, this.#offer.size - number * SEGMENT);
  }

  piecesOf(number: number): number {
    return Math.ceil(this.sizeOf(number) / this.#offer.piece);
  }

  /** What follows the bytes of a segment whose pieces have these digests. */
  trailer(digests: readonly string[]): Uint8Array<ArrayBuffer> {
    return hexToBytes([...digests, this.#header].join(''));
  }

  /** Opens the file of a segment for writing. Whatever was in it is replaced. */
  async create(number: number): Promise<FileSystemWritableFileStream> {
    const handle = await this.#folder.getFileHandle(String(number), { create: true });
    return handle.createWritable();
  }

  /** The bytes of a complete segment, backed by its file, not by memory. */
  async content(number: number): Promise<Blob> {
    return (await this.#file(number)).slice(0, this.sizeOf(number));
  }

  /**
   * The digests of the pieces in a segment; null when it is missing, incomplete, of another file,
   * or damaged: after a power failure a file may have its length but not its bytes. Takes about 4
   * ms per MiB (docs/benchmarks.md), and the memory of a few pieces.
   */
  async digests(number: number): Promise<string[] | null> {
    const [size, pieces] = [this.sizeOf(number), this.piecesOf(number)];
    try {
      const file = await this.#file(number);
      if (file.size !== size + (pieces + 1) * DIGEST) return null;
      const trailer = bytesToHex(new Uint8Array(await file.slice(size).arrayBuffer()));
      const digests = trailer.match(/.{64}/g) ?? [];
      if (digests.pop() !== this.#header) return null;
      return (await this.#isIntact(file.slice(0, size), digests)) ? digests : null;
    } catch {
      return null;
    }
  }

  async #isIntact(content: Blob, digests: readonly string[]): Promise<boolean> {
    const { piece } = this.#offer;
    const check = async (index: number): Promise<boolean> => {
      const bytes = await content.slice(index * piece, (index + 1) * piece).arrayBuffer();
      return (await sha256(new Uint8Array(bytes))) === digests[index];
    };
    for (let first = 0; first < digests.length; first += AT_ONCE) {
      const few = digests.slice(first, first + AT_ONCE).map((_, at) => check(first + at));
      if (!(await Promise.all(few)).every(Boolean)) return false;
    }
    return true;
  }

  async #file(number: number): Promise<File> {
    return (await this.#folder.getFileHandle(String(number))).getFile();
  }
}
