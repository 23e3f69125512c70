import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { SnapCaptureRequestEvent, SnapChooseRequestEvent, SnapSendRequestEvent } from '../../events.js';
import { StringsController } from '../../strings/strings-controller.js';
import { isWelcome } from '../../hub/accept.js';
import type { ChosenFiles } from '../shared/chosen-files.js';
import { FileDrop } from '../shared/file-drop.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import type { HubElement } from '../../hub/hub-element.js';
import * as icons from '../shared/icons.js';
import { LiveRegion } from '../shared/live-region.js';
import { ObjectUrls } from '../shared/object-urls.js';
import { guard } from '../shared/people/faces.styles.js';
import { guardLine } from '../shared/people/guard.js';
import { takePresence } from '../shared/people/presence.js';
import { isRightToLeft } from '../shared/right-to-left.js';
import { choice, flag, text } from '../shared/property-kinds.js';
import { ShowMore } from '../shared/show-more.js';
import { SnapElement } from '../shared/snap-element.js';
import { deliveredList, outgoingList, pendingStrip } from './lists.js';
import { SenderAnnouncements } from './announcements.js';
import { NOTHING_SKIPPED, notices, statusPill } from './status.js';
import type { SkippedFiles } from './status.js';
import { listStyles } from './lists.styles.js';
import { styles } from './styles.js';
import { base } from '../shared/base.styles.js';

/**
 * The buttons *Snap*, *Send*, *Snap & Send* and *Choose files*, and lists of what waits to be sent,
 * is being sent and was delivered. The element requests; its `<snap-connection>` captures and
 * sends.
 *
 * Files and folders can also be dropped on it or on another element of the hub (with `drop="page"`
 * anywhere), or pasted while it has the focus. They wait until *Send* is pressed.
 *
 * @example
 * ```html
 * <snap-sender></snap-sender>
 * <snap-sender files-only accept="image/*,.pdf" drop="page"></snap-sender>
 * ```
 *
 * @customElement snap-sender
 *
 * @fires snap-capture-request - *Snap* was pressed, or *Snap & Send* (`send` is true).
 * @fires snap-choose-request - Files were chosen, dropped or pasted.
 * @fires snap-send-request - *Send* was pressed.
 * @fires snap-cancel-request - The person cancels a transfer.
 * @fires snap-retry-request - The person retries a transfer or, with null, the connection.
 * @fires snap-remove-request - The person removes a pending item or a failed transfer.
 * @fires snap-error - A request was made without a hub.
 *
 * @csspart status - The dot and text with the state of the connection.
 * @csspart notice - Why there is no connection, or why files were not added.
 * @csspart actions - The row of buttons.
 * @csspart snap - The button *Snap*.
 * @csspart send - The button *Send*.
 * @csspart snap-send - The button *Snap & Send*.
 * @csspart choose - The button *Choose files*.
 * @csspart pending - The list of items that wait to be sent.
 * @csspart pending-item - An item of it.
 * @csspart transfers - The list of running and failed transfers.
 * @csspart transfer - An item of it.
 * @csspart progress - The progress bar of a transfer.
 * @csspart more - The buttons that show more of a long list.
 * @csspart delivered - The list of the latest deliveries.
 * @csspart try-again - The button *Try again*.
 * @csspart guard - The line that says where this page sends to.
 * @csspart drop-zone - The overlay while files are dragged over the element.
 *
 * @cssstate dragging - Files are being dragged over a place where the element accepts them.
 * @cssstate sending - Something is being sent.
 */
