import type { Receiving, Wire } from '../link/conversation.js';
import type { Offer } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';

export interface RepeatedEvents {
  /** Its sender has been told that it is delivered. */
  confirmed(): void;
  /** It has turned out to be something else: offered again, it will be received. */
  other(): void;
}

/**
 * Something that is offered although it has arrived already: in an earlier life of this page, or
 * from another tab of the same sender. The receiver claims to have every piece, compares the root
 * digests, and says the word that the sender has missed.
 */
export class Repeated implements Receiving {
  readonly #offer: Offer;
  readonly #root: string;
  readonly #events: RepeatedEvents;
  #wire: Wire | null = null;
  #no = 0;
  #concluded = false;

  /** `root`: under which it has arrived. */
  constructor(offer: Offer, root: string, events: RepeatedEvents) {
    this.#offer = offer;
    this.#root = root;
    this.#events = events;
  }

  get id(): string {
    return this.#offer.id;
  }

  get concluded(): boolean {
    return this.#concluded;
  }

  attach(wire: Wire, no: number): void {
    this.#wire = wire;
    this.#no = no;
    const have = Math.ceil(this.#offer.size / this.#offer.piece);
    wire.send({ type: 'accept', no, have, credit: 1 });
  }

  suspend(): void {
    this.#wire = null;
  }

  end(root: string): void {
    if (this.#concluded) throw outOfPlace('end, again');
    this.#concluded = true;
    if (root === this.#root) {
      this.#wire?.send({ type: 'done', no: this.#no, root });
      this.#events.confirmed();
    } else {
      this.#wire?.send({ type: 'decline', no: this.#no, code: 'transfer-corrupt' });
      this.#events.other();
    }
  }

  cancelled(): void {
    this.#concluded = true;
  }

  data(): never {
    throw outOfPlace('data of what is here already');
  }

  digest(): never {
    throw outOfPlace('piece of what is here already');
  }
}
