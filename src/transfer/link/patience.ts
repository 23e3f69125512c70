import { MAX_NOWHERE } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';

/** However much was of use. */
const MOST = 16 * MAX_NOWHERE;

/**
 * With a peer that says what leads nowhere: bytes that are here already, words about what is over.
 * Some of it is bound to happen: it was on its way, or a lane was lost. Without end it is an
 * attack.
 */
export class Patience {
  #left = MAX_NOWHERE;

  /** Something new is offered. */
  renew(): void {
    this.#left = Math.min(this.#left + MAX_NOWHERE, MOST);
  }

  /** Something of use has come: it may come once more. */
  grow(): void {
    this.#left = Math.min(this.#left + 1, MOST);
  }

  /** Throws `peer-protocol` when it was once too often. */
  spend(): void {
    if (--this.#left < 0) throw outOfPlace('too much that leads nowhere');
  }
}
