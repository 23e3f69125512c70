import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { SnapError } from '../../errors.js';
import type { StringsController } from '../../strings/strings-controller.js';
import * as icons from '../shared/icons.js';

/** What the buttons need of their element. */
export interface SharingContext {
  /** The field that shows the address. */
  field(): HTMLInputElement;
  /** Announces a text to screen readers. */
  announce(text: string): void;
  /** Reports an error to the page; returns false if the page shows it itself. */
  fail(error: SnapError): boolean;
}

/** The buttons under the address, and what came of them. */
export class Sharing implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #context: SharingContext;
  readonly #strings: StringsController;
  /** The result of the latest copy, while it is shown. */
  #copied: 'copied' | 'selected' | null = null;
  /** Why sharing failed. */
  #failure: SnapError | null = null;

  constructor(host: ReactiveControllerHost, strings: StringsController, context: SharingContext) {
    this.#host = host;
    this.#context = context;
    this.#strings = strings;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.reset();
  }

  /** The address is another one. */
  reset(): void {
    this.#copied = null;
    this.#failure = null;
  }

  render(url: string): TemplateResult {
    const strings = this.#strings;
    const copied = this.#copied;
    const copyLabel = strings.text(copied ? `invite-${copied}` : 'invite-copy');
    const share = strings.term('invite-share');
    return html`<div class="actions" part="actions">
        <button
          type="button"
          class="button ${copied ?? ''}"
          part="copy"
          @click=${() => this.#copy(url)}
          @blur=${() => this.#forget()}
        >
          ${icons.label(copied === 'copied' ? icons.check : icons.copy, copyLabel)}
        </button>
        ${
          'share' in navigator
            ? html`<button
                type="button"
                class="button icon"
                part="share"
                title=${share}
                aria-label=${share}
                @click=${() => this.#share(url)}
              >
                ${icons.share}
              </button>`
            : nothing
        }
        <a class="button quiet open" part="open" href=${url} target="_blank" rel="noopener"
          >${strings.text('invite-open')}</a
        >
      </div>
      <div role="alert">
        ${this.#failure ? html`<p class="notice warning">${strings.errorText(this.#failure)}</p>` : nothing}
      </div>`;
  }

  /**
   * Plain-HTTP pages have no clipboard. There the address is selected, ready to be copied by hand.
   */
  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      this.#copied = 'copied';
    } catch {
      this.#context.field().focus();
      this.#context.field().select();
      this.#copied = 'selected';
    }
    this.#context.announce(this.#strings.term(`invite-${this.#copied}`));
    this.#host.requestUpdate();
  }

  async #share(url: string): Promise<void> {
    this.#failure = null;
    this.#host.requestUpdate();
    try {
      await navigator.share({ url });
    } catch (thrown) {
      // The person closed the share sheet.
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
      const error = SnapError.from(thrown, 'share-failed');
      if (this.#context.fail(error)) this.#failure = error;
      this.#host.requestUpdate();
    }
  }

  #forget(): void {
    if (this.#copied === null) return;
    this.#copied = null;
    this.#host.requestUpdate();
  }
}
