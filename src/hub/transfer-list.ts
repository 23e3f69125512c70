import type { Transfer } from '../transfer/transfer.js';
import { LazyList } from './lazy-list.js';

/** Ended transfers that are kept for the page to show. */
const KEPT = 200;
/** In ms: the page is notified of a running transfer once a frame. */
const FRAME = 16;

/** The transfers of a hub, and the state of each that the page was last notified of. */
export class TransferList {
  readonly #forgotten: (transfer: Transfer) => void;
  readonly #notified = new WeakMap<Transfer, { state: string; at: number }>();
  readonly #items = new LazyList<string, Transfer>();
  /**
   * The key of each in the list. It never changes, although another tab of the same sender may
   * resume what one began.
   */
  readonly #keys = new WeakMap<Transfer, string>();
  readonly #moving = new Set<Transfer>();
  /** What is being sent, or waits for it. */
  readonly #sending = new Set<Transfer>();
  /** The one that ended first comes first. */
  readonly #ended = new Set<Transfer>();

  /** `forgotten` is called with each that is dropped because too many have ended since. */
  constructor(forgotten: (transfer: Transfer) => void) {
    this.#forgotten = forgotten;
  }

  /** Newest last. */
  get items(): readonly Transfer[] {
    return this.#items.items;
  }

  /** Whether any is sending or receiving at the moment. */
  get moving(): boolean {
    return this.#moving.size > 0;
  }

  /** What is being sent, or waits for it. */
  get sending(): ReadonlySet<Transfer> {
    return this.#sending;
  }

  /** Whether anything here is still to be sent, or failed to be. */
  get unsent(): boolean {
    return this.items.some(
      ({ direction, state }) => direction === 'send' && state !== 'delivered' && state !== 'cancelled',
    );
  }

  /** A transfer is new, or has changed. Returns whether to notify the page. */
  changed(transfer: Transfer): boolean {
    const notified = this.#notified.get(transfer);
    const now = performance.now();
    // With the state of each recipient: "delivered to 1 of 2" must not wait for the next frame.
    const state = [transfer.state, ...transfer.recipients.map((recipient) => recipient.state)].join();
    if (notified?.state === state && now - notified.at < FRAME) return false;
    this.#notified.set(transfer, { state, at: now });
    if (!notified) this.#add(transfer);
    if (this.#items.get(this.#keyOf(transfer)) === transfer) this.#follow(transfer);
    return true;
  }

  remove(transfer: Transfer): void {
    if (this.#items.get(this.#keyOf(transfer)) === transfer) this.#items.delete(this.#keyOf(transfer));
    this.#moving.delete(transfer);
    this.#sending.delete(transfer);
    this.#ended.delete(transfer);
  }

  #follow(transfer: Transfer): void {
    const { state } = transfer;
    if (state === 'sending' || state === 'receiving') this.#moving.add(transfer);
    else this.#moving.delete(transfer);
    if (transfer.direction === 'send' && !transfer.ended) this.#sending.add(transfer);
    else this.#sending.delete(transfer);
    if (transfer.ended) this.#ended.add(transfer);
    else this.#ended.delete(transfer);
  }

  #add(transfer: Transfer): void {
    for (const oldest of this.#ended) {
      if (this.#ended.size <= KEPT) break;
      this.remove(oldest);
      this.#forgotten(oldest);
    }
    // A transfer that is sent or offered again replaces the one that ended.
    const key = keyOf(transfer);
    const former = this.#items.get(key);
    if (former?.ended) this.remove(former);
    this.#keys.set(transfer, former && !former.ended ? transfer.id : key);
    this.#items.add(this.#keyOf(transfer), transfer);
  }

  #keyOf(transfer: Transfer): string {
    return this.#keys.get(transfer) ?? '';
  }
}

/** The same when a transfer comes again, and different for every sender. */
function keyOf({ direction, id, from, offerId }: Transfer): string {
  return direction === 'send' ? `send:${id}` : `receive:${from}:${offerId}`;
}
