import { html } from 'lit';
import type { ReactiveController, TemplateResult } from 'lit';
import type { SnapSelf } from '../../events.js';
import { SnapRenameRequestEvent } from '../../events.js';
import type { StringsController } from '../../strings/strings-controller.js';
import { nameOf, nicknameOf } from '../shared/people/names.js';
import type { SnapElement } from '../shared/snap-element.js';
import { face } from './people.js';

/** In characters: as many as reach the others. */
const MAX_NAME = 64;

/**
 * What others call this member, and a form to change it. Nobody has to fill it in: who gives no
 * name has one like *Amber Fox*.
 */
export class OwnName implements ReactiveController {
  readonly #host: SnapElement;
  readonly #strings: StringsController;
  readonly #request: (event: SnapRenameRequestEvent) => void;
  #editing = false;
  /** The part that gets the focus with the next rendering. */
  #focusNext: 'name-field' | 'rename' | null = null;

  constructor(
    host: SnapElement,
    strings: StringsController,
    request: (event: SnapRenameRequestEvent) => void,
  ) {
    this.#host = host;
    this.#strings = strings;
    this.#request = request;
    host.addController(this);
  }

  hostUpdated(): void {
    const part = this.#focusNext;
    this.#focusNext = null;
    if (part === null) return;
    const control = this.#host.renderRoot.querySelector<HTMLElement>(`[part=${part}]`);
    control?.focus();
    if (control instanceof HTMLInputElement) control.select();
  }

  render(self: SnapSelf): TemplateResult {
    return this.#editing ? this.#renderForm(self) : this.#renderLine(self);
  }

  #renderLine(self: SnapSelf): TemplateResult {
    const strings = this.#strings;
    const name = nameOf(self, strings);
    return html`<div class="self" part="self">
      <span class="me">
        ${face(self.id, name, strings, 'small-face')}
        <span class="small">${strings.text('self-name', name)}</span>
      </span>
      <button type="button" class="button quiet link" part="rename" @click=${() => this.#edit(true)}>
        ${strings.text('self-change')}
      </button>
    </div>`;
  }

  #renderForm(self: SnapSelf): TemplateResult {
    const strings = this.#strings;
    return html`<form class="self form" part="self" @submit=${this.#submit} @keydown=${this.#keyed}>
      <label class="small" for="own-name">${strings.text('self-label')}</label>
      <input
        id="own-name"
        part="name-field"
        dir="auto"
        maxlength=${MAX_NAME}
        autocomplete="nickname"
        enterkeyhint="done"
        aria-describedby="own-name-hint"
        placeholder=${nicknameOf(self.id, strings)}
        .value=${self.name}
      />
      <div class="actions">
        <button type="submit" class="button primary" part="save-name">${strings.text('self-save')}</button>
        <button type="button" class="button" part="keep-name" @click=${() => this.#edit(false)}>
          ${strings.text('cancel')}
        </button>
      </div>
      <p class="small" id="own-name-hint">${strings.text('self-hint')}</p>
    </form>`;
  }

  #edit(editing: boolean): void {
    this.#editing = editing;
    this.#focusNext = editing ? 'name-field' : 'rename';
    this.#host.requestUpdate();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const field = this.#host.renderRoot.querySelector<HTMLInputElement>('[part=name-field]')!;
    this.#request(new SnapRenameRequestEvent(field.value.trim()));
    this.#edit(false);
  };

  /** Escape closes the form, not a dialog around it. */
  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.#edit(false);
  };
}
