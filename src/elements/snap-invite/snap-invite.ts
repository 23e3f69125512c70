import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { SnapError, isNoPath } from '../../errors.js';
import { StringsController } from '../../strings/strings-controller.js';
import * as icons from '../shared/icons.js';
import { invitationTo } from '../../hub/page/invitation.js';
import { LiveRegion } from '../shared/live-region.js';
import { flag, text } from '../shared/property-kinds.js';
import { qrCode, qrPicture } from '../shared/qr-code.js';
import type { QrCode } from '../shared/qr-code.js';
import { SnapElement } from '../shared/snap-element.js';
import { styles } from './styles.js';
import { base } from '../shared/base.styles.js';

/**
 * An invitation to the room: its address as text and as a QR code, to copy, to share, or to open in
 * another tab.
 *
 * @example
 * ```html
 * <snap-invite></snap-invite>
 * <snap-invite href="phone.html" no-qr>Open this on your phone</snap-invite>
 * ```
 *
 * @customElement snap-invite
 *
 * @slot - The instruction beside the code, in place of the built-in sentence.
 *
 * @fires snap-error - Sharing failed.
 *
 * @csspart qr - The white square with the code.
 * @csspart hint - The instruction beside the code.
 * @csspart notice - The message that somebody in the room cannot be reached.
 * @csspart address - The field with the address.
 * @csspart actions - The buttons.
 * @csspart copy - The button *Copy link*.
 * @csspart share - The button *Share*, if the browser can share.
 * @csspart open - The link that opens another tab.
 * @csspart empty - The message while there is no address: the room is not ready, or has failed.
 *
 * @cssprop [--snap-qr-size=200px] - The width of the code, including its white margin. Below 180 px
 *   it gets hard to scan.
 *
 * @cssstate ready - There is an address.
 */
export class SnapInvite extends SnapElement {
  static override styles = [...base, styles];
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    href: text('href', { defaultValue: null }),
    noQr: flag('no-qr'),
    copied: { state: true },
    failure: { state: true },
  };

  /**
   * The page that the invitation opens, relative to this page; null for this page. Of this page's
   * fragment it gets only the room's code: under the key `snap`, or where `href` ends in a key of
   * its own (`phone.html#car=`).
   */
  declare href: string | null;
  /** Hides the QR code. */
  declare noQr: boolean;
  /** The result of the latest copy, while it is shown. @internal */
  declare copied: 'copied' | 'selected' | null;
  /** Why sharing failed. @internal */
  declare failure: SnapError | null;

  readonly #strings = new StringsController(this);
  readonly #live = new LiveRegion(this);
  /** The address shown last, and its QR code. */
  #code: { readonly url: string; readonly qr: QrCode | null } = { url: '', qr: null };

  constructor() {
    super();
    this.copied = null;
    this.failure = null;
  }

  /** The address that brings another device into the room; empty if there is none. */
  get url(): string {
    const { inviteUrl } = this.connection ?? {};
    if (!inviteUrl || this.href === null || !isUrl(this.href)) return inviteUrl ?? '';
    return invitationTo(this.href, inviteUrl);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const url = this.#failed ? '' : this.url;
    if (url !== this.#code.url) {
      this.#code = { url, qr: url ? qrCode(url) : null };
      this.copied = null;
    }
    this.setState('ready', url !== '');
  }

  protected override render(): TemplateResult {
    const { url, qr } = this.#code;
    if (!url) return this.#renderEmpty();
    return html`
      <div class="layout" lang=${this.#strings.language().lang}>
        ${qr && !this.noQr ? qrPicture(qr, this.#strings.term('invite-qr')) : nothing}
        <div class="details">
          <p class="small" part="hint"><slot>${this.#strings.text('invite-scan')}</slot></p>
          ${this.#renderUnreached()}
          <label class="visually-hidden" for="address">${this.#strings.term('invite-address')}</label>
          <input id="address" part="address" readonly dir="ltr" spellcheck="false" .value=${url} />
          ${this.#renderActions(url)}
        </div>
      </div>
      ${this.#live.render(this.#strings)}
    `;
  }

  /**
   * The person who shows the code to a phone looks here while the phone fails to connect. Not a
   * live region: a `<snap-sender>` announces it.
   */
  #renderUnreached(): TemplateResult | typeof nothing {
    const error = this.connection?.error;
    if (!error || !isNoPath(error.code)) return nothing;
    return html`<div class="notice warning" part="notice">
      ${icons.warning}
      <div class="text">${this.#strings.errorText(error)}</div>
    </div>`;
  }

  /** Whether the hub has failed, and inviting anybody would be pointless. */
  get #failed(): boolean {
    return this.connection?.state === 'failed';
  }

  /** The reason why there is no address; a live region, because the reason may change. */
  #renderEmpty(): TemplateResult {
    const hub = this.connection;
    const error = hub ? hub.error : new SnapError('connection-missing');
    const message = error ? this.#strings.errorText(error) : this.#strings.text('invite-not-ready');
    return html`<div role="status">
      <p class="empty small" part="empty">${error ? icons.warning : icons.link}${message}</p>
    </div>`;
  }

  #renderActions(url: string): TemplateResult {
    const strings = this.#strings;
    const copyLabel = strings.text(this.copied ? `invite-${this.copied}` : 'invite-copy');
    const share = strings.term('invite-share');
    return html`<div class="actions" part="actions">
        <button
          type="button"
          class="button ${this.copied ?? ''}"
          part="copy"
          @click=${() => this.#copy()}
          @blur=${() => (this.copied = null)}
        >
          ${icons.label(this.copied === 'copied' ? icons.check : icons.copy, copyLabel)}
        </button>
        ${
          'share' in navigator
            ? html`<button
                type="button"
                class="button icon"
                part="share"
                title=${share}
                aria-label=${share}
                @click=${() => this.#share()}
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
        ${this.failure ? html`<p class="notice warning">${strings.errorText(this.failure)}</p>` : nothing}
      </div>`;
  }

  get #address(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }

  /**
   * Plain-HTTP pages have no clipboard. There the address is selected, ready to be copied by hand.
   */
  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.url);
      this.copied = 'copied';
    } catch {
      this.#address.focus();
      this.#address.select();
      this.copied = 'selected';
    }
    this.#live.say(this.#strings.term(`invite-${this.copied}`));
  }

  async #share(): Promise<void> {
    this.failure = null;
    try {
      await navigator.share({ url: this.url });
    } catch (thrown) {
      // The person closed the share sheet.
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
      const error = SnapError.from(thrown, 'share-failed');
      if (this.fail(error)) this.failure = error;
    }
  }
}

/** `URL.canParse` is too new (2023). */
function isUrl(href: string): boolean {
  try {
    new URL(href, document.baseURI);
    return true;
  } catch {
    return false;
  }
}
