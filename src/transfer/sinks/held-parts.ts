import type { MemoryBudget } from './sink.js';

/**
 * What a segment on its way to the disk is made of. Until its file is closed nothing of it is
 * there, so it is held in memory, as far as that may be: should the disk fail, it goes on from
 * here.
 */
export class HeldParts {
  /** By position in the segment, in bytes. */
  #parts = new Map<number, Uint8Array<ArrayBuffer>>();
  #bytes = 0;
  #giveBack: (() => void)[] = [];
  /** Whether something of it could not be held. */
  #torn = false;

  /** In bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  get torn(): boolean {
    return this.#torn;
  }

  /**
   * `memory`: what it is to be taken from; null when it was taken before. `size`: of the whole
   * transfer, in bytes.
   */
  hold(position: number, bytes: Uint8Array<ArrayBuffer>, memory: MemoryBudget | null, size: number): void {
    const giveBack = memory?.take(bytes.byteLength, size);
    if (giveBack === null) this.#torn = true;
    if (this.#torn) return this.#drop();
    if (giveBack) this.#giveBack.push(giveBack);
    this.#parts.set(position, bytes);
    this.#bytes += bytes.byteLength;
  }

  /** The segment, as far as it has come. */
  content(): Blob {
    return new Blob([...this.#parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
  }

  /** It is on disk, or not wanted any more. */
  end(): void {
    this.#drop();
  }

  #drop(): void {
    for (const giveBack of this.#giveBack.splice(0)) giveBack();
    this.#parts = new Map();
    this.#bytes = 0;
  }
}
