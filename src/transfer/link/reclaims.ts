import type { SnapErrorCode } from '../../errors.js';
import { MAX_OPEN_OFFERS } from '../wire/messages.js';
import type { Message } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';

export interface DebtsEvents {
  send(message: Message): void;
  /**
   * Why what was offered under this id over an earlier connection will not come; null when it will.
   */
  refusalOf(id: string): SnapErrorCode | null;
}

/**
 * What two sides still owe each other from earlier connections: what was offered, and has not
 * ended, is offered again or withdrawn.
 */
export class Debts {
  readonly #events: DebtsEvents;
  /** The ids of what we have asked for: each may be withdrawn, once. */
  readonly #claimed = new Set<string>();
  /** The ids of what we were asked for, and have neither offered nor withdrawn. */
  readonly #owed = new Set<string>();
  #asked = 0;

  constructor(events: DebtsEvents) {
    this.#events = events;
  }

  /** Asks for what was offered over an earlier connection. */
  claim(ids: readonly string[]): void {
    for (const id of ids.slice(0, MAX_OPEN_OFFERS)) {
      this.#claimed.add(id);
      this.#events.send({ type: 'expect', id });
    }
  }

  /**
   * The other side asks. Throws `peer-protocol` when it asks for more than it can have been offered
   * at once.
   */
  expected(id: string): void {
    if (++this.#asked > MAX_OPEN_OFFERS) throw outOfPlace('expect: too many');
    this.#owed.add(id);
    this.settle(id);
  }

  /** It is offered now: that is the answer. */
  offered(id: string): void {
    this.#owed.delete(id);
  }

  /** Tells the other side that it waits in vain, if it does. */
  settle(id: string): void {
    const code = this.#owed.has(id) ? this.#events.refusalOf(id) : null;
    if (code === null) return;
    this.#owed.delete(id);
    this.#events.send({ type: 'withdraw', id, code });
  }

  /** The other side has withdrawn it. Throws `peer-protocol` when nobody has asked. */
  withdrawn(id: string): void {
    if (!this.#claimed.delete(id)) throw outOfPlace('withdraw');
  }
}
