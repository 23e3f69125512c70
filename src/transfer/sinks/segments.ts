import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { headerDigest, sha256 } from '../wire/digest.js';
import type { Offer } from '../wire/messages.js';

/**
 * In bytes: what a file on disk holds of a transfer. A file is only there once it was closed (File
 * System Standard, section 2.6), so this is what a reload or a crash may cost; and a file more for
 * so many bytes is nothing.
 */
export const SEGMENT = 16_777_216;

/**
 * Pieces that are read and hashed at once when a segment is found again. With one it takes a fifth
 * longer, and eight are no quicker.
 */
const AT_ONCE = 4;

/** In bytes: a SHA-256. */
const DIGEST = 32;

/**
 * How a transfer lies on disk. Each segment ends with the digests of its pieces and with that of
 * the offer: whoever finds it whole can go on from there, and needs to know nothing else.
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

  /** In bytes of the transfer. */
  sizeOf(number: number): number {
    return Math.min(SEGMENT, this.#offer.size - number * SEGMENT);
  }

  piecesOf(number: number): number {
    return Math.ceil(this.sizeOf(number) / this.#offer.piece);
  }

  /** What stands after the bytes of a segment whose pieces have these digests. */
  trailer(digests: readonly string[]): Uint8Array<ArrayBuffer> {
    return hexToBytes([...digests, this.#header].join('')) as Uint8Array<ArrayBuffer>;
  }

  /** For writing anew. */
  async create(number: number): Promise<FileSystemWritableFileStream> {
    const handle = await this.#folder.getFileHandle(String(number), { create: true });
    return handle.createWritable();
  }

  /** The bytes of a segment that is whole: a part of a file, not of memory. */
  async content(number: number): Promise<Blob> {
    return (await this.#file(number)).slice(0, this.sizeOf(number));
  }

  /**
   * The digests of the pieces in a segment; null when it is not here, not whole, of another file,
   * or not what was written: when the power fails, a file may have its length before it has its
   * bytes. Takes some 4 ms for each MiB (docs/benchmarks.md), and the memory of a few pieces.
   */
  async digests(number: number): Promise<string[] | null> {
    const [size, pieces] = [this.sizeOf(number), this.piecesOf(number)];
    try {
      const file = await this.#file(number);
      if (file.size !== size + (pieces + 1) * DIGEST) return null;
      const trailer = bytesToHex(new Uint8Array(await file.slice(size).arrayBuffer()));
      const digests = trailer.match(/.{64}/g) ?? [];
      if (digests.pop() !== this.#header) return null;
      return (await this.#isAsWritten(file.slice(0, size), digests)) ? digests : null;
    } catch {
      return null;
    }
  }

  async #isAsWritten(content: Blob, digests: readonly string[]): Promise<boolean> {
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
