import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import {
  SnapCancelRequestEvent,
  SnapCaptureRequestEvent,
  SnapChooseRequestEvent,
  SnapRemoveRequestEvent,
  SnapRestoreRequestEvent,
  SnapRetryRequestEvent,
  SnapSendRequestEvent,
} from '../../events.js';
import type { SnapErrorEvent } from '../../events.js';
import { isWelcome } from '../../hub/accept.js';
import type { HubElement } from '../../hub/hub-element.js';
import { StringsController } from '../../strings/strings-controller.js';
import { base } from '../shared/base.styles.js';
import type { ChosenFiles } from '../shared/files/chosen-files.js';
import { FileDrop } from '../shared/files/file-drop.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import { LiveRegion } from '../shared/live-region.js';
import { ObjectUrls } from '../shared/object-urls.js';
import { guard } from '../shared/people/faces.styles.js';
import { guardLine } from '../shared/people/guard.js';
import { takePresence } from '../shared/people/presence.js';
import { isRightToLeft } from '../shared/right-to-left.js';
import { ShowMore } from '../shared/show-more.js';
import { SenderAnnouncements } from './announcements.js';
import { Batch } from './batch.js';
import { buttons, canCapture, folderButton } from './buttons.js';
import { deliveredList } from './delivered-list.js';
import { cover, dropZone } from './drop-zone.js';
import { Durations } from './durations.js';
import { FileChooser } from './file-chooser.js';
import { Hint } from './hint.js';
import { listStyles } from './lists.styles.js';
import { spokenName } from './names.js';
import { pendingStrip } from './pending-strip.js';
import { SenderProperties } from './properties.js';
import { Speeds } from './speed.js';
import { NOTHING_SKIPPED, notices, statusPill, takesLine } from './status.js';
import type { SkippedFiles } from './status.js';
import { styles } from './styles.js';
import { transferList } from './transfer-list.js';
import { Undo } from './undo.js';
import type { Undoable } from './undo.js';
import type { SenderView } from './view.js';

/** How many deliveries are listed before the person asks for more. */
const FEW_DELIVERED = 3;
/** In ms: how often the figures of what is being sent are brought up to date, even if it stalls. */
const TICK = 1000;

/**
 * The buttons *Snap & Send*, *Snap*, *Choose files* and *Send*, and lists of what waits to be sent,
 * is being sent and was delivered. The element requests; its `<snap-connection>` captures and
 * sends. The first two follow the camera: they are *Record & Send* and *Record* in its modes
 * `video` and `audio`, turn it on while it is off, and are hidden once it has failed.
 *
 * Files and folders can also be dropped on it or on another element of the hub, or pasted while it
 * has the focus; with `drop="page"` both work anywhere in the page. They wait until *Send* is
 * pressed. What was removed or cancelled can be brought back for a while, and what was delivered
 * sent again.
 *
 * @example
 * ```html
 * <snap-sender></snap-sender>
 * <snap-sender files-only accept="image/*,.pdf" drop="page"></snap-sender>
 * ```
 *
 * @customElement snap-sender
 *
 * @fires snap-capture-request - *Snap* or *Record* was pressed, or *Snap & Send* (`send` is true).
 * @fires snap-choose-request - Files were chosen, dropped or pasted.
 * @fires snap-send-request - *Send* was pressed.
 * @fires snap-cancel-request - The person cancels a transfer.
 * @fires snap-retry-request - The person retries a transfer, sends a delivered one again or, with
 *   null, retries the connection.
 * @fires snap-remove-request - The person removes a pending item or a failed transfer.
 * @fires snap-restore-request - The person undoes the removal of a pending item.
 * @fires snap-error - A request was made without a hub.
 *
 * @csspart status - The dot and text with the state of the connection.
 * @csspart takes - How many items the page of the recipient takes.
 * @csspart notice - Why there is no connection, or why files were not added.
 * @csspart actions - The row of buttons.
 * @csspart snap-send - The button *Snap & Send* or *Record & Send*.
 * @csspart snap - The button *Snap* or *Record*.
 * @csspart choose - The button *Choose files*.
 * @csspart send - The button *Send*.
 * @csspart choose-folder - The button *Choose a folder*, where the browser can choose folders.
 * @csspart hint - What a first press has done, or where files may be dropped.
 * @csspart pending - The list of items that wait to be sent.
 * @csspart pending-item - An item of it.
 * @csspart undo - The text and the button *Undo* after something was removed or cancelled.
 * @csspart total - The progress of several transfers together.
 * @csspart transfers - The list of running and failed transfers.
 * @csspart transfer - An item of it.
 * @csspart progress - The progress bar of a transfer.
 * @csspart more - The buttons that show more of a long list.
 * @csspart arrived - That everything has arrived.
 * @csspart delivered - The list of the latest deliveries.
 * @csspart delivered-item - An item of it.
 * @csspart try-again - The button *Try again*.
 * @csspart guard - The line that says where this page sends to.
 * @csspart drop-zone - The overlay while files are dragged over the element.
 *
 * @cssstate dragging - Files are being dragged over a place where the element accepts them.
 * @cssstate sending - Something is being sent.
 */
