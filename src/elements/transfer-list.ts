import type { Transfer } from '../transfer/transfer.js';

/** Ended transfers kept for the page to show. */
const KEPT = 200;
/** In ms: a running transfer is told about once a frame. */
const FRAME = 16;

/** The transfers of a hub, and what the page was last told of each. */
export class TransferList {
  readonly #forgotten: (transfer: Transfer) => void;
  readonly #told = new WeakMap<Transfer, { state: string; at: number }>();
  #items: readonly Transfer[] = [];

  /** `forgotten` is called with those that ended long ago. */
  constructor(forgotten: (transfer: Transfer) => void) {
    this.#forgotten = forgotten;
  }

  /** Newest last. */
  get items(): readonly Transfer[] {
    return this.#items;
  }

  /** Whether any is on its way just now. */
  get moving(): boolean {
    return this.#items.some(({ state }) => state === 'sending' || state === 'receiving');
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
    return true;
  }

  remove(transfer: Transfer): void {
    this.#items = this.#items.filter((each) => each !== transfer);
  }

  #add(transfer: Transfer): void {
    const ended = this.#items.filter((each) => each.ended);
    const surplus = new Set(ended.slice(0, Math.max(0, ended.length - KEPT)));
    for (const each of surplus) this.#forgotten(each);
    // What has failed, and is offered again, takes the place of the failed one.
    const others = this.#items.filter(
      (each) => !surplus.has(each) && (each.id !== transfer.id || each.direction !== transfer.direction),
    );
    this.#items = [...others, transfer];
  }
}
