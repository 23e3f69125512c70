import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { HubElement } from '../../../hub/hub-element.js';
import type { StringsController } from '../../../strings/strings-controller.js';
import { whenOutOfReach } from '../../shared/dialog/out-of-reach.js';
import * as icons from '../../shared/icons.js';
import { LiveRegion } from '../../shared/live-region.js';
import { isLocalAddress } from '../../shared/local-address.js';
import { qrCode, qrPicture } from '../../shared/qr-code.js';
import { CopyLink } from './copy-link.js';

/** The ids of who is in the room, and of what has arrived. */
interface Present {
  readonly peers: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
}

/**
 * The dialog *Use your phone*: the invitation to the room as a QR code and as a link.
 *
 * Once somebody has joined, it says so in place of the code, and it closes by itself when something
 * of theirs has arrived, which is what the person has opened it for.
 */
export class UsePhone implements ReactiveController {
  readonly #host: LitElement & { readonly connection: HubElement | null };
  readonly #strings: StringsController;
  /** The region of the element is outside the modal dialog, and so out of use. */
  readonly #live: LiveRegion;
  readonly #link: CopyLink;
  /** What there was when the dialog opened; null while it is closed. */
  #before: Present | null = null;
  #joined = false;
  /** What has the focus in the dialog before an update. */
  #focused: Element | null = null;
  /** Aborted when the dialog closes. */
  #opened: AbortController | null = null;

  constructor(host: LitElement & { readonly connection: HubElement | null }, strings: StringsController) {
    // Before the live region: what this says during an update belongs to that update.
    host.addController(this);
    this.#host = host;
    this.#strings = strings;
    this.#live = new LiveRegion(host);
    this.#link = new CopyLink(host, strings, this.#live);
  }

  open(): void {
    const hub = this.#host.connection;
    if (hub) this.#before = { peers: idsOf(hub.peers), received: idsOf(hub.received) };
    this.#host.requestUpdate();
  }

  /** Renders the dialog; empty while it is closed. */
  render(): TemplateResult {
    const strings = this.#strings;
    return html`<dialog
      class="use-phone"
      part="use-phone-dialog"
      lang=${strings.language().lang}
      aria-labelledby="use-phone-title"
      closedby="any"
      @close=${() => this.#close()}
      @keydown=${keepEscape}
    >
      ${this.#before ? this.#content(this.#host.connection?.phoneUrl ?? '') : nothing}
      ${this.#live.render(strings)}
    </dialog>`;
  }

  hostUpdate(): void {
    const hub = this.#host.connection;
    const before = this.#before;
    this.#focused = before && (this.#host.shadowRoot?.activeElement ?? null);
    if (!before) return;
    // The room has ended, so there is nothing to scan.
    if (!hub?.phoneUrl) return this.#close();
    const newcomers = hub.peers.filter(({ id }) => !before.peers.has(id)).map(({ id }) => id);
    const arrived = hub.received.some(
      ({ id, from }) => !before.received.has(id) && from !== null && !before.peers.has(from.id),
    );
    if (arrived) return this.#close();
    const joined = newcomers.length > 0;
    if (joined && !this.#joined) this.#live.say(this.#strings.term('use-phone-joined'));
    this.#joined = joined;
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    if (!dialog || !this.#before) return;
    // What had the focus went with the code; nothing outside of the dialog can have it now.
    if (dialog.open) {
      if (this.#focused?.isConnected === false) dialog.querySelector('button')!.focus();
      return;
    }
    this.#opened = new AbortController();
    dialog.showModal();
    whenOutOfReach(dialog, () => this.#close(), this.#opened.signal);
  }

  hostDisconnected(): void {
    this.#close();
  }

  #content(url: string): TemplateResult {
    const strings = this.#strings;
    const close = strings.term('use-phone-close');
    return html`<div class="head">
        <h2 class="title" id="use-phone-title">${strings.text('use-phone-title')}</h2>
        <button
          type="button"
          class="button icon quiet"
          part="use-phone-close"
          aria-label=${close}
          title=${close}
          @click=${() => this.#close()}
        >
          ${icons.close}
        </button>
      </div>
      ${this.#joined ? this.#connected() : this.#invitation(url)}`;
  }

  #invitation(url: string): TemplateResult {
    const strings = this.#strings;
    // A phone that scans such an address opens itself.
    const local = isLocalAddress(url);
    const code = local ? null : qrCode(url);
    return html`${code ? qrPicture(code, strings.term('use-phone-qr')) : nothing}
      <p class="scan">${strings.text(local ? 'invite-local' : 'use-phone-scan')}</p>
      ${this.#link.render(url, { field: true })}
      <p class="small">${strings.text('use-phone-keep')}</p>`;
  }

  #connected(): TemplateResult {
    const strings = this.#strings;
    return html`<p class="joined">
        <span class="emblem">${icons.check}</span>${strings.text('use-phone-joined')}
      </p>
      <button type="button" class="button primary" part="use-phone-done" @click=${() => this.#close()}>
        ${strings.text('use-phone-close')}
      </button>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector<HTMLDialogElement>('dialog.use-phone');
  }

  /** Also called when the browser has closed the dialog, such as by Escape. */
  #close(): void {
    this.#opened?.abort();
    this.#opened = null;
    this.#joined = false;
    if (!this.#before) return;
    this.#before = null;
    this.#dialog?.close();
    this.#host.requestUpdate();
  }
}

function idsOf(all: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(all.map(({ id }) => id));
}

/** The page may close a dialog of its own on Escape. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.stopPropagation();
}
