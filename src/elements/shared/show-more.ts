import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import * as icons from './icons.js';
import type { StringsController } from '../../strings/strings-controller.js';

/**
 * How many of a list are shown at first, and how many more each time that somebody asks for more.
 */
const STEP = 60;

/**
 * The part of a long list that is shown: its beginning, and more of it when somebody asks. What is
 * rendered costs the same whether a hundred things are there or ten thousand. On paper all of it is
 * shown.
 */
export class ShowMore implements ReactiveController {
  readonly #host: LitElement;
  readonly #list: string;
  /** How many somebody has asked to see. */
  #asked = STEP;
  /** How many are shown. */
  #count = STEP;
  #printing = false;
  /** The place of the first one that has just been asked for. */
  #focus = -1;
  #presence: AbortController | null = null;

  /** `list`: finds the list in the host's shadow root. */
  constructor(host: LitElement, list: string) {
    this.#host = host;
    this.#list = list;
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

  /** Begins anew, with another list. */
  reset(): void {
    this.#asked = this.#count = STEP;
  }

  visible<Item>(items: readonly Item[]): readonly Item[] {
    return this.#printing || items.length <= this.#count ? items : items.slice(0, this.#count);
  }

  /**
   * So many have come at the front. What somebody looks at beyond those that are shown anyway does
   * not go for them.
   */
  prepended(count: number): void {
    this.#count += count;
    if (this.#count > this.#asked + STEP && !this.#isInUse()) this.#count = this.#asked;
  }

  /** The button that shows more, where `rest` are not shown. */
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

  /** Whether anything beyond what was asked for has the focus, plays, or is in view. */
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
