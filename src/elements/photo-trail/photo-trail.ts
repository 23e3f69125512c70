import { html, nothing } from 'lit';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { SnapOutcomeEvent, SnapRemoveRequestEvent } from '../../events.js';
import type { SnapItem } from '../../item.js';
import { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import { checkFiles, isLost } from '../../hub/file-life.js';
import { FocusKeeper } from '../shared/focus-keeper.js';
import { FormControl } from '../shared/form-control.js';
import type { HubElement } from '../../hub/hub-element.js';
import * as icons from '../shared/icons.js';
import { LiveRegion } from '../shared/live-region.js';
import { takePresence } from '../shared/people/presence.js';
import { ObjectUrls } from '../shared/object-urls.js';
import { TrailCommands } from './commands.js';
import { formValue, validate } from './form.js';
import { FormEvents } from './form-events.js';
import type { Arriving } from './form.js';
import { ArrivingTransfers, arrivingItem } from './arriving.js';
import { noteOn, shownAs, trailItem } from './item.js';
import type { TrailCommand, TrailView } from './item.js';
import { MediaNodes } from './media.js';
import { TrailTiles } from './tiles.js';
import { ReceivedChanges } from './received-changes.js';
import { failureNotice, toolbar } from './toolbar.js';
import { TrailViewer } from './viewer.js';
import { flag, number } from '../shared/property-kinds.js';
import { ShowMore } from '../shared/show-more.js';
import { TrailLabels } from './labels.js';
import { styles } from './styles.js';
import { base } from '../shared/base.styles.js';

/**
 * A list of everything received, newest first: photos, video, sound and other files. The person can
 * save, share, copy and remove each, save all as a ZIP, and open photos in a viewer. Items that are
 * still arriving show their preview and progress.
 *
 * It is a form control: each item is submitted as a `File` under `name`, and `required`, `min` and
 * `max` count items. While something is arriving, the control is invalid and says why; with
 * `allow-partial` the form may be submitted without it.
 *
 * @example
 * ```html
 * <form>
 *   <label for="damage">Photos of the damage</label>
 *   <photo-trail id="damage" name="damage" required max="5" connection="desk"></photo-trail>
 * </form>
 * ```
 *
 * @customElement photo-trail
 *
 * @fires input - An item has come or gone, but for a reset of the form.
 * @fires change - The same.
 * @fires snap-remove-request - The person removes an item, or resets the form (one event per item).
 * @fires snap-outcome - The person has opened an item, or the form was sent.
 * @fires snap-cancel-request - The person cancels something that is arriving.
 * @fires snap-error - Sharing, copying or saving failed, or a request was made without a hub.
 *
 * @csspart empty - The message while there is nothing.
 * @csspart toolbar - The row with the number of items and the button that saves all.
 * @csspart save-all - The button *Save all*.
 * @csspart list - The list.
 * @csspart item - An item of it.
 * @csspart placeholder - An item that is still arriving.
 * @csspart thumbnail - The upper part of an item.
 * @csspart photo - The `<img>` in it.
 * @csspart caption - The text below it.
 * @csspart more - The button that shows more of a long list.
 * @csspart viewer - The dialog that shows photos full size.
 *
 * @cssprop [--snap-trail-tile=8.5em] - The minimum width of an item.
 *
 * @cssstate empty - Nothing has arrived, and nothing is arriving.
 * @cssstate receiving - Something is arriving.
 * @cssstate disabled - The element, or a fieldset around it, is disabled.
 */
export class PhotoTrail extends FormControl {
  static override styles = [...base, ...styles];
  static override properties: PropertyDeclarations = {
    ...FormControl.properties,
    min: number('min', { defaultValue: null }),
    max: number('max', { defaultValue: null, min: 1 }),
    allowPartial: flag('allow-partial'),
  };

  /**
   * The minimum and maximum number of items; null for no limit. As with `minlength`, an empty trail
   * does not violate `min`: that is up to `required`.
   */
  declare min: number | null;
  declare max: number | null;
  /** Lets the form be submitted while something is still arriving, without it. */
  declare allowPartial: boolean;

  readonly #strings = new StringsController(this);
  readonly #labels = new TrailLabels(this, this.#strings);
  readonly #urls = new ObjectUrls(this);
  readonly #live = new LiveRegion(this);
  readonly #media = new MediaNodes(this, (item, kind) => this.#turned(item, kind));
  readonly #tiles = new TrailTiles(this, (item) => this.#turned(item, 'file'));
  readonly #viewer = new TrailViewer(this, (item) => this.#tell([item], 'opened'));
  readonly #arrivingTransfers = new ArrivingTransfers();
  #arriving: readonly Transfer[] = [];
  readonly #commands = new TrailCommands(this, (error) => this.fail(error));
  readonly #changes = new ReceivedChanges();
  readonly #formEvents = new FormEvents(this);
  readonly #showMore = new ShowMore(this, '[part=list]');

  constructor() {
    super();
    new FocusKeeper(this, () => this.#frame);
  }

  /** The received items, newest first. */
  get items(): readonly SnapItem[] {
    return this.connection?.received ?? [];
  }

  /** The files of the items, newest first: what the form gets. */
  get files(): readonly File[] {
    return this.items.map(({ file }) => file);
  }

  /** How many items there are, including those that are arriving. @internal */
  get held(): number {
    return this.items.length + this.#arriving.length;
  }

  /**
   * Tells the senders of all items that their photos were submitted. A form that the browser sends
   * tells so by itself; a page that sends its data with a script calls this when that has worked.
   */
  override submitted(): void {
    this.#tell(this.items, 'submitted');
  }

  /** Removes all items: the initial value is empty. @internal */
  override formResetCallback(): void {
    this.#formEvents.reset(this.items.length);
    for (const item of this.items) this.request(new SnapRemoveRequestEvent(item));
  }

  protected override hubChanged(): void {
    this.#changes.reset();
    this.#showMore.reset();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const hub = this.connection;
    for (const sentence of takePresence(hub, this, this.#strings)) this.#live.say(sentence);
    if (hub) this.#readChanges(hub);
    this.#arriving = this.#arrivingTransfers.read(hub);
    // The hub tells the senders.
    if (changed.has('max')) hub?.deviceChanged();
    const receiving = this.#arriving.length > 0;
    this.setState('receiving', receiving);
    this.setState('empty', !receiving && this.items.length === 0);
  }

  protected override render(): TemplateResult {
    const hub = this.connection;
    const view = hub && this.#view(hub);
    return html`
      <div
        class="frame"
        tabindex="-1"
        role="group"
        lang=${this.#strings.language().lang}
        aria-label=${this.#strings.term('trail-list')}
      >
        ${view && this.#arriving.length + this.items.length > 0 ? this.#renderList(view) : this.#renderEmpty()}
      </div>
      ${
        view
          ? this.#viewer.render(
              this.items.filter((item) => shownAs(item, view) === 'photo'),
              view,
            )
          : nothing
      }
      ${this.#live.render(this.#strings)}
    `;
  }

  protected override updated(): void {
    this.internals.setFormValue(formValue(this.name, this.items));
    const counts = {
      count: this.items.length,
      lost: this.name ? this.items.filter(({ file }) => isLost(file)).length : 0,
    };
    const { flags, message } = validate(counts, this.#awaited, this, this.#strings);
    this.internals.setValidity(flags, message, this.#frame);
    this.#formEvents.updated();
  }

  /** The arrivals that block the form. None without a name, as nothing would be submitted. */
  get #awaited(): Arriving | null {
    if (!this.name || this.allowPartial || this.isDisabled) return null;
    return { transfers: this.#arriving, peers: this.connection?.peers ?? [] };
  }

  #renderEmpty(): TemplateResult {
    return html`<p class="empty" part="empty">${icons.picture}${this.#strings.text('trail-empty')}</p>`;
  }

  #renderList(view: TrailView): TemplateResult {
    const [arriving, received] = [this.#arriving, this.items];
    const shown = this.#showMore.visible(received);
    const entries: (Transfer | SnapItem)[] = [...this.#showMore.visible(arriving), ...shown];
    return html`
      ${toolbar(received.length, arriving.length, this.#commands.archive, view)} ${failureNotice(view)}
      <ul role="list" part="list" aria-label=${view.strings.term('trail-list')}>
        ${repeat(
          entries,
          ({ id }) => id,
          (entry) => ('direction' in entry ? arrivingItem(entry, view) : trailItem(entry, view)),
        )}
      </ul>
      ${this.#showMore.renderButton(arriving.length + received.length - entries.length, this.#strings)}
    `;
  }

  get #frame(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.frame')!;
  }

  #view(hub: HubElement): TrailView {
    return {
      hub,
      strings: this.#strings,
      labels: this.#labels,
      urls: this.#urls,
      media: this.#media,
      tiles: this.#tiles,
      disabled: this.isDisabled,
      copied: this.#commands.copied,
      failure: this.#commands.failure,
      run: (command, item) => void this.#run(command, item),
      request: (event) => this.request(event),
      saveAll: () => void this.#saveAll(),
    };
  }

  /** Announces what is new since the last rendering. */
  #readChanges(hub: HubElement): void {
    const { known } = this.#changes;
    const { added, changed } = this.#changes.read(hub.received);
    if (changed) this.#commands.forget();
    if (changed && known) this.#formEvents.changed(added.length);
    this.#showMore.prepended(added.length);
    const [first] = added;
    if (!first) return;
    const several = this.#strings.term('trail-several', added.length);
    this.#live.say(
      added.length > 1 ? several : this.#strings.term('trail-new', this.#labels.of(first).label),
    );
  }

  /** Announces that an item is shown as something else, as only its player could tell. */
  #turned(item: SnapItem, kind: 'audio' | 'file'): void {
    // The file may be gone.
    void checkFiles();
    const note = noteOn(item, kind);
    if (note) this.#live.say(this.#strings.term('trail-note', item.file.name, this.#strings.term(note)));
  }

  async #run(command: TrailCommand, item: SnapItem): Promise<void> {
    switch (command) {
      case 'open':
        this.#viewer.open(item);
        break;
      case 'share':
        this.#tell([item], 'opened');
        return this.#commands.share(item);
      case 'copy':
        if (await this.#commands.copy(item)) this.#live.say(this.#strings.term('trail-copied'));
        break;
      case 'copy-seen':
        this.#commands.copySeen();
        break;
    }
  }

  #tell(items: readonly SnapItem[], outcome: 'opened' | 'submitted'): void {
    if (items.length > 0 && this.connection) this.request(new SnapOutcomeEvent(items, outcome));
  }

  async #saveAll(): Promise<void> {
    this.#tell(this.items, 'opened');
    await this.#commands.pack(
      this.items.filter(({ file }) => !isLost(file)),
      `${this.#strings.term('trail-archive')}.zip`,
    );
    this.renderRoot.querySelector<HTMLElement>('#archive')?.click();
  }
}
