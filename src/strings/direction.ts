/**
 * First strong isolate and pop directional isolate (Unicode Standard Annex 9, section 2.4): between
 * them a name has a direction of its own.
 */
const ISOLATE = '\u2068';
const END = '\u2069';

/**
 * Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, presentation forms and the
 * right-to-left part of the first plane beyond.
 */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Keeps a value apart from the sentence of direction `dir` that it is put into, where the two would
 * run into each other.
 */
export function isolated(value: unknown, dir: 'ltr' | 'rtl'): unknown {
  if (typeof value !== 'string') return value;
  const letters = value.match(/\p{L}/gu) ?? [];
  const runsOtherwise = letters.some((letter) => RIGHT_TO_LEFT.test(letter) === (dir === 'ltr'));
  return runsOtherwise ? `${ISOLATE}${value}${END}` : value;
}
