import { html } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { StringsController } from '../../strings/strings-controller.js';

/**
 * Announces sentences to screen readers, politely. A live region must be in the page before its
 * text is, so it is rendered empty from the start.
 */
export class LiveRegion implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #queue: string[] = [];
  #said = '';
  #turn = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Announces `text` with the next rendering. Several calls before it become one announcement. */
  say(text: string): void {
    this.#queue.push(text);
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    if (this.#queue.length === 0) return;
    this.#said = this.#queue.join(' ');
    this.#queue = [];
    this.#turn += 1;
  }

  /**
   * Place it once, unconditionally. Each announcement gets a new node, so that repeating the same
   * text is announced again.
   */
  render(strings: StringsController): TemplateResult {
    return html`<div class="visually-hidden" role="status">
      ${keyed(this.#turn, strings.phrase(this.#said))}
    </div>`;
  }
}
