import type { LitElement, ReactiveController } from 'lit';

/**
 * Where the focus was: the list, if it was in one, the index of the item, and the `data-action` of
 * the focused control.
 */
interface FocusPosition {
  readonly focused: Element;
  readonly list: Element | null;
  readonly index: number;
  readonly action: string | undefined;
}

/**
 * Keeps the focus in the element when the focused control is removed. Otherwise the focus falls
 * back to the top of the page, and a keyboard user who removes five photos tabs all the way back
 * five times.
 *
 * In a list it moves to the same action of the item that takes the index; else to what `fallback`
 * returns, as after a button such as *Try again* that goes with its message.
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
    if (!focused) return;
    const item = focused.closest('li');
    const list = item?.parentElement ?? null;
    const action = focused.getAttribute('data-action') ?? undefined;
    const index = item && list ? [...list.children].indexOf(item) : 0;
    this.#position = { focused, list, index, action };
  }

  hostUpdated(): void {
    const position = this.#position;
    this.#position = null;
    if (!position || position.focused.isConnected || !this.#host.isConnected) return;
    // Somebody knew better where it belongs.
    if (this.#host.shadowRoot?.activeElement) return;
    (successor(position) ?? this.#fallback())?.focus();
  }
}

function successor({ list, index, action }: FocusPosition): HTMLElement | null {
  if (!list?.isConnected) return null;
  const item = list.children[Math.min(index, list.children.length - 1)];
  if (!item) return null;
  const same = action === undefined ? null : item.querySelector<HTMLElement>(`[data-action='${action}']`);
  return same ?? item.querySelector<HTMLElement>('button, a[href]');
}
