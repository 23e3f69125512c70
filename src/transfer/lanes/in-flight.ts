import type { Chunk, ChunkOwner } from './chunk.js';
import type { Snapshot } from './controller.js';

/**
 * A chunk on its way over one lane. It holds no bytes: a peer that leaves one small frame of each
 * piece unconfirmed would make us keep all the pieces.
 */
export class InFlight {
  /** The number of its offer. */
  readonly transfer: number;
  readonly chunk: Chunk;
  /** What the controller noted as it was sent. */
  readonly snapshot: Snapshot;
  readonly #owner: ChunkOwner;
  /** The same chunk, on its way over another lane. */
  #twin: InFlight | null = null;
  #arrived = false;

  constructor(transfer: number, chunk: Chunk, owner: ChunkOwner, snapshot: Snapshot) {
    this.transfer = transfer;
    this.chunk = chunk;
    this.#owner = owner;
    this.snapshot = snapshot;
  }

  /** In bytes. */
  get size(): number {
    return this.chunk.end - this.chunk.start;
  }

  /** Its bytes once more; null while they have to be read again. */
  get bytes(): Uint8Array | null {
    return this.#owner.bytes(this.chunk);
  }

  /** Whether its transfer waits for it, and no second lane carries it. */
  get awaited(): boolean {
    return this.#twin === null && !this.#arrived && this.#owner.stalled;
  }

  /** Whether a lane has delivered it, this one or another. */
  get arrived(): boolean {
    return this.#arrived;
  }

  /** The same chunk, sent again over another lane. */
  again(snapshot: Snapshot): InFlight {
    const twin = new InFlight(this.transfer, this.chunk, this.#owner, snapshot);
    twin.#twin = this;
    this.#twin = twin;
    return twin;
  }

  /** Its lane has delivered it. */
  confirmed(): void {
    if (this.#arrived) return;
    this.#arrived = true;
    if (this.#twin) this.#twin.#arrived = true;
    this.#part();
    this.#owner.arrived(this.chunk);
  }

  /** Its lane has died with it. */
  lost(): void {
    if (this.#twin) this.#part();
    else if (!this.#arrived) this.#owner.lost(this.chunk);
  }

  #part(): void {
    if (this.#twin) this.#twin.#twin = null;
    this.#twin = null;
  }
}
