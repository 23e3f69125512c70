import { violation } from '../wire/violation.js';
import { MAX_NOWHERE, MAX_OPEN_OFFERS } from '../wire/messages.js';
import { LARGEST, sizeClass } from '../wire/size-class.js';
import type { Allowance } from './allowance.js';
import type { Deliverable, Sending, Wire } from './conversation.js';
import type { Reclaims } from './reclaims.js';

export interface OffersParts {
  /** Aborts when the connection is gone. */
  readonly closed: AbortSignal;
  /** How many offers may come to nothing. */
  readonly allowance: Allowance;
  /** How many of the peer's messages may have no effect. */
  readonly fruitless: Allowance;
  readonly reclaims: Reclaims;
}

/**
 * What is offered over one connection: some at a time, and each of the others when one has ended.
 */
export class Offers {
  readonly #wire: Wire;
  readonly #parts: OffersParts;
  /** By class of size, each in its order, with the position of each among all. */
  readonly #queues = Array.from({ length: LARGEST + 1 }, () => new Map<Deliverable, number>());
  #added = 0;
  /** By number. */
  readonly #open = new Map<number, Sending>();
  #last = 0;

  constructor(wire: Wire, parts: OffersParts) {
    this.#wire = wire;
    this.#parts = parts;
  }

  /** In the order in which they were offered. */
  get open(): Iterable<Sending> {
    this.#forgetOver();
    return this.#open.values();
  }

  /** Offers it now, or as soon as fewer are open; once. */
  add(deliverable: Deliverable): void {
    const { attempt } = deliverable;
    if (attempt && this.#open.get(attempt.no) === attempt) return;
    const queue = this.#queueOf(deliverable);
    if (!queue.has(deliverable)) queue.set(deliverable, ++this.#added);
    this.makeMore();
  }

  /** Makes as many offers as may be open at once. */
  makeMore(): void {
    const { closed, allowance, reclaims, fruitless } = this.#parts;
    this.#forgetOver();
    while (this.#open.size < MAX_OPEN_OFFERS && !closed.aborted) {
      const next = this.#nextInQueue();
      if (!next) return;
      if (next.settled) {
        this.#queueOf(next).delete(next);
        reclaims.settle(next.id);
        continue;
      }
      if (!allowance.take()) return allowance.whenRefilled(() => this.#wire.wake());
      this.#queueOf(next).delete(next);
      reclaims.offered(next.id);
      fruitless.giveBack(MAX_NOWHERE);
      const no = ++this.#last;
      const attempt = next.offer(this.#wire, no);
      // Sending may have shown that the channel is closed: nobody would suspend the attempt later.
      if (this.#parts.closed.aborted) attempt.suspend();
      else this.#open.set(no, attempt);
    }
  }

  /**
   * What the peer's message with this number is about; null when that is over. Throws
   * `peer-protocol` when nothing was offered under it yet.
   */
  find(no: number, what: string): Sending | null {
    const sending = this.#open.get(no);
    if (sending && !sending.over) return sending;
    if (no > this.#last) throw violation(what);
    return null;
  }

  /** One of them was delivered, so it does not count as fruitless. */
  delivered(): void {
    this.#parts.allowance.giveBack();
  }

  /** The connection is gone. */
  suspend(): void {
    this.#parts.allowance.cancel();
    for (const sending of this.#open.values()) sending.suspend();
    this.#open.clear();
    for (const queue of this.#queues) queue.clear();
  }

  /**
   * The one that was added first, unless transfers of its size have all the places that they may
   * have: each class leaves one more to what is smaller, as something large keeps its place until
   * all of it has arrived.
   */
  #nextInQueue(): Deliverable | null {
    const classes = [...this.#open.values()].map(({ size }) => sizeClass(size));
    let next: Deliverable | null = null;
    let first = Infinity;
    for (const [size, queue] of this.#queues.entries()) {
      const [head] = queue;
      if (!head || head[1] > first) continue;
      const taken = classes.filter((each) => each >= size).length;
      if (taken < MAX_OPEN_OFFERS - size || head[0].settled) [next, first] = head;
    }
    return next;
  }

  #queueOf({ size }: Deliverable): Map<Deliverable, number> {
    return this.#queues[sizeClass(size)]!;
  }

  /**
   * Those that have ended, or continue under another number since a retry: what the peer still says
   * about them comes too late.
   */
  #forgetOver(): void {
    for (const [no, { over }] of this.#open) if (over) this.#open.delete(no);
  }
}
