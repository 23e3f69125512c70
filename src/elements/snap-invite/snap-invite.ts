import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { isNoPath } from '../../errors.js';
import type { HubElement } from '../../hub/hub-element.js';
import { invitationTo } from '../../hub/page/invitation.js';
import { StringsController } from '../../strings/strings-controller.js';
import { base } from '../shared/base.styles.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import * as icons from '../shared/icons.js';
import { LiveRegion } from '../shared/live-region.js';
import { faces, guard } from '../shared/people/faces.styles.js';
import { guardLine } from '../shared/people/guard.js';
import { nicknameOf } from '../shared/people/names.js';
import { takePresence } from '../shared/people/presence.js';
import { flag, text } from '../shared/property-kinds.js';
import { qrCode, qrPicture } from '../shared/qr-code.js';
import type { QrCode } from '../shared/qr-code.js';
import { SnapElement } from '../shared/snap-element.js';
import { isLocalAddress } from '../shared/local-address.js';
import { noRoom } from './no-room.js';
import { OwnName } from './own-name.js';
import { peopleList } from './people.js';
import { peopleStyles } from './people.styles.js';
import { Sharing } from './sharing.js';
import { styles } from './styles.js';

/**
 * An invitation to the room: its address as text and as a QR code, to copy, to share, or to open in
 * another tab. Once somebody has joined, it folds into who is here, and the code is one press away.
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
 * @fires snap-rename-request - The person gives another name.
 * @fires snap-renew-request - The person starts a new room where this one cannot be entered.
 * @fires snap-retry-request - The person tries to enter the room again.
 * @fires snap-error - Sharing failed, or a request was made without a hub.
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
 * @csspart try-again - The button *Try again*, where that can help.
 * @csspart new-room - The button *Start a new room*, where that can help.
 * @csspart people - The state of the connection and the list of who is here.
 * @csspart status - The dot and text with the state of the connection.
 * @csspart toggle - The button that shows the code again, or hides it.
 * @csspart person - A member in the list.
 * @csspart face - The initials of a member on its colour.
 * @csspart full - The message that nobody else can join.
 * @csspart self - The name that others see, or the form to change it.
 * @csspart rename - The button *Change name*.
 * @csspart name-field - The field for the name.
 * @csspart save-name - The button *Save*.
 * @csspart keep-name - The button *Cancel*.
 * @csspart guard - The line that says where this page sends to.
 *
 * @cssprop [--snap-qr-size=200px] - The width of the code, including its white margin. Below 180 px
 *   it gets hard to scan.
 *
 * @cssstate ready - There is an address.
 * @cssstate joined - Somebody else is in the room.
 * @cssstate collapsed - The code is folded away.
 */
