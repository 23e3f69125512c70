/** Part of a file, in bytes: `[start, end)`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whose bytes the lanes carry, and who is told what became of them. */
export interface Shipper {
  /** Whether the transfer waits for what is on its way: nothing else of it can be sent just now. */
  readonly pressing: boolean;
  /** These bytes once more; null while they have to be read again. */
  bytes(range: Range): Uint8Array | null;
  /** The peer has these bytes. Said once. */
  confirmed(range: Range): void;
  /**
   * Every lane that carried them is gone; nobody knows whether the peer has these bytes. Send them
   * again: a duplicate is harmless.
   */
  lost(range: Range): void;
}

/**
 * What one frame carries, over however many lanes. It holds no bytes: a peer that leaves one small
 * frame of each piece unconfirmed would have us keep all the pieces.
 */
export class Consignment {
  readonly transfer: number;
  readonly range: Range;
  readonly #shipper: Shipper;
  #onTheirWay = 0;
  #arrived = false;

  /** `transfer` is the number of its offer. */
  constructor(transfer: number, range: Range, shipper: Shipper) {
    this.transfer = transfer;
    this.range = range;
    this.#shipper = shipper;
  }

  /** In bytes. */
  get size(): number {
    return this.range.end - this.range.start;
  }

  get bytes(): Uint8Array | null {
    return this.#shipper.bytes(this.range);
  }

  /** Whether it is on its way once, and its transfer waits for it. */
  get pressing(): boolean {
    return this.#onTheirWay === 1 && !this.#arrived && this.#shipper.pressing;
  }

  /** Whether a lane has brought it. */
  get arrived(): boolean {
    return this.#arrived;
  }

  /** A lane has taken it. */
  sent(): void {
    this.#onTheirWay++;
  }

  /** One of the lanes has brought it. */
  confirmed(): void {
    this.#onTheirWay--;
    if (this.#arrived) return;
    this.#arrived = true;
    this.#shipper.confirmed(this.range);
  }

  /** One of the lanes has died with it. */
  lost(): void {
    this.#onTheirWay--;
    if (!this.#arrived && this.#onTheirWay === 0) this.#shipper.lost(this.range);
  }
}
