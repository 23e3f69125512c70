import type { SnapErrorCode } from '../../errors.js';
import { oldestOfMost } from './arrivals.js';
import type { Wire } from '../link/conversation.js';
import { REMEMBERED } from '../transfer.js';

interface Refusal {
  readonly code: SnapErrorCode;
  /** Over which it was told, if it was; a connection is not kept for that. */
  readonly over: WeakRef<Wire> | null;
}

/**
 * What this side has ended, by the `tabId` of its sender and its id: the sender may offer it again
 * because it has not heard so.
 */
export class Refusals {
  /** The oldest first. */
  readonly #known = new Map<string, Refusal & { readonly sender: string }>();

  /** `wire`: over which the sender was told, or null when it was not there. */
  add(sender: string, id: string, code: SnapErrorCode, wire: Wire | null): void {
    const key = keyOf(sender, id);
    this.#known.delete(key);
    this.#known.set(key, { sender, code, over: wire && new WeakRef(wire) });
    if (this.#known.size <= REMEMBERED) return;
    this.#known.delete(oldestOfMost([...this.#known], ([, { sender: each }]) => each)[0]);
  }

  /**
   * Why, once, for a sender that offers it over another connection than the one it was told over;
   * else null.
   */
  take(sender: string, id: string, wire: Wire): SnapErrorCode | null {
    const key = keyOf(sender, id);
    const refusal = this.#known.get(key);
    this.#known.delete(key);
    return refusal && refusal.over?.deref() !== wire ? refusal.code : null;
  }
}

function keyOf(sender: string, id: string): string {
  return `${sender}:${id}`;
}
