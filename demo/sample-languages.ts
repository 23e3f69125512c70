import en from '../src/strings/en.js';
import { registerTranslation } from '../src/strings/strings-controller.js';
import type { Strings } from '../src/strings/texts.js';

/**
 * Samples of languages that snaptrail does not speak: each English text, transformed. They show
 * whether the elements hold long words, and texts that run from right to left.
 */
register('de', 'Long words', 'ltr', asCompounds);
register('ar', 'Right to left', 'rtl', asArabic);

/** The languages of the gallery and of the tests. */
export const LANGUAGES = ['en', 'ru', 'de', 'ar'];

/** The direction in which one writes `lang`. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return lang === 'ar' ? 'rtl' : 'ltr';
}

function register($code: string, $name: string, $dir: 'ltr' | 'rtl', write: (text: string) => string): void {
  const entries = Object.entries(en).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'function') return [key, write(String(value))];
    return [key, (...given: unknown[]) => write((value as (...given: unknown[]) => string)(...given))];
  });
  registerTranslation({ ...(Object.fromEntries(entries) as Strings), $code, $name, $dir });
}

/** Joins words in pairs, as a language with long compounds does. */
function asCompounds(text: string): string {
  return text.replace(/(\p{L}+) (\p{L}+)/gu, (_, one: string, other: string) => one + other.toLowerCase());
}

/** Replaces letters by Arabic ones, and makes words half as long again. */
function asArabic(text: string): string {
  const alphabet = 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي';
  const letters = text.replace(/\p{L}/gu, (letter) => alphabet[letter.codePointAt(0)! % alphabet.length]!);
  return letters.replace(/\p{L}{2,}/gu, (word) => word + word.slice(0, Math.ceil(word.length / 2)));
}
