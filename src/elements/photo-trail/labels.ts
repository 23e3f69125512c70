import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { SnapItem, SnapKind } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';

/** The texts about one item. */
export interface ItemLabels {
  /** The kind, sender and time in one phrase: the `alt` text, also announced. */
  readonly label: string;
  /** The same as visible text. */
  readonly caption: TemplateResult;
  /** The line below the tile: its file name, or the sender's name. */
  readonly name: string;
  readonly size: string;
  /**
   * The time of day, with the date if it is not today. Empty, like `dateTime`, if a peer sent an
   * invalid time.
   */
  readonly time: string;
  /** The time in ISO 8601. */
  readonly dateTime: string;
  /** The accessible names of the buttons, including the item's name. */
  readonly save: string;
  readonly share: string;
  readonly copy: string;
  readonly remove: string;
}

/** The verbs alone, for tooltips. */
export type Verbs = Pick<ItemLabels, 'save' | 'share' | 'copy' | 'remove'>;

/**
 * The labels of a trail's items, cached per item, language and day. With hundreds of items, looking
 * up the language and creating formatters would otherwise dominate a rendering.
 */
export class TrailLabels implements ReactiveController {
  readonly #strings: StringsController;
  readonly #cache = new WeakMap<
    SnapItem,
    { readonly key: string; readonly kind: SnapKind; readonly labels: ItemLabels }
  >();
  #key = '';
  #verbs: Verbs = { save: '', share: '', copy: '', remove: '' };
  #formats: { readonly today: Intl.DateTimeFormat; readonly before: Intl.DateTimeFormat } | null = null;

  constructor(host: ReactiveControllerHost, strings: StringsController) {
    this.#strings = strings;
    host.addController(this);
  }

  get verbs(): Verbs {
    return this.#verbs;
  }

  hostUpdate(): void {
    const strings = this.#strings;
    const lang = strings.lang();
    this.#verbs = {
      save: strings.term('trail-save'),
      share: strings.term('trail-share'),
      copy: strings.term('trail-copy'),
      remove: strings.term('remove'),
    };
    // A page may replace the strings of a language already in use.
    const sample = [strings.term('action-on', '1', '2'), strings.term('trail-item', '1', '2', '3')];
    const key = [lang, new Date().toDateString(), ...Object.values(this.#verbs), ...sample].join('\n');
    if (key === this.#key) return;
    this.#key = key;
    this.#formats = {
      today: new Intl.DateTimeFormat(lang, { timeStyle: 'short' }),
      before: new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }),
    };
  }

  /** `kind`: the kind it is shown as, if not its own. */
  of(item: SnapItem, kind = item.kind): ItemLabels {
    const cached = this.#cache.get(item);
    if (cached?.key === this.#key && cached.kind === kind) return cached.labels;
    const labels = this.#labels(item, kind);
    this.#cache.set(item, { key: this.#key, kind, labels });
    return labels;
  }

  #labels(item: SnapItem, shown: SnapKind): ItemLabels {
    const strings = this.#strings;
    const { name } = item.file;
    const from = item.from?.name ?? '';
    const kind = strings.term(`kind-${shown}`);
    const named = shown === 'file' || shown === 'audio';
    const on = (verb: string): string => strings.term('action-on', verb, name);
    const taken = new Date(item.takenAt);
    const time = this.#time(taken);
    return {
      label: strings.term('trail-item', shown === 'file' ? name : kind, from, time),
      caption: strings.text('trail-item', shown === 'file' ? name : kind, from, time),
      name: named ? name : from || kind,
      size: strings.term('size', item.file.size),
      time,
      dateTime: time && taken.toISOString(),
      save: on(this.#verbs.save),
      share: on(this.#verbs.share),
      copy: on(this.#verbs.copy),
      remove: on(this.#verbs.remove),
    };
  }

  #time(date: Date): string {
    if (Number.isNaN(date.getTime())) return '';
    const today = date.toDateString() === new Date().toDateString();
    return (today ? this.#formats?.today : this.#formats?.before)?.format(date) ?? '';
  }
}
