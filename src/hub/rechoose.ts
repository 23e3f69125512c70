import { cleanFileName } from '../file-name.js';
import type { Transfer } from '../transfer/transfer.js';

/**
 * Transfers that wait for the person to choose their file again: the page was reloaded, and the
 * file was too large to be stored.
 */
export class Rechoose {
  /** When each file was last modified, in ms since the epoch. */
  readonly #changedAt = new Map<Transfer, number>();

  add(transfer: Transfer, changedAt: number): void {
    this.#changedAt.set(transfer, changedAt);
  }

  delete(transfer: Transfer): void {
    this.#changedAt.delete(transfer);
  }

  /** The transfer that waits for this file, or null. */
  transferOf(file: File): Transfer | null {
    for (const [transfer, changedAt] of this.#changedAt) {
      const same = transfer.size === file.size && changedAt === file.lastModified;
      if (same && transfer.state === 'failed' && cleanFileName(transfer.name) === cleanFileName(file.name))
        return transfer;
    }
    return null;
  }
}
