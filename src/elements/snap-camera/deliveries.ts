import type { HubElement } from '../../hub/hub-element.js';
import type { Transfer } from '../../transfer/transfer.js';

/** How far everything is that this page sends. */
export interface Delivery {
  /** How many items wait for *Send*. */
  readonly pending: number;
  /** How many transfers are queued or under way. */
  readonly sending: number;
  /** From 0 to 1, of all that was sent since the last pause; null while nothing is being sent. */
  readonly progress: number | null;
  readonly failed: number;
  /** Whether the last transfer has arrived, and nothing else is pending, under way or failed. */
  readonly delivered: boolean;
}

/**
 * Reads from the hub how far the deliveries are. Transfers that run at the same time count as one
 * batch, so that the progress does not jump back when the first of them has arrived.
 */
export class Deliveries {
  #batch = new Set<Transfer>();

  read(hub: HubElement | null): Delivery {
    const sent = (hub?.transfers ?? []).filter(({ direction }) => direction === 'send');
    const running = sent.filter(({ ended }) => !ended);
    if (running.length === 0) this.#batch.clear();
    for (const transfer of running) this.#batch.add(transfer);
    const pending = hub?.pending.length ?? 0;
    const failed = sent.filter(({ state }) => state === 'failed').length;
    const settled = running.length + pending + failed === 0;
    return {
      pending,
      sending: running.length,
      progress: running.length === 0 ? null : progressOf(this.#batch),
      failed,
      delivered: settled && sent.at(-1)?.state === 'delivered',
    };
  }

  /** Forgets the batch of another hub. */
  reset(): void {
    this.#batch = new Set();
  }
}

/** By bytes; by number if all of them are empty. */
function progressOf(batch: ReadonlySet<Transfer>): number {
  let loaded = 0;
  let size = 0;
  for (const transfer of batch) {
    // What was cancelled, or has failed, will not come any further.
    if (transfer.state === 'cancelled' || transfer.state === 'failed') continue;
    loaded += transfer.loaded;
    size += transfer.size;
  }
  return size === 0 ? 0 : loaded / size;
}
