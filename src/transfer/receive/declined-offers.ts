import type { SnapErrorCode } from '../../errors.js';
import type { Wire } from '../link/conversation.js';
import { REMEMBERED } from '../transfer.js';
import { FairMap } from './fair-map.js';

interface Declined {
  readonly sender: string;
  readonly code: SnapErrorCode;
  /** Where the sender was told, if it was; held weakly, to keep no connection alive. */
  readonly wire: WeakRef<Wire> | null;
}

/**
 * The offers that this side has declined, before or after accepting them: the sender may offer
 * them again because our `decline` was lost.
 */
export class DeclinedOffers {
  readonly #known = new FairMap<Declined>(REMEMBERED, ({ sender }) => sender);

  /**
   * `sender`: its `tabId`. `id`: that of the offer. `wire`: where the sender was told, or null if
   * there was no connection.
   */
  add(sender: string, id: string, code: SnapErrorCode, wire: Wire | null): void {
    this.#known.set(keyOf(sender, id), { sender, code, wire: wire && new WeakRef(wire) });
  }

  /**
   * Why, once, if the sender offers it over another connection than the one where it was told; else
   * null.
   */
  take(sender: string, id: string, wire: Wire): SnapErrorCode | null {
    const declined = this.#known.delete(keyOf(sender, id));
    return declined && declined.wire?.deref() !== wire ? declined.code : null;
  }
}

function keyOf(sender: string, id: string): string {
  return `${sender}:${id}`;
}
