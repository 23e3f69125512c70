/**
 * First strong isolate and pop directional isolate (Unicode Standard Annex 9, section 2.4): the
 * text between them gets its own direction.
 */
const ISOLATE = '\u2068';
const END = '\u2069';

/**
 * Hebrew, Arabic, Syriac, Thaana, N'Ko and related scripts, the presentation forms, and the
 * right-to-left part of the Supplementary Multilingual Plane.
 */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Isolates a value that is inserted in a sentence of direction `dir`, if it contains letters of the
 * other direction, which would otherwise disturb the order of the words.
 */
export function isolated(value: unknown, dir: 'ltr' | 'rtl'): unknown {
  if (typeof value !== 'string') return value;
  const letters = value.match(/\p{L}/gu) ?? [];
  const runsOtherwise = letters.some((letter) => RIGHT_TO_LEFT.test(letter) === (dir === 'ltr'));
  return runsOtherwise ? `${ISOLATE}${value}${END}` : value;
}
