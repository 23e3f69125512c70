/** Part of a file, in bytes: `[start, end)`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whose bytes the lanes carry, and who is told what became of them. */
export interface Shipper {
  /** Whether everything waits for what is on its way: nothing else can be sent just now. */
  readonly pressing: boolean;
  /** The peer has these bytes. Said once. */
  confirmed(range: Range): void;
  /** Every lane that carried them is gone; nobody knows whether the peer has these bytes. Send them again: a duplicate is harmless. */
  lost(range: Range): void;
}

/** The payload of one frame, however many lanes carry it. */
export class Parcel {
  readonly transfer: number;
  readonly offset: number;
  readonly payload: Uint8Array;
  readonly #shipper: Shipper;
  #onTheirWay = 0;
  #arrived = false;

  /** `transfer` is the number of its offer; `offset` is in bytes from the start of the file. */
  constructor(transfer: number, offset: number, payload: Uint8Array, shipper: Shipper) {
    this.transfer = transfer;
    this.offset = offset;
    this.payload = payload;
    this.#shipper = shipper;
  }

  /** Whether it is on its way once, and everything waits for it. */
  get pressing(): boolean {
    return this.#onTheirWay === 1 && !this.#arrived && this.#shipper.pressing;
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
    this.#shipper.confirmed(this.#range);
  }

  /** One of the lanes has died with it. */
  lost(): void {
    this.#onTheirWay--;
    if (!this.#arrived && this.#onTheirWay === 0) this.#shipper.lost(this.#range);
  }

  get #range(): Range {
    return { start: this.offset, end: this.offset + this.payload.byteLength };
  }
}
