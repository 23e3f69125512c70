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
    if (this.#items.get(keyOf(transfer)) === transfer) this.#follow(transfer);
    return true;
  }

  remove(transfer: Transfer): void {
    if (this.#items.get(keyOf(transfer)) === transfer) this.#items.delete(keyOf(transfer));
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
    // What has failed, and is offered again, takes the place of the failed one.
    const former = this.#items.get(keyOf(transfer));
    if (former) this.remove(former);
    this.#items.add(keyOf(transfer), transfer);
  }
}

function keyOf({ direction, id }: Transfer): string {
  return `${direction}:${id}`;
}
