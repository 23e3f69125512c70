import type { Transfer } from '../transfer/transfer.js';
import { LazyList } from './lazy-list.js';

/** Ended transfers kept for the page to show. */
const KEPT = 200;
/** In ms: a running transfer is told about once a frame. */
const FRAME = 16;

/** The transfers of a hub, and what the page was last told of each. */
export class TransferList {
  readonly #forgotten: (transfer: Transfer) => void;
  readonly #told = new WeakMap<Transfer, { state: string; at: number }>();
  readonly #items = new LazyList<string, Transfer>();
  /**
   * Its place in the list. Kept, because another tab of the same sender may go on with what one has
   * begun.
   */
  readonly #keys = new WeakMap<Transfer, string>();
  readonly #moving = new Set<Transfer>();
  /** The one that ended longest ago first. */
  readonly #ended = new Set<Transfer>();

  /** `forgotten` is called with those that ended long ago. */
  constructor(forgotten: (transfer: Transfer) => void) {
    this.#forgotten = forgotten;
  }

  /** Newest last. */
  get items(): readonly Transfer[] {
    return this.#items.items;
  }

  /** Whether any is on its way just now. */
  get moving(): boolean {
    return this.#moving.size > 0;
  }

  /** A transfer is new, or has changed. Returns whether the page is to be told. */
  changed(transfer: Transfer): boolean {
    const told = this.#told.get(transfer);
    const now = performance.now();
    // Where each recipient is, too: "delivered to 1 of 2" must not be lost in a frame.
    const state = [transfer.state, ...transfer.recipients.map((recipient) => recipient.state)].join();
    if (told?.state === state && now - told.at < FRAME) return false;
    this.#told.set(transfer, { state, at: now });
    if (!told) this.#add(transfer);
    if (this.#items.get(this.#keyOf(transfer)) === transfer) this.#follow(transfer);
    return true;
  }

  remove(transfer: Transfer): void {
    if (this.#items.get(this.#keyOf(transfer)) === transfer) this.#items.delete(this.#keyOf(transfer));
    this.#moving.delete(transfer);
    this.#ended.delete(transfer);
  }

  #follow(transfer: Transfer): void {
    const { state } = transfer;
    if (state === 'sending' || state === 'receiving') this.#moving.add(transfer);
    else this.#moving.delete(transfer);
    if (transfer.ended) this.#ended.add(transfer);
    else this.#ended.delete(transfer);
  }

  #add(transfer: Transfer): void {
    for (const oldest of this.#ended) {
      if (this.#ended.size <= KEPT) break;
      this.remove(oldest);
      this.#forgotten(oldest);
    }
    // What has failed, and is sent or offered again, takes the place of the failed one.
    const key = nameOf(transfer);
    const former = this.#items.get(key);
    if (former?.ended) this.remove(former);
    this.#keys.set(transfer, former && !former.ended ? transfer.id : key);
    this.#items.add(this.#keyOf(transfer), transfer);
  }

  #keyOf(transfer: Transfer): string {
    return this.#keys.get(transfer) ?? '';
  }
}

/**
 * By which it is known when it comes again: that somebody else calls something by the same name
 * makes no difference.
 */
function nameOf({ direction, id, from, offerId }: Transfer): string {
  return direction === 'send' ? `send:${id}` : `receive:${from}:${offerId}`;
}
