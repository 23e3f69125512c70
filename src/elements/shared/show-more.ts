import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import * as icons from './icons.js';
import type { StringsController } from '../../strings/strings-controller.js';

/** How many more items are shown each time that the button is pressed, and usually at first. */
const STEP = 60;

/**
 * Shows the beginning of a long list, and a button for more. This bounds the cost of a rendering,
 * whether the list has a hundred items or ten thousand. In print, all items are shown.
 */
export class ShowMore implements ReactiveController {
  readonly #host: LitElement;
  readonly #list: string;
  readonly #first: number;
  /** How many items the person has asked for. */
  #asked: number;
  /** How many items are shown. */
  #count: number;
  #printing = false;
  /** Index of the item to focus after the button was pressed, or -1. */
  #focus = -1;
  #presence: AbortController | null = null;

  /**
   * `list`: the selector of the list in the host's shadow root; `first`: how many items of it are
   * shown at first.
   */
  constructor(host: LitElement, list: string, first = STEP) {
    this.#host = host;
    this.#list = list;
    this.#first = this.#asked = this.#count = first;
    host.addController(this);
  }

  hostConnected(): void {
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    for (const [type, printing] of [
      ['beforeprint', true],
      ['afterprint', false],
    ] as const)
      addEventListener(
        type,
        () => {
          this.#printing = printing;
          this.#host.requestUpdate();
        },
        { signal },
      );
  }

  hostDisconnected(): void {
    this.#presence?.abort();
  }

  hostUpdated(): void {
    const item = this.#focus >= 0 ? this.#items[this.#focus] : null;
    this.#focus = -1;
    item?.querySelector<HTMLElement>('button, a[href]')?.focus();
  }

  /** Starts over, for another list. */
  reset(): void {
    this.#asked = this.#count = this.#first;
  }

  visible<Item>(items: readonly Item[]): readonly Item[] {
    return this.#printing || items.length <= this.#count ? items : items.slice(0, this.#count);
  }

  /**
   * Tells that `count` items were added at the front. Items that were pushed out of the shown part
   * stay while the person is looking at them.
   */
  prepended(count: number): void {
    this.#count += count;
    if (this.#count > this.#asked + STEP && !this.#isInUse()) this.#count = this.#asked;
  }

  /** The button, if `rest` items are not shown. */
  renderButton(rest: number, strings: StringsController): TemplateResult | typeof nothing {
    if (rest <= 0) return nothing;
    return html`<button type="button" class="button more" part="more" @click=${() => this.#more()}>
      ${icons.label(icons.plus, strings.text('show-more', rest))}
    </button>`;
  }

  get #items(): readonly Element[] {
    return [...(this.#host.renderRoot.querySelector(this.#list)?.children ?? [])];
  }

  #more(): void {
    this.#focus = this.#items.length;
    this.#asked = this.#count = this.#count + STEP;
    this.#host.requestUpdate();
  }

  /** Whether an item beyond those asked for has the focus, plays, or is in view. */
  #isInUse(): boolean {
    const beyond = this.#items.slice(this.#asked);
    const [first] = beyond;
    if (!first) return false;
    if (first.getBoundingClientRect().top < innerHeight) return true;
    return beyond.some(
      (item) =>
        item.matches(':focus-within') ||
        [...item.querySelectorAll<HTMLMediaElement>('video, audio')].some(({ paused }) => !paused),
    );
  }
}
