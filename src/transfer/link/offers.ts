import type { Sending, Wire } from './conversation.js';
import type { Debts } from './reclaims.js';
import { MAX_OPEN_OFFERS } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';
import type { Pace } from './pace.js';
import type { Patience } from './patience.js';
import { LARGEST, sizeClass } from '../wire/size-class.js';

export interface OffersParts {
  /** Aborts when the connection is gone. */
  readonly closed: AbortSignal;
  readonly pace: Pace;
  readonly debts: Debts;
  readonly patience: Patience;
}

/**
 * What is offered over one connection: some at a time, and the others as soon as there is room for
 * one more.
 */
export class Offers {
  readonly #wire: Wire;
  readonly #parts: OffersParts;
  /** By class of size, each in its order, with the place of each among all. */
  readonly #queues = Array.from({ length: LARGEST + 1 }, () => new Map<Sending, number>());
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
    this.#forgetSettled();
    return this.#open.values();
  }

  /** Offers it now, or as soon as fewer are open; once. */
  add(delivery: Sending): void {
    if (this.#open.get(delivery.no) === delivery && !delivery.settled) return;
    const queue = this.#queueOf(delivery);
    if (!queue.has(delivery)) queue.set(delivery, ++this.#added);
    this.makeMore();
  }

  /** Makes as many offers as there is room for. */
  makeMore(): void {
    const { closed, pace, debts, patience } = this.#parts;
    this.#forgetSettled();
    while (this.#open.size < MAX_OPEN_OFFERS && !closed.aborted) {
      const delivery = this.#nextInQueue();
      if (!delivery) return;
      const { id } = delivery;
      if (delivery.settled) {
        this.#queueOf(delivery).delete(delivery);
        debts.settle(id);
        continue;
      }
      if (!pace.take()) return pace.wake(this.#wire);
      this.#queueOf(delivery).delete(delivery);
      debts.offered(id);
      patience.renew();
      this.#open.set(++this.#last, delivery);
      delivery.offer(this.#wire, this.#last);
    }
  }

  /**
   * What a peer speaks of under this number; null when it is over. Throws `peer-protocol` when
   * nothing was offered under it yet.
   */
  find(no: number, what: string): Sending | null {
    const delivery = this.#open.get(no);
    if (delivery && !isOver(delivery, no)) return delivery;
    if (no > this.#last) throw outOfPlace(what);
    return null;
  }

  /** One of them has arrived: such offers are made as fast as they do. */
  delivered(): void {
    this.#parts.pace.giveBack();
  }

  /** The connection is gone. */
  suspend(): void {
    this.#parts.pace.stop();
    const waiting = this.#queues.flatMap((queue) => [...queue.keys()]);
    for (const delivery of [...this.#open.values(), ...waiting]) delivery.suspend();
    this.#open.clear();
    for (const queue of this.#queues) queue.clear();
  }

  /**
   * The one that was added first, unless all the places are taken that things of its size may have:
   * each class leaves one more to what is smaller, as something large keeps its place until all of
   * it has arrived.
   */
  #nextInQueue(): Sending | null {
    const classes = [...this.#open.values()].map(classOf);
    let next: Sending | null = null;
    let first = Infinity;
    for (const [size, queue] of this.#queues.entries()) {
      const [head] = queue;
      if (!head || head[1] > first) continue;
      const taken = classes.filter((each) => each >= size).length;
      if (taken < MAX_OPEN_OFFERS - size || head[0].settled) [next, first] = head;
    }
    return next;
  }

  #queueOf(delivery: Sending): Map<Sending, number> {
    return this.#queues[classOf(delivery)]!;
  }

  #forgetSettled(): void {
    for (const [no, delivery] of this.#open) if (isOver(delivery, no)) this.#open.delete(no);
  }
}

/**
 * Whether what is said about this number comes too late: it has ended, or goes on under another
 * number since a retry.
 */
function isOver(delivery: Sending, no: number): boolean {
  return delivery.settled || delivery.no !== no;
}

function classOf({ size }: Sending): number {
  return sizeClass(size);
}