export class SnapSender extends SnapElement {
  static override styles = [...base, styles, listStyles, guard];
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    accept: text('accept', { defaultValue: null }),
    filesOnly: flag('files-only'),
    drop: choice('drop', ['element', 'page']),
    skipped: { state: true },
  };

  /** The file types that may be added, as in `<input accept>`; null for any. */
  declare accept: string | null;
  /** Hides *Snap* and *Snap & Send*, for a page without a camera. */
  declare filesOnly: boolean;
  /**
   * Where files may be dropped: on this element and others of its hub, or anywhere in the page.
   * Either way, a file dropped elsewhere does not navigate the page away.
   */
  declare drop: 'element' | 'page';
  /** What was skipped when files were last added. @internal */
  declare skipped: SkippedFiles;

  readonly #strings = new StringsController(this);
  readonly #urls = new ObjectUrls(this);
  readonly #live = new LiveRegion(this);
  readonly #announcements = new SenderAnnouncements();
  readonly #showMore = { pending: new ShowMore(this, '.strip'), outgoing: new ShowMore(this, '.outgoing') };
  readonly #drop = new FileDrop(this, (chosen) => this.#take(chosen));

  constructor() {
    super();
    this.skipped = NOTHING_SKIPPED;
    new FocusKeeper(this, () => this.renderRoot.querySelector<HTMLElement>('[part=choose]'));
  }

  protected override hubChanged(): void {
    this.#announcements.reset();
    for (const part of Object.values(this.#showMore)) part.reset();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const hub = this.connection;
    for (const sentence of takePresence(hub, this, this.#strings)) this.#live.say(sentence);
    if (changed.has('filesOnly')) hub?.deviceChanged();
    for (const sentence of hub ? this.#announcements.read(hub, this.#strings) : []) this.#live.say(sentence);
    this.setState('dragging', this.#drop.dragging);
    this.setState(
      'sending',
      hub?.transfers.some(({ direction, ended }) => direction === 'send' && !ended) ?? false,
    );
  }

  protected override render(): TemplateResult {
    const hub = this.connection;
    const request = (event: Event): unknown => this.request(event);
    const view = hub && { hub, strings: this.#strings, urls: this.#urls, showMore: this.#showMore, request };
    return html`
      ${this.#renderButtons(hub)}
      <div class="below" lang=${this.#strings.language().lang}>
        ${statusPill(hub, this.#strings)} ${notices(hub, this.skipped, this.#strings, request)}
        ${view ? [pendingStrip(view), outgoingList(view), deliveredList(view)] : nothing}
        ${guardLine(hub, this, this.#strings)}
      </div>
      <div class="drop-zone" part="drop-zone" ?hidden=${!this.#drop.dragging}>
        ${icons.plus}${this.#strings.text('sender-drop')}
      </div>
      ${this.#live.render(this.#strings)}
    `;
  }

  #renderButtons(hub: HubElement | null): TemplateResult {
    const strings = this.#strings;
    const snap = (send: boolean): unknown => this.request(new SnapCaptureRequestEvent({ send }));
    return html`<div
      class="buttons ${isRightToLeft(this) ? 'rtl' : ''}"
      part="actions"
      lang=${strings.language().lang}
    >
      <div class="pair">
        <button
          type="button"
          class="button"
          part="snap"
          ?hidden=${this.filesOnly}
          @click=${() => snap(false)}
        >
          ${icons.label(icons.camera, strings.text('sender-snap'))}
        </button>
        <button
          type="button"
          class="button"
          part="send"
          aria-disabled=${String(!pending(hub))}
          @click=${this.#send}
        >
          ${icons.label(icons.send, strings.text('sender-send'))}
        </button>
      </div>
      <div class="pair">
        <button
          type="button"
          class="button primary"
          part="snap-send"
          ?hidden=${this.filesOnly}
          @click=${() => snap(true)}
        >
          ${icons.label(icons.camera, strings.text('sender-snap-send'))}
        </button>
        <button type="button" class="button" part="choose" @click=${() => this.#input.click()}>
          ${icons.label(icons.plus, strings.text('choose-files'))}
        </button>
      </div>
      <input type="file" hidden multiple accept=${this.accept ?? nothing} @change=${this.#chosen} />
    </div>`;
  }

  get #input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }

  /**
   * The button is only ever `aria-disabled`: if it became `disabled` when pressed, it would lose
   * the focus.
   */
  #send(): void {
    if (pending(this.connection)) this.request(new SnapSendRequestEvent());
  }

  #chosen(): void {
    const files = [...(this.#input.files ?? [])];
    // Otherwise choosing the same file again would fire no `change` event.
    this.#input.value = '';
    if (files.length > 0) this.#add(files);
  }

  #take({ files, unreadable, more }: ChosenFiles): void {
    this.#add(files, { unreadable, more, empty: files.length + unreadable === 0 });
  }

  /** Adds the files that match `accept`, and reports the others as skipped. */
  #add(files: readonly File[], skipped: Partial<SkippedFiles> = {}): void {
    const accept = this.accept ?? '';
    const verdicts = files.map((file) => isWelcome(file, accept));
    const add = (welcomed: readonly boolean[]): void => {
      const welcome = files.filter((_, index) => welcomed[index]);
      this.skipped = { ...NOTHING_SKIPPED, ...skipped, refused: files.length - welcome.length };
      if (welcome.length > 0) this.request(new SnapChooseRequestEvent(welcome));
    };
    if (verdicts.every((verdict) => typeof verdict === 'boolean')) add(verdicts);
    else void Promise.all(verdicts.map(async (verdict) => verdict)).then(add);
  }
}

function pending(hub: HubElement | null): boolean {
  return hub !== null && hub.pending.length > 0;
}
