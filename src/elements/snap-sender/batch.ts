import type { Transfer } from '../../transfer/transfer.js';
import { Gauge } from './speed.js';
import type { Pace } from './speed.js';

/** How far several transfers are together. */
export interface Total {
  /** How many there are, and how many of them have arrived. */
  readonly count: number;
  readonly arrived: number;
  /** In bytes. */
  readonly loaded: number;
  readonly size: number;
  readonly pace: Pace | null;
}

/**
 * What is being sent together: everything since the last time that nothing was being sent. What has
 * failed or was cancelled no longer counts.
 */
export class Batch {
  readonly #members = new Set<Transfer>();
  #gauge = new Gauge();

  /** The total of a batch that has several transfers and is under way; else null. */
  read(running: readonly Transfer[], now = performance.now()): Total | null {
    for (const transfer of running) this.#members.add(transfer);
    if (running.length === 0) {
      this.reset();
      return null;
    }
    let [count, arrived, loaded, size] = [0, 0, 0, 0];
    for (const transfer of this.#members) {
      const { state } = transfer;
      if (state === 'failed' || state === 'cancelled') continue;
      count += 1;
      arrived += Number(state === 'delivered');
      loaded += Math.min(transfer.loaded, transfer.size);
      size += transfer.size;
    }
    const moving = running.some(({ state }) => state === 'sending');
    if (!moving) this.#gauge = new Gauge();
    const pace = moving ? this.#gauge.read(loaded, size, now) : null;
    return count > 1 ? { count, arrived, loaded, size, pace } : null;
  }

  /** Forgets what was being sent: there is another hub. */
  reset(): void {
    this.#members.clear();
    this.#gauge = new Gauge();
  }
}
