import { cleanFileName } from '../file-name.js';
import type { Transfer } from '../transfer/transfer.js';

/**
 * Transfers whose file is not here any more: the page was reloaded, and the person has to choose it
 * again.
 */
export class Rechoose {
  /** When each file was last changed, in ms since the epoch. */
  readonly #changedAt = new Map<Transfer, number>();

  add(transfer: Transfer, changedAt: number): void {
    this.#changedAt.set(transfer, changedAt);
  }

  delete(transfer: Transfer): void {
    this.#changedAt.delete(transfer);
  }

  /** The transfer whose file this is, or null. */
  transferOf(file: File): Transfer | null {
    for (const [transfer, changedAt] of this.#changedAt) {
      const same = transfer.size === file.size && changedAt === file.lastModified;
      if (same && transfer.state === 'failed' && cleanFileName(transfer.name) === cleanFileName(file.name))
        return transfer;
    }
    return null;
  }
}
