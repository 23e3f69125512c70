import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapItem } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';

/** In ms: how long *Undo* is offered. It stays while a pointer or the focus is on it. */
export const UNDO_TIME = 8000;

/** What can be undone: items were removed, or transfers cancelled, one soon after the other. */
export type Undoable =
  | { readonly kind: 'removed'; readonly subjects: readonly SnapItem[] }
  | { readonly kind: 'cancelled'; readonly subjects: readonly Transfer[] };

/** Offers to undo what was done last: by a button for a while, and by Ctrl+Z for longer. */
export class Undo implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #perform: (undoable: Undoable) => void;
  #undoable: Undoable | null = null;
  #offered = false;
  /** Whether a pointer or the focus is on the button. */
  #held = new Set<'pointer' | 'focus'>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #presence: AbortController | null = null;

  /** `perform` undoes. */
  constructor(host: ReactiveControllerHost & HTMLElement, perform: (undoable: Undoable) => void) {
    this.#host = host;
    this.#perform = perform;
    host.addController(this);
  }

  hostConnected(): void {
    this.#presence = new AbortController();
    const { signal } = this.#presence;
    this.#host.addEventListener('keydown', (event) => this.#key(event), { signal });
  }

  hostDisconnected(): void {
    this.#presence?.abort();
    this.reset();
  }

  /** Forgets everything: there is another hub. */
  reset(): void {
    this.#undoable = null;
    this.#hide();
  }

  removed(item: SnapItem): void {
    const before = this.#offered && this.#undoable?.kind === 'removed' ? this.#undoable.subjects : [];
    this.#offer({ kind: 'removed', subjects: [...before, item] });
  }

  cancelled(transfer: Transfer): void {
    const before = this.#offered && this.#undoable?.kind === 'cancelled' ? this.#undoable.subjects : [];
    this.#offer({ kind: 'cancelled', subjects: [...before, transfer] });
  }

  /** The keys that undo, for people. */
  get keys(): string {
    return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘Z' : 'Ctrl+Z';
  }

  /** What has happened, in words; empty if nothing is offered. */
  label(strings: StringsController): string {
    if (!this.#offered || !this.#undoable) return '';
    const { kind, subjects } = this.#undoable;
    return kind === 'removed'
      ? strings.term('sender-removed', subjects.length)
      : strings.term('sender-cancelled');
  }

  render(strings: StringsController): TemplateResult | typeof nothing {
    const words = this.label(strings);
    if (words === '') return nothing;
    return html`<p
      class="undo"
      part="undo"
      @pointerenter=${() => this.#hold('pointer')}
      @pointerleave=${() => this.#release('pointer')}
      @focusin=${() => this.#hold('focus')}
      @focusout=${() => this.#release('focus')}
    >
      ${strings.phrase(words)}
      <button
        type="button"
        class="button quiet"
        aria-keyshortcuts="Control+Z Meta+Z"
        title=${this.keys}
        @click=${() => this.#undo()}
      >
        ${strings.text('sender-undo')}
      </button>
    </p>`;
  }

  #offer(undoable: Undoable): void {
    this.#undoable = undoable;
    this.#offered = true;
    this.#restart();
    this.#host.requestUpdate();
  }

  #undo(): void {
    const undoable = this.#undoable;
    if (!undoable) return;
    this.reset();
    this.#perform(undoable);
  }

  #key(event: KeyboardEvent): void {
    // By the place of the key: in Cyrillic it has another letter.
    const undoes = event.code === 'KeyZ' || event.key.toLowerCase() === 'z';
    if (!undoes || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (!this.#undoable) return;
    event.preventDefault();
    this.#undo();
  }

  #hold(by: 'pointer' | 'focus'): void {
    this.#held.add(by);
    clearTimeout(this.#timer);
  }

  #release(by: 'pointer' | 'focus'): void {
    this.#held.delete(by);
    this.#restart();
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#held.size === 0 && this.#offered) this.#timer = setTimeout(() => this.#hide(), UNDO_TIME);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#offered = false;
    this.#held.clear();
    this.#host.requestUpdate();
  }
}
