import { LocalizeController, registerTranslation as register } from '@shoelace-style/localize';
import type { Translation } from '@shoelace-style/localize';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ancestors, isElement } from '../ancestors.js';
import type { SnapError } from '../errors.js';
import { isolated } from './direction.js';
import en from './en.js';
import { watchLanguage } from './language-watch.js';
import ru from './ru.js';
import type { Strings } from './texts.js';

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
