import { LocalizeController, registerTranslation as register } from '@shoelace-style/localize';
import type { Translation } from '@shoelace-style/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ancestors, isElement } from '../ancestors.js';
import type { SnapError, SnapErrorCode } from '../errors.js';
import { isolated } from './direction.js';
import en from './en.js';
import { watchLanguage } from './language-watch.js';
import ru from './ru.js';

/** What a person reads for each error: what happened, and what they can do. */
export type ErrorStrings = Record<`error-${SnapErrorCode}`, string>;

/**
 * Every text that a person may read, in one language. A function where the text depends on a value.
 */
export interface Strings extends Translation, ErrorStrings {
  // The connection, as it is told in the sender and the invitation
  'state-idle': string;
  'state-joining': string;
  'state-waiting': string;
  /** In place of `state-waiting`: somebody is here whom no path leads to. */
  'state-unreached': string;
  /** `count`: how many others are here. */
  'state-connected': (count: number) => string;
  'state-reconnecting': string;
  'state-failed': string;
  'state-closed': string;

  // Shared verbs
  'try-again': string;
  'choose-file': string;
  'choose-files': string;
  /** The button under a long list. `count`: how many are not shown. */
  'show-more': (count: number) => string;
  cancel: string;
  remove: string;
  /**
   * The name of a button that does something to one thing of many: the verb, and the thing's name.
   */
  'action-on': (verb: string, name: string) => string;
  /** A size in bytes, as a person reads it. */
  size: (bytes: number) => string;

  // The camera
  camera: string;
  'camera-turn-on': string;
  'camera-turn-off': string;
  /** Why the browser is about to ask, and what does not happen. */
  'camera-privacy': string;
  /** While the browser asks the person: what to do. Never shown while a camera merely starts. */
  'camera-asking': string;
  'camera-starting': string;
  'camera-on': string;
  'camera-off': string;
  'camera-picture': string;
  'camera-switch': string;
  'camera-paused': string;
  'camera-photo-taken': string;
  /** A file was chosen instead of a photo. */
  'camera-added': (name: string) => string;
  'camera-record': string;
  'camera-record-stop': string;
  'camera-recording': string;
  'camera-recorded': string;
  /** Where nobody knows whether it is blocked or the browser’s question was only closed. */
  'camera-not-allowed': string;
  /** How to allow a camera that was blocked, by browser. */
  'camera-unblock-chromium': string;
  'camera-unblock-firefox': string;
  'camera-unblock-safari': string;
  'camera-unblock-ios': string;
  'camera-unblock-android': string;

  // The same with `mode="audio"`, where it reads differently
  microphone: string;
  'microphone-turn-on': string;
  'microphone-turn-off': string;
  'microphone-starting': string;
  'microphone-on': string;
  'microphone-off': string;
  'microphone-paused': string;
  'microphone-record': string;
  'microphone-not-allowed': string;
  'microphone-denied': string;
  'microphone-dismissed': string;
  'microphone-denied-by-system': string;
  'microphone-blocked-by-policy': string;
  'microphone-insecure': string;
  'microphone-missing': string;
  'microphone-busy': string;
  'microphone-unplugged': string;
  'microphone-unsupported': string;

  // The sender
  'sender-snap': string;
  'sender-send': string;
  'sender-snap-send': string;
  /** While files are being dragged over it. */
  'sender-drop': string;
  /** `count`: how many files are of another kind than `accept` lets in. */
  'sender-refused': (count: number) => string;
  /** `count`: how many files and folders that were dropped could not be read. */
  'sender-unreadable': (count: number) => string;
  /** `most`: how many files are taken out of folders at once. */
  'sender-too-many': (most: number) => string;
  /** There was no file in what was dropped. */
  'sender-nothing': string;
  'sender-pending': (count: number) => string;
  'sender-outgoing': string;
  'sender-delivered-list': string;
  /** How many more there are than a list shows. */
  'sender-more': (count: number) => string;
  /** Nobody is here yet; everybody that it is for is away; others come first. */
  'sender-awaits-member': string;
  'sender-awaits-return': string;
  'sender-awaits-turn': string;
  /** `percent`: as the language writes it, with its sign. */
  'sender-sending': (percent: string) => string;
  'sender-delivered': (count: number, of: number) => string;
  'sender-failed': string;
  'sender-cancelled': string;
  'sender-retry': string;
  /** `what`: what has become of the file called `name`. */
  'sender-news': (name: string, what: string) => string;

