import type { SnapErrorCode } from '../../errors.js';
import { MAX_OPEN_OFFERS } from '../wire/messages.js';
import type { Message } from '../wire/messages.js';
import { violation } from '../wire/violation.js';

export interface ReclaimsEvents {
  send(message: Message): void;
  /**
   * Why what was offered under this id over an earlier connection will not come; null when it will.
   */
  refusalOf(id: string): SnapErrorCode | null;
}

/**
 * Offers that an earlier connection left open. The receiver asks for each with `expect`; the sender
 * offers it again, or withdraws it.
 */
export class Reclaims {
  readonly #events: ReclaimsEvents;
  /** The ids that we have asked for: each may be withdrawn, once. */
  readonly #asked = new Set<string>();
  /** The ids that the peer has asked for, and that we have neither offered nor withdrawn. */
  readonly #unanswered = new Set<string>();
  /** How often the peer has asked. */
  #expects = 0;

  constructor(events: ReclaimsEvents) {
    this.#events = events;
  }

  /** Asks for what was offered over an earlier connection. */
  ask(ids: readonly string[]): void {
    for (const id of ids.slice(0, MAX_OPEN_OFFERS)) {
      this.#asked.add(id);
      this.#events.send({ type: 'expect', id });
    }
  }

  /**
   * The peer asks. Throws `peer-protocol` when it asks for more than it can have been offered at
   * once.
   */
  expected(id: string): void {
    if (++this.#expects > MAX_OPEN_OFFERS) throw violation('expect: too many');
    this.#unanswered.add(id);
    this.settle(id);
  }

  /** It is offered now: that is the answer. */
  offered(id: string): void {
    this.#unanswered.delete(id);
  }

  /** Withdraws it if the peer waits for it in vain. */
  settle(id: string): void {
    const code = this.#unanswered.has(id) ? this.#events.refusalOf(id) : null;
    if (code === null) return;
    this.#unanswered.delete(id);
    this.#events.send({ type: 'withdraw', id, code });
  }

  /** The peer has withdrawn it. Throws `peer-protocol` when we have not asked for it. */
  withdrawn(id: string): void {
    if (!this.#asked.delete(id)) throw violation('withdraw');
  }
}