export class SnapInvite extends SnapElement {
  static override styles = [...base, styles, ...faces, guard, peopleStyles];
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    href: text('href', { defaultValue: null }),
    noQr: flag('no-qr'),
    stayOpen: flag('stay-open'),
    shown: { state: true },
  };

  /**
   * The page that the invitation opens, relative to this page; null for this page. Of this page's
   * fragment it gets only the room's code: under the key `snap`, or where `href` ends in a key of
   * its own (`phone.html#car=`).
   */
  declare href: string | null;
  /** Hides the QR code. */
  declare noQr: boolean;
  /** Keeps the code in view when somebody has joined, for a room of many. */
  declare stayOpen: boolean;
  /** What the person chose; null: shown until somebody has joined. @internal */
  declare shown: boolean | null;

  readonly #strings = new StringsController(this);
  readonly #live = new LiveRegion(this);
  readonly #sharing = new Sharing(this, this.#strings, {
    field: () => this.renderRoot.querySelector<HTMLInputElement>('#address')!,
    announce: (said) => this.#live.say(said),
    fail: (error) => this.fail(error),
  });
  readonly #ownName = new OwnName(this, this.#strings, (event) => {
    const name = event.name || nicknameOf(this.connection?.self?.id ?? '', this.#strings);
    if (this.request(event)) this.#live.say(this.#strings.term('self-changed', name));
  });
  /** The address shown last, and its QR code. */
  #code: { readonly url: string; readonly qr: QrCode | null } = { url: '', qr: null };
  /** Whether somebody has joined at this address. Who leaves for a moment unfolds nothing. */
  #met = false;
  #collapsed = false;
  /** Whether the focus was in what this rendering folds away. */
  #losesFocus = false;

  constructor() {
    super();
    // A way out that helps is gone with what was wrong: whoever took it goes on at what there is.
    new FocusKeeper(this, () => {
      const root = this.renderRoot;
      return root.querySelector<HTMLElement>('[part=toggle], [part=copy]') ?? root.querySelector('.invite');
    });
    this.shown = null;
  }

  /** The address that brings another device into the room; empty if there is none. */
  get url(): string {
    const { inviteUrl } = this.connection ?? {};
    if (!inviteUrl || this.href === null || !isUrl(this.href)) return inviteUrl ?? '';
    return invitationTo(this.href, inviteUrl);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const hub = this.connection;
    // A camera invites to the same page.
    if (changed.has('href')) hub?.deviceChanged();
    // Inviting anybody to where the hub itself cannot be would be pointless.
    this.#show(hub?.state === 'failed' ? '' : this.url);
    if (hub && hub.peers.length > 0) this.#met = true;
    this.#fold(!(this.shown ?? (this.stayOpen || !(this.#met || hub?.guarded))));
    for (const sentence of takePresence(hub, this, this.#strings)) this.#live.say(sentence);
    this.setState('ready', this.#code.url !== '');
    this.setState('joined', hub !== null && hub.peers.length > 0);
    this.setState('collapsed', this.#collapsed);
  }

  protected override updated(): void {
    if (this.#losesFocus) this.renderRoot.querySelector<HTMLElement>('[part=toggle]')?.focus();
    this.#losesFocus = false;
  }

  protected override render(): TemplateResult {
    const hub = this.connection;
    const strings = this.#strings;
    const { url } = this.#code;
    const self = hub?.self ?? null;
    return html`
      <div class="invite" tabindex="-1" lang=${strings.language().lang}>
        ${url ? [this.#renderPeople(), this.#renderUnreached(), this.#renderInvitation()] : noRoom(hub, strings, (event) => this.request(event))}
        ${url && self && !self.named ? this.#ownName.render(self) : nothing} ${guardLine(hub, this, strings)}
      </div>
      ${this.#live.render(strings)}
    `;
  }

  #show(url: string): void {
    if (url === this.#code.url) return;
    // Nobody can scan an address that leads to the phone itself.
    this.#code = { url, qr: url && !isLocalAddress(url) ? qrCode(url) : null };
    this.#sharing.reset();
    this.#met = false;
    this.shown = null;
  }

  #fold(collapsed: boolean): void {
    const had = this.shadowRoot?.activeElement?.closest('#invitation') ?? null;
    this.#losesFocus = collapsed && !this.#collapsed && had !== null;
    this.#collapsed = collapsed && this.#code.url !== '';
  }

  /** Once somebody has joined: who is here, and the button that shows the code again. */
  #renderPeople(): TemplateResult | typeof nothing {
    const hub = this.connection;
    if (!hub || !(this.#met || this.#collapsed)) return nothing;
    const strings = this.#strings;
    const wording = this.#collapsed ? 'invite-show' : 'invite-hide';
    return html`<div class="people" part="people">
      <div class="head">
        <p class="status ${hub.state}" part="status">
          <span class="dot"></span>${statusText(hub, this.#met, strings)}
        </p>
        ${
          hub.full
            ? nothing
            : html`<button
                type="button"
                class="button"
                part="toggle"
                aria-expanded=${String(!this.#collapsed)}
                aria-controls="invitation"
                @click=${() => (this.shown = this.#collapsed)}
              >
                ${icons.label(icons.qr, strings.text(wording, this.#shownCode !== null))}
              </button>`
        }
      </div>
      ${peopleList(hub, strings)}
    </div>`;
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

  /** The code and the address. An element of its own, for the button that refers to it. */
  #renderInvitation(): TemplateResult {
    const strings = this.#strings;
    const { url } = this.#code;
    if (this.connection?.full) return html`<p class="small" part="full">${strings.text('invite-full')}</p>`;
    if (this.#collapsed) return html`<div id="invitation" hidden></div>`;
    const hint = isLocalAddress(url) ? strings.text('invite-local') : strings.text('invite-scan');
    return html`<div class="layout" id="invitation">
      ${this.#shownCode ? qrPicture(this.#shownCode, strings.term('invite-qr')) : nothing}
      <div class="details">
        <p class="small" part="hint"><slot>${hint}</slot></p>
        <label class="visually-hidden" for="address">${strings.term('invite-address')}</label>
        <input id="address" part="address" readonly dir="ltr" spellcheck="false" .value=${url} />
        ${this.#sharing.render(url)}
      </div>
    </div>`;
  }

  get #shownCode(): QrCode | null {
    return this.noQr ? null : this.#code.qr;
  }
}

function statusText({ state, peers }: HubElement, met: boolean, strings: StringsController): TemplateResult {
  if (state === 'connected') return strings.text('state-connected', peers.length);
  return strings.text(met && state === 'waiting' ? 'invite-alone' : `state-${state}`);
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