  // The trail
  'kind-photo': string;
  'kind-video': string;
  'kind-audio': string;
  'kind-file': string;
  'trail-list': string;
  'trail-empty': string;
  'trail-count': (count: number) => string;
  /** How many are on their way. */
  'trail-count-arriving': (count: number) => string;
  /** What an item is, as one phrase. `from` and `time` may be empty. */
  'trail-item': (kind: string, from: string, time: string) => string;
  'trail-arriving': (name: string, percent: string) => string;
  /** `what`: a phrase of `trail-item`. */
  'trail-new': (what: string) => string;
  'trail-several': (count: number) => string;
  /**
   * Under what no player here plays, or of which it plays the sound alone; under a picture that is
   * not shown.
   */
  'trail-unplayable': string;
  /** Of what had arrived, and is gone. */
  'trail-lost': string;
  'trail-some-lost': (count: number) => string;
  'trail-sound-only': string;
  'trail-unshown': string;
  /** `what`: one of these sentences. */
  'trail-note': (name: string, what: string) => string;
  'trail-save': string;
  'trail-save-all': string;
  /** The name of the archive, without its extension. */
  'trail-archive': string;
  'trail-share': string;
  'trail-copy': string;
  'trail-copied': string;
  'trail-viewer': string;
  'trail-close': string;
  'trail-position': (index: number, of: number) => string;
  'trail-previous': string;
  'trail-next': string;
  /** Why a form cannot be submitted. */
  'trail-required': string;
  'trail-too-few': (min: number) => string;
  'trail-too-many': (max: number) => string;
  /**
   * `count`: how many are on their way; `photos`: all of them are. `percent`: how far they are
   * together, as the language writes it.
   */
  'trail-still-arriving': (count: number, photos: boolean, percent: string) => string;
  /** Added to it where the senders of `count` of them are away; `all`: of all of them. */
  'trail-sender-away': (count: number, all: boolean) => string;

  // The invitation
  'invite-address': string;
  'invite-qr': string;
  'invite-scan': string;
  'invite-copy': string;
  'invite-copied': string;
  /** Where a page may not write to the clipboard. */
  'invite-selected': string;
  'invite-share': string;
  'invite-open': string;
  'invite-not-ready': string;
}

register(en, ru);

/**
 * Whether any of our words are there in a language; asked at each rendering, and not quickly found
 * out.
 */
const spoken = new Map<string, boolean>();

/** Adds or replaces a language: a page may bring its own. See `@shoelace-style/localize`. */
export function registerTranslation(...translations: Translation[]): void {
  spoken.clear();
  register(...translations);
}

/** Which language words are in. */
export interface Language {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/**
 * Gives an element its texts in the language of the nearest `lang` attribute, shadow hosts
 * included. English where there is no other: then the words run from left to right in a page that
 * runs from right to left, and say so.
 */
export class StringsController extends LocalizeController<Strings> {
  #presence: AbortController | null = null;
  /**
   * While an element is rendered nothing changes, and finding this out takes longer than all else.
   */
  #known: { readonly asked: string; readonly languages: Map<keyof Strings, Language> } | null = null;

  override hostConnected(): void {
    super.hostConnected();
    this.#presence = new AbortController();
    const host = this.host;
    watchLanguage(host, () => host.requestUpdate(), this.#presence.signal);
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.#presence?.abort();
  }

  hostUpdate(): void {
    this.#known = null;
    this.#known = { asked: this.#asked(), languages: new Map() };
  }

  hostUpdated(): void {
    this.#known = null;
  }

  /**
   * The language of the words, of numbers and of times among them: the one that is asked for, or
   * English where nobody has brought words for it.
   */
  override lang(): string {
    const asked = this.#asked();
    let known = spoken.get(asked);
    if (known === undefined) {
      known = Object.keys(en)
        .filter((key) => !key.startsWith('$'))
        .some((key) => this.exists(key as keyof Strings, { lang: asked, includeFallback: false }));
      spoken.set(asked, known);
    }
    return known ? asked : en.$code;
  }

  /** The language that a text is really in: a page's own translation may lack some. */
  language(key: keyof Strings = '$code'): Language {
    const known = this.#known?.languages.get(key);
    if (known) return known;
    const language: Language = this.exists(key, { lang: this.lang(), includeFallback: false })
      ? { lang: this.term('$code'), dir: this.term('$dir') === 'rtl' ? 'rtl' : 'ltr' }
      : { lang: en.$code, dir: en.$dir };
    this.#known?.languages.set(key, language);
    return language;
  }

  /**
   * A text to be seen: under the name and in the direction of its own language, whatever surrounds
   * it. Names in it are kept apart.
   */
  text<Key extends keyof Strings>(key: Key, ...values: Values<Strings[Key]>): TemplateResult {
    const { dir } = this.language(key);
    const apart = values.map((value) => isolated(value, dir)) as Values<Strings[Key]>;
    return this.phrase(this.term(key, ...apart), key);
  }

  /** The same for what is put together of texts. */
  phrase(content: unknown, key?: keyof Strings): TemplateResult {
    const { lang, dir } = this.language(key);
    return html`<span lang=${lang} dir=${dir}>${content}</span>`;
  }

  /** What a person reads for `error`. */
  error(error: SnapError): string {
    return this.term(`error-${error.code}`);
  }

  /** The same, to be seen. */
  errorText(error: SnapError): TemplateResult {
    return this.text(`error-${error.code}`);
  }

  #asked(): string {
    if (this.#known) return this.#known.asked;
    for (const node of [this.host as unknown as Node, ...ancestors(this.host)]) {
      const lang = isElement(node) ? node.getAttribute('lang') : null;
      if (lang) return locale(lang);
    }
    return super.lang();
  }
}

/** What a text's function takes. */
type Values<Text> = Text extends (...values: infer Given) => string ? Given : [];

/** As `Intl` takes it; nonsense is nobody's language. */
function locale(lang: string): string {
  const tag = lang.toLowerCase().replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ? tag : en.$code;
  } catch {
    return en.$code;
  }
}
