import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { SnapItem, SnapKind } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';

/** What is said about one item. */
export interface ItemLabels {
  /** What it is, from whom, when, as one phrase: its `alt` text, and what is announced. */
  readonly label: string;
  /** The same, to be seen. */
  readonly caption: TemplateResult;
  /** What stands under it: its name, or from whom it is. */
  readonly name: string;
  readonly size: string;
  /**
   * The time of day, with the date where it is another day. Empty where a peer's clock told
   * nonsense, and so is `dateTime`.
   */
  readonly time: string;
  /** The same for machines. */
  readonly dateTime: string;
  /** The names of the buttons, which say what they act on. */
  readonly save: string;
  readonly share: string;
  readonly copy: string;
  readonly remove: string;
}

/** The verbs alone, for what appears beside a pointer. */
export type Verbs = Pick<ItemLabels, 'save' | 'share' | 'copy' | 'remove'>;

/**
 * The words of a trail's items, worked out once for each item, language and day. With hundreds of
 * items, looking up a language and making its formats anew is what would take the time in a
 * rendering.
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
    // A page may bring words of its own for a language that is in use already.
    const sample = [strings.term('action-on', '1', '2'), strings.term('trail-item', '1', '2', '3')];
    const key = [lang, new Date().toDateString(), ...Object.values(this.#verbs), ...sample].join('\n');
    if (key === this.#key) return;
    this.#key = key;
    this.#formats = {
      today: new Intl.DateTimeFormat(lang, { timeStyle: 'short' }),
      before: new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }),
    };
  }

  /** `kind`: what it is shown as, should that not be what it is. */
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
