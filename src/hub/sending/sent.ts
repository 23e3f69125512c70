import type { Transfer } from '../../transfer/transfer.js';
import type { Payload } from '../sendable.js';

/** How many payloads are kept. */
const MOST = 100;
/**
 * In bytes: how much of them. Files are kept by reference, but a browser holds what a page has
 * captured in memory or on disk for as long as the page refers to it.
 */
const MOST_BYTES = 1_073_741_824;

/** What this page has sent, for *Send again*: the newest, within limits. */
export class Sent {
  readonly #most: number;
  readonly #mostBytes: number;
  /** The oldest first. */
  readonly #payloads = new Map<Transfer, Payload>();
  #bytes = 0;

  constructor({ most = MOST, mostBytes = MOST_BYTES } = {}) {
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  /** Keeps what is sent as `transfer`. The newest is kept whatever its size. */
  keep(transfer: Transfer, payload: Payload): void {
    this.delete(transfer);
    this.#payloads.set(transfer, payload);
    this.#bytes += payload.source.size;
    for (const oldest of this.#payloads.keys()) {
      if (this.#payloads.size <= this.#most && this.#bytes <= this.#mostBytes) return;
      if (oldest !== transfer) this.delete(oldest);
    }
  }

  get(transfer: Transfer): Payload | undefined {
    return this.#payloads.get(transfer);
  }

  delete(transfer: Transfer): void {
    this.#bytes -= this.#payloads.get(transfer)?.source.size ?? 0;
    this.#payloads.delete(transfer);
  }

  /** Takes over what `other` has kept. */
  takeOver(other: Sent): void {
    for (const [transfer, payload] of other.#payloads) this.keep(transfer, payload);
    other.#payloads.clear();
    other.#bytes = 0;
  }
}
