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
 * The buttons *Snap*, *Send*, *Snap & Send* and *Choose files*; what waits to be sent, what is on
 * its way, and what became of it. It takes and sends nothing by itself: it asks its
 * `<snap-connection>`.
 *
 * Files and folders may also be dropped on it and on what belongs to the same hub (with
 * `drop="page"` anywhere), or pasted while it has the focus. All of them join what waits; *Send*
 * sends it.
 *
 * @customElement snap-sender
 *
 * @fires snap-capture-request - *Snap*, or with `send` *Snap & Send*, was pressed.
 * @fires snap-choose-request - Files were chosen, dropped or pasted.
 * @fires snap-send-request - *Send* was pressed.
 * @fires snap-cancel-request - A transfer is to be stopped.
 * @fires snap-retry-request - A transfer, or with null the connection, is to be tried again.
 * @fires snap-remove-request - An item that waits, or a transfer that has failed, is to be
 *   forgotten.
 *
 * @csspart status - The dot and the words that say how the connection stands.
 * @csspart notice - Why there is no connection, or why a file was not added.
 * @csspart actions - The row of buttons.
 * @csspart snap - The button *Snap*.
 * @csspart send - The button *Send*.
 * @csspart snap-send - The button *Snap & Send*.
 * @csspart choose - The button *Choose files*.
 * @csspart pending - The list of what waits to be sent.
 * @csspart pending-item - One item of it.
 * @csspart transfers - The list of what is on its way or has failed.
 * @csspart transfer - One item of it.
 * @csspart progress - Its progress bar.
 * @csspart more - The buttons that show more of a long list.
 * @csspart delivered - The list of what was delivered of late.
 * @csspart try-again - The button *Try again*.
 * @csspart drop-zone - What covers the element while files are dragged over it.
 *
 * @cssstate dragging - Files are being dragged over it.
 * @cssstate sending - Something is on its way.
 */
export class SnapSender extends SnapElement {
  static override styles = [...base, styles, listStyles];
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    accept: text('accept', { defaultValue: null }),
    filesOnly: flag('files-only'),
    drop: choice('drop', ['element', 'page']),
    skipped: { state: true },
  };

  /** Which files may be chosen, as in `<input accept>`; null: any. */
  declare accept: string | null;
  /** Leaves out *Snap* and *Snap & Send*, for a page without a camera. */
  declare filesOnly: boolean;
  /**
   * Where files may be dropped: on this element and on whatever belongs to its hub, or anywhere in
   * the page. In either case a file that is dropped elsewhere is not opened in place of the page.
   */
  declare drop: 'element' | 'page';
  /** @internal What of that which was last chosen was not added. */
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
   * The button is never `disabled`, only `aria-disabled`: one that goes out the moment it is
   * pressed would drop the focus.
   */
  #send(): void {
    if (pending(this.connection)) this.request(new SnapSendRequestEvent());
  }

  #chosen(): void {
    const files = [...(this.#input.files ?? [])];
    // Else choosing the same file again would change nothing, and say nothing.
    this.#input.value = '';
    if (files.length > 0) this.#add(files);
  }

  #take({ files, unreadable, more }: ChosenFiles): void {
    this.#add(files, { unreadable, more, empty: files.length + unreadable === 0 });
  }

  /** Adds what `accept` lets in, and tells of the rest. */
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
