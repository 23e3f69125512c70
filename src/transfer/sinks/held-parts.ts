import type { MemoryBudget } from './sink.js';

/**
 * The bytes of a segment that is being written to disk. Nothing of a file exists until it is
 * closed, so its parts stay in memory until then, as far as the budget allows: if the disk fails,
 * the transfer continues with them.
 */
export class HeldParts {
  /** By offset in the segment, in bytes. */
  #parts = new Map<number, Uint8Array<ArrayBuffer>>();
  #bytes = 0;
  #giveBack: (() => void)[] = [];
  /** Whether the budget did not allow for some part, so that memory cannot replace the disk. */
  #incomplete = false;

  /** How many bytes are held. */
  get bytes(): number {
    return this.#bytes;
  }

  get incomplete(): boolean {
    return this.#incomplete;
  }

  /**
   * `memory`: the budget to take the bytes from; null if they were taken before. `size`: of the
   * whole transfer, in bytes.
   */
  hold(position: number, bytes: Uint8Array<ArrayBuffer>, memory: MemoryBudget | null, size: number): void {
    const giveBack = memory?.take(bytes.byteLength, size);
    if (giveBack === null) this.#incomplete = true;
    if (this.#incomplete) return this.#drop();
    if (giveBack) this.#giveBack.push(giveBack);
    this.#parts.set(position, bytes);
    this.#bytes += bytes.byteLength;
  }

  /** The parts that are held, in order. */
  content(): Blob {
    return new Blob([...this.#parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
  }

  /** Releases the memory: the segment is on disk, or not needed any more. */
  end(): void {
    this.#drop();
  }

  #drop(): void {
    for (const giveBack of this.#giveBack.splice(0)) giveBack();
    this.#parts = new Map();
    this.#bytes = 0;
  }
}
