import en from '../../../src/strings/en.js';
import { registerTranslation } from '../../../src/strings/strings-controller.js';
import type { Strings } from '../../../src/strings/texts.js';

/** Registers a pseudo-translation: each English text, transformed by `write`. */
function register($code: string, $dir: 'ltr' | 'rtl', write: (text: string) => string): void {
  const entries = Object.entries(en).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [key, write(String(value))];
    return [key, (...given: unknown[]) => write((value as (...given: unknown[]) => string)(...given))];
  });
  registerTranslation({ ...(Object.fromEntries(entries) as Strings), $code, $name: $code, $dir });
}

const HEBREW = 'אבגדהוזחטיכלמנסעפצקרשת';

/** Replaces letters by Hebrew ones, and makes words half as long again. */
function asHebrew(text: string): string {
  const letters = text.replace(/\p{L}/gu, (letter) => HEBREW[letter.codePointAt(0)! % HEBREW.length]!);
  return letters.replace(/\p{L}{2,}/gu, (word) => word + word.slice(0, Math.ceil(word.length / 2)));
}

/** Joins words in pairs, as a language with long compounds does. */
function asCompounds(text: string): string {
  return text.replace(/(\p{L}+) (\p{L}+)/gu, (_, one: string, other: string) => one + other.toLowerCase());
}

register('he', 'rtl', asHebrew);
register('de', 'ltr', asCompounds);

/** The two built-in languages, a right-to-left one, and one with long words. */
export const LANGUAGES = ['en', 'ru', 'he', 'de'];

/** Switches the language of the page; resolves once all `elements` have rendered in it. */
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
