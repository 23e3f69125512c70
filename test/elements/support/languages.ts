import en from '../../../src/strings/en.js';
import { registerTranslation } from '../../../src/strings/strings-controller.js';
import type { Strings } from '../../../src/strings/texts.js';

/**
 * English, written as if it were another language: every text of `$code` is what `write` makes of
 * the English one.
 */
function register($code: string, $dir: 'ltr' | 'rtl', write: (text: string) => string): void {
  const entries = Object.entries(en).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [key, write(String(value))];
    return [key, (...given: unknown[]) => write((value as (...given: unknown[]) => string)(...given))];
  });
  registerTranslation({ ...(Object.fromEntries(entries) as Strings), $code, $name: $code, $dir });
}

const HEBREW = 'אבגדהוזחטיכלמנסעפצקרשת';

/** Letters of Hebrew, and half as many again. */
function asHebrew(text: string): string {
  const letters = text.replace(/\p{L}/gu, (letter) => HEBREW[letter.codePointAt(0)! % HEBREW.length]!);
  return letters.replace(/\p{L}{2,}/gu, (word) => word + word.slice(0, Math.ceil(word.length / 2)));
}

/** Two words in one, as in a language that puts them together. */
function asCompounds(text: string): string {
  return text.replace(/(\p{L}+) (\p{L}+)/gu, (_, one: string, other: string) => one + other.toLowerCase());
}

register('he', 'rtl', asHebrew);
register('de', 'ltr', asCompounds);

/**
 * The two that the elements speak, one that is written from right to left, and one with long words.
 */
export const LANGUAGES = ['en', 'ru', 'he', 'de'];

/**
 * Switches the whole page; resolves when every one of `elements` has been rendered in that
 * language.
 */
export async function speak(
  lang: string,
  elements: readonly { readonly updateComplete: Promise<boolean> }[] = [],
): Promise<void> {
  const { documentElement: page } = document;
  const told = new Promise((resolve) => {
    const watch = new MutationObserver((_, observer) => {
      observer.disconnect();
      resolve(undefined);
    });
    watch.observe(page, { attributeFilter: ['lang'] });
  });
  page.dir = lang === 'he' ? 'rtl' : 'ltr';
  page.lang = lang;
  await told;
  await Promise.all(elements.map(({ updateComplete }) => updateComplete));
}