export class SnapSender extends SenderProperties {
  static override styles = [...base, styles, listStyles, guard];

  readonly #strings = new StringsController(this);
  readonly #urls = new ObjectUrls(this);
  readonly #live = new LiveRegion(this);
  readonly #announcements = new SenderAnnouncements();
  readonly #durations = new Durations(this);
  readonly #speeds = new Speeds();
  readonly #batch = new Batch();
  readonly #hint = new Hint((text) => this.#live.say(text));
  readonly #showMore = {
    pending: new ShowMore(this, '.strip'),
    outgoing: new ShowMore(this, '.outgoing'),
    delivered: new ShowMore(this, '.delivered', FEW_DELIVERED),
  };
  readonly #drop = new FileDrop(this, (chosen) => this.#take(chosen));
  readonly #chooser = new FileChooser(this, (chosen) => this.#take(chosen));
  readonly #undo: Undo = new Undo(this, (undoable) => this.#bringBack(undoable));
  /** The id of the item to focus once it is back. */
  #focusItem: string | null = null;
  #hubErrors: AbortController | null = null;
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new FocusKeeper(this, () => this.#chooseButton);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override hubChanged(hub: HubElement | null): void {
    const parts = [this.#announcements, this.#undo, this.#batch, ...Object.values(this.#showMore)];
    for (const part of parts) part.reset();
    this.#hubErrors?.abort();
    this.#hubErrors = new AbortController();
    const { signal } = this.#hubErrors;
    // The page's own listeners come first: they may show a message of their own instead.
    hub?.addEventListener('snap-error', (event) => queueMicrotask(() => this.#hubFailed(event)), { signal });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const hub = this.connection;
    for (const sentence of takePresence(hub, this, this.#strings)) this.#live.say(sentence);
    // The camera goes by what the buttons here do.
    if (changed.has('filesOnly') || changed.has('accept')) hub?.deviceChanged();
    for (const sentence of hub ? this.#announcements.read(hub, this.#strings) : []) this.#live.say(sentence);
    if (this.skipped.unkept && !this.#sends && hub?.pending.length === 0)
      this.skipped = { ...this.skipped, unkept: false };
    this.#hint.update(hub?.camera ?? null, this.#strings);
    this.setState('dragging', this.#drop.dragging);
    this.setState('sending', this.#sends);
  }

  protected override render(): TemplateResult {
    const hub = this.connection;
    const strings = this.#strings;
    const view = hub && this.#viewOf(hub);
    const { lang } = strings.language();
    return html`
      <div class="buttons ${isRightToLeft(this) ? 'rtl' : ''}" part="actions" lang=${lang}>
        ${buttons({
          hub,
          strings,
          filesOnly: this.filesOnly,
          capture: (send) => this.#capture(send),
          choose: this.#chooser.chooseFiles,
          send: () => this.request(new SnapSendRequestEvent()),
        })}
        ${this.#chooser.render(this.accept)}
      </div>
      <div class="below" lang=${lang}>
        ${this.#hint.render(hub, this.drop === 'page', strings)}
        <div class="first">
          ${statusPill(hub, strings)}
          ${this.#chooser.hasFolders ? folderButton(strings, this.#chooser.chooseFolder) : nothing}
        </div>
        ${takesLine(hub, strings)} ${notices(hub, this.skipped, strings, (event) => this.request(event))}
        ${view ? pendingStrip(view) : nothing} ${this.#undo.render(strings)}
        ${view ? [transferList(view), deliveredList(view)] : nothing} ${guardLine(hub, this, strings)}
      </div>
      ${dropZone(this.drop, this.#drop.dragging, strings)} ${this.#live.render(strings)}
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (this.drop === 'page') cover(this.renderRoot, this.#drop.dragging);
    if (this.#focusItem !== null) {
      const item = this.renderRoot.querySelector(`[data-id='${this.#focusItem}']`);
      (item?.querySelector<HTMLElement>('.remove') ?? this.#chooseButton).focus();
      this.#focusItem = null;
    }
    // A button that is hidden under the focus would send it to the top of the page.
    if (!canCapture({ hub: this.connection, filesOnly: this.filesOnly })) {
      const focused = this.shadowRoot?.activeElement;
      if (focused?.matches('[part=snap], [part=snap-send]')) this.#chooseButton.focus();
    }
    clearTimeout(this.#tick);
    const moves = this.connection?.transfers.some(({ state }) => state === 'sending') ?? false;
    if (moves) this.#tick = setTimeout(() => this.requestUpdate(), TICK);
  }

  #viewOf(hub: HubElement): SenderView {
    return {
      hub,
      strings: this.#strings,
      urls: this.#urls,
      durations: this.#durations,
      speeds: this.#speeds,
      batch: this.#batch,
      showMore: this.#showMore,
      request: (event) => this.request(event),
      remove: (item) => {
        if (!this.request(new SnapRemoveRequestEvent(item))) return;
        this.#undo.removed(item);
        this.#sayUndoable(spokenName(item.file.name, this.#strings));
      },
      cancel: (transfer) => {
        if (!this.request(new SnapCancelRequestEvent(transfer))) return;
        this.#undo.cancelled(transfer);
        this.#sayUndoable(spokenName(transfer.name, this.#strings));
      },
    };
  }

  #capture(send: boolean): void {
    const camera = this.connection?.camera ?? null;
    if (!this.request(new SnapCaptureRequestEvent({ send }))) return;
    this.#hint.press(camera);
    this.requestUpdate();
  }

  #sayUndoable(name: string): void {
    const strings = this.#strings;
    const what = strings.term('sender-news', name, this.#undo.label(strings));
    this.#live.say(strings.term('sender-undo-keys', what, this.#undo.keys));
  }

  /** Undoes what was done last. The last one removed first: each goes back before its successor. */
  #bringBack({ kind, subjects }: Undoable): void {
    if (kind === 'cancelled') {
      // One that was taken off the list since is gone for good.
      const listed = new Set(this.connection?.transfers.filter(({ state }) => state === 'cancelled'));
      for (const each of subjects) if (listed.has(each)) this.request(new SnapRetryRequestEvent(each));
      // The button *Undo* is about to go.
      if (this.shadowRoot?.activeElement?.closest('.undo')) this.#chooseButton.focus();
      return;
    }
    for (const item of [...subjects].reverse()) this.request(new SnapRestoreRequestEvent(item));
    this.#focusItem = subjects[0]?.id ?? null;
  }

  /** What the hub tells that no item and no transfer of the lists shows. */
  #hubFailed({ error, target, defaultPrevented }: SnapErrorEvent): void {
    if (target !== this.connection || defaultPrevented) return;
    if (error.code === 'source-unreadable')
      this.skipped = { ...this.skipped, unreadable: this.skipped.unreadable + 1 };
    else if (error.code === 'storage-full' || error.code === 'storage-failed')
      this.skipped = { ...this.skipped, unkept: true };
  }

  get #sends(): boolean {
    return this.connection?.transfers.some(({ direction, ended }) => direction === 'send' && !ended) ?? false;
  }

  get #chooseButton(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('[part=choose]')!;
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
