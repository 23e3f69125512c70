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
 * Whether there is a translation for a language. Cached, because it is needed in every render and
 * expensive to find out.
 */
const translated = new Map<string, boolean>();

/**
 * Adds a language, or replaces one. Pages may bring their own: see `@shoelace-style/localize`.
 *
 * @example
 * ```js
 * registerTranslation({ $code: 'eo', $name: 'Esperanto', $dir: 'ltr', cancel: 'Nuligi' });
 * ```
 */
export function registerTranslation(...translations: Translation[]): void {
  translated.clear();
  register(...translations);
}

/** The language of a text, and its direction. */
export interface Language {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/**
 * Gives an element its texts in the language of the closest `lang` attribute, looking out of shadow
 * roots. Falls back to English. English text in a right-to-left page is marked as left-to-right.
 */
export class StringsController extends LocalizeController<Strings> {
  #connected: AbortController | null = null;
  /**
   * Cached during a render, in which the language cannot change: looking it up takes longer than
   * the rest of the render.
   */
  #cache: { readonly requested: string; readonly languages: Map<keyof Strings, Language> } | null = null;

  override hostConnected(): void {
    super.hostConnected();
    this.#connected = new AbortController();
    const host = this.host;
    watchLanguage(host, () => host.requestUpdate(), this.#connected.signal);
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.#connected?.abort();
  }

  hostUpdate(): void {
    this.#cache = null;
    this.#cache = { requested: this.#requested(), languages: new Map() };
  }

  hostUpdated(): void {
    this.#cache = null;
  }

  /**
   * The language of the texts, numbers and times: the language of the page, or English if there is
   * no translation for it.
   */
  override lang(): string {
    const requested = this.#requested();
    let known = translated.get(requested);
    if (known === undefined) {
      known = Object.keys(en)
        .filter((key) => !key.startsWith('$'))
        .some((key) => this.exists(key as keyof Strings, { lang: requested, includeFallback: false }));
      translated.set(requested, known);
    }
    return known ? requested : en.$code;
  }

  /** The language that a text is really in: a page's own translation may lack some texts. */
  language(key: keyof Strings = '$code'): Language {
    const known = this.#cache?.languages.get(key);
    if (known) return known;
    const language: Language = this.exists(key, { lang: this.lang(), includeFallback: false })
      ? { lang: this.term('$code'), dir: this.term('$dir') === 'rtl' ? 'rtl' : 'ltr' }
      : { lang: en.$code, dir: en.$dir };
    this.#cache?.languages.set(key, language);
    return language;
  }

  /**
   * A text to render, marked with its own language and direction, whatever surrounds it. Inserted
   * values such as names are isolated.
   */
  text<Key extends keyof Strings>(key: Key, ...values: TermArguments<Strings[Key]>): TemplateResult {
    const { dir } = this.language(key);
    const isolatedValues = values.map((value) => isolated(value, dir)) as TermArguments<Strings[Key]>;
    return this.phrase(this.term(key, ...isolatedValues), key);
  }

  /** The same for content that is composed of several texts. */
  phrase(content: unknown, key?: keyof Strings): TemplateResult {
    const { lang, dir } = this.language(key);
    return html`<span lang=${lang} dir=${dir}>${content}</span>`;
  }

  /** The message for a person about `error`. */
  error(error: SnapError): string {
    return this.term(`error-${error.code}`);
  }

  /** The same, to render. */
  errorText(error: SnapError): TemplateResult {
    return this.text(`error-${error.code}`);
  }

  #requested(): string {
    if (this.#cache) return this.#cache.requested;
    for (const node of [this.host as unknown as Node, ...ancestors(this.host)]) {
      const lang = isElement(node) ? node.getAttribute('lang') : null;
      if (lang) return locale(lang);
    }
    return super.lang();
  }
}

/** The arguments of a text: empty unless the text is a function. */
type TermArguments<Text> = Text extends (...values: infer Given) => string ? Given : [];

/** A tag that `Intl` accepts; English for an invalid tag. */
function locale(lang: string): string {
  const tag = lang.toLowerCase().replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ? tag : en.$code;
  } catch {
    return en.$code;
  }
}
