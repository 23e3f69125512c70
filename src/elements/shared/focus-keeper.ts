import type { LitElement, ReactiveController } from 'lit';

/**
 * Where the focus was: the list, the index of the item, and the `data-action` of the focused
 * control.
 */
interface FocusPosition {
  readonly focused: Element;
  readonly list: Element;
  readonly index: number;
  readonly action: string | undefined;
}

/**
 * Keeps the focus in a list when its focused item is removed. Otherwise the focus falls back to the
 * top of the page, and a keyboard user who removes five photos tabs all the way back five times.
 *
 * It moves to the same action of the item that takes the index, or else to what `fallback` returns.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  readonly #fallback: () => HTMLElement | null;
  #position: FocusPosition | null = null;

  constructor(host: LitElement, fallback: () => HTMLElement | null) {
    this.#host = host;
    this.#fallback = fallback;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#position = null;
    const focused = this.#host.shadowRoot?.activeElement;
    const item = focused?.closest('li');
    const list = item?.parentElement;
    if (!focused || !item || !list) return;
    const action = focused.getAttribute('data-action') ?? undefined;
    this.#position = { focused, list, index: [...list.children].indexOf(item), action };
  }

  hostUpdated(): void {
    const position = this.#position;
    this.#position = null;
    if (!position || position.focused.isConnected || !this.#host.isConnected) return;
    (successor(position) ?? this.#fallback())?.focus();
  }
}

function successor({ list, index, action }: FocusPosition): HTMLElement | null {
  if (!list.isConnected) return null;
  const item = list.children[Math.min(index, list.children.length - 1)];
  if (!item) return null;
  const same = action === undefined ? null : item.querySelector<HTMLElement>(`[data-action='${action}']`);
  return same ?? item.querySelector<HTMLElement>('button, a[href]');
}
