import { html } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { StringsController } from '../../strings/strings-controller.js';

/**
 * Says a sentence to people who do not see the screen, when they next pause. A region has to be in
 * the page before its words are, so it is rendered from the start, empty.
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

  /** Says `text` with the next rendering. What is said in one rendering is said as one. */
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
   * To be placed once, unconditionally. A new node for each turn, so that the same words are said
   * again.
   */
  render(strings: StringsController): TemplateResult {
    return html`<div class="visually-hidden" role="status">
      ${keyed(this.#turn, strings.phrase(this.#said))}
    </div>`;
  }
}
