import { html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { StringsController } from '../../../strings/strings-controller.js';
import * as icons from '../../shared/icons.js';
import type { LiveRegion } from '../../shared/live-region.js';

/**
 * A button that copies an address. Plain-HTTP pages and some in-app browsers have no clipboard;
 * there the address appears in a field, selected, ready to be copied by hand.
 */
export class CopyLink {
  readonly #host: LitElement;
  readonly #strings: StringsController;
  readonly #live: LiveRegion;
  /** What the latest press has done, until the focus moves on. */
  #done: 'copied' | 'selected' | null = null;

  constructor(host: LitElement, strings: StringsController, live: LiveRegion) {
    this.#host = host;
    this.#strings = strings;
    this.#live = live;
  }

  /** `field`: whether the address is visible from the start. */
  render(url: string, { field = false } = {}): TemplateResult {
    const strings = this.#strings;
    const label = strings.text(this.#done ? `invite-${this.#done}` : 'invite-copy');
    return html`<div class="link" @focusout=${this.#left}>
      ${
        field || this.#done === 'selected'
          ? html`<input
              class="address"
              part="address"
              readonly
              dir="ltr"
              spellcheck="false"
              aria-label=${strings.term('use-phone-address')}
              .value=${url}
            />`
          : nothing
      }
      <button
        type="button"
        class="button ${field ? '' : 'quiet'} ${this.#done ?? ''}"
        part="copy-link"
        @click=${(event: Event) => this.#copy(url, event.currentTarget as HTMLElement)}
      >
        ${icons.label(this.#done === 'copied' ? icons.check : icons.copy, label)}
      </button>
    </div>`;
  }

  async #copy(url: string, button: HTMLElement): Promise<void> {
    const done = await copied(url);
    this.#finish(done);
    this.#live.say(this.#strings.term(`invite-${done}`));
    if (done === 'copied') return;
    await this.#host.updateComplete;
    const field = button.parentElement?.querySelector('input');
    field?.focus();
    field?.select();
  }

  readonly #left = (event: FocusEvent): void => {
    const inside = (event.currentTarget as Element).contains(event.relatedTarget as Node | null);
    if (!inside) this.#finish(null);
  };

  #finish(done: 'copied' | 'selected' | null): void {
    this.#done = done;
    this.#host.requestUpdate();
  }
}

/** Copies `text`; `selected` where the browser has no clipboard, or refuses. */
async function copied(text: string): Promise<'copied' | 'selected'> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    return 'selected';
  }
}
