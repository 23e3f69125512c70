import { cleanFileName } from '../file-name.js';
import type { Transfer } from '../transfer/transfer.js';
import type { Description } from '../transfer/transfers.js';

/** What is known of a file that is to be chosen again. */
interface Missing {
  /** When it was last modified, in ms since the epoch. */
  readonly changedAt: number;
  readonly description: Description;
}

/**
 * Transfers that wait for the person to choose their file again: the page was reloaded, and the
 * file was too large to be stored.
 */
export class Rechoose {
  readonly #missing = new Map<Transfer, Missing>();

  add(transfer: Transfer, missing: Missing): void {
    this.#missing.set(transfer, missing);
  }

  delete(transfer: Transfer): void {
    this.#missing.delete(transfer);
  }

  /** The transfer that waits for this file, with its description; or null. */
  find(file: File): { readonly transfer: Transfer; readonly description: Description } | null {
    for (const [transfer, { changedAt, description }] of this.#missing) {
      const same = transfer.size === file.size && changedAt === file.lastModified;
      if (same && transfer.state === 'failed' && cleanFileName(transfer.name) === cleanFileName(file.name))
        return { transfer, description };
    }
    return null;
  }
}
