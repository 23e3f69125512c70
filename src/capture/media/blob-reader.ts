/** In bytes: read at a time. Only a few bytes before each piece of a film are needed. */
const WINDOW = 512 * 1024;

/** Reads a file piece by piece, without holding more of it than one window. */
export class BlobReader {
  readonly #blob: Blob;
  #view = new DataView(new ArrayBuffer(0));
  #offset = 0;

  constructor(blob: Blob) {
    this.#blob = blob;
  }

  get size(): number {
    return this.#blob.size;
  }

  /** A view of the `length` bytes at `offset`. Throws a RangeError if the file is shorter. */
  async view(offset: number, length: number): Promise<DataView> {
    if (offset < this.#offset || offset + length > this.#offset + this.#view.byteLength) {
      this.#offset = offset;
      const window = this.#blob.slice(offset, offset + Math.max(length, WINDOW));
      this.#view = new DataView(await window.arrayBuffer());
    }
    return new DataView(this.#view.buffer, offset - this.#offset, length);
  }

  async bytes(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const { buffer, byteOffset, byteLength } = await this.view(start, end - start);
    return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
  }
}
