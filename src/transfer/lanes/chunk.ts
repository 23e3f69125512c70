/** One slice of a transfer: the bytes `[start, end)`, counted from the start of its file. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** Whose chunks the lanes carry, and who learns what became of them. */
export interface ChunkOwner {
  /** Whether it waits for its chunks in flight: it has nothing else to send right now. */
  readonly stalled: boolean;
  /** The bytes of a chunk once more; null while they have to be read again. */
  bytes(chunk: Chunk): Uint8Array | null;
  /** The peer has this chunk. Called once. */
  arrived(chunk: Chunk): void;
  /**
   * Every lane that carried it is gone; nobody knows whether the peer has it. Send it again: a
   * duplicate does no harm.
   */
  lost(chunk: Chunk): void;
}
