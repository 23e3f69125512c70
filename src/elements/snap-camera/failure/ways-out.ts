import { html } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { HubElement } from '../../../hub/hub-element.js';
import type { StringsController } from '../../../strings/strings-controller.js';
import type { LiveRegion } from '../../shared/live-region.js';
import { CopyLink } from './copy-link.js';
import { surroundings } from './surroundings.js';
import { UsePhone } from './use-phone.js';
import type { Surroundings } from './ways.js';

/** The element, as its ways out see it. */
type Host = LitElement & {
  readonly connection: HubElement | null;
  readonly mode: Surroundings['mode'];
};

/** What the camera app of a phone captures. */
const APP_FILES = { photo: 'image/*', video: 'video/*', audio: 'audio/*' } as const;

/** What a camera offers while it cannot be used: another device, another app, a file. */
export class WaysOut {
  readonly #host: Host;
  readonly #chosen: (event: Event) => void;
  readonly #usePhone: UsePhone;
  readonly link: CopyLink;

  /** `chosen`: called on the `change` of a file input. */
  constructor(host: Host, strings: StringsController, live: LiveRegion, chosen: (event: Event) => void) {
    this.#host = host;
    this.#chosen = chosen;
    this.#usePhone = new UsePhone(host, strings);
    this.link = new CopyLink(host, strings, live);
  }

  get surroundings(): Surroundings {
    return surroundings(this.#host.mode, this.#host.connection);
  }

  /** What another browser, or another tab, opens: this page, and its room if it has one. */
  get address(): string {
    return this.#inviteUrl || location.href;
  }

  readonly usePhone = (): void => this.#usePhone.open();

  /** Opens the camera app of the device. */
  readonly takePhoto = (): void => this.#host.renderRoot.querySelector<HTMLInputElement>('.app')!.click();

  /** What is not visible until it is used. Render it once, unconditionally. */
  render(): TemplateResult {
    // One photo at a time: with `multiple`, phones open the gallery in place of the camera.
    return html`<input
        class="app"
        type="file"
        hidden
        accept=${APP_FILES[this.#host.mode]}
        capture="environment"
        @change=${this.#chosen}
      />
      ${this.#usePhone.render()}`;
  }

  get #inviteUrl(): string {
    return this.#host.connection?.inviteUrl ?? '';
  }
}
