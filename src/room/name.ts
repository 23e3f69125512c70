import { MAX_NAME } from './messages.js';

/**
 * Control characters, lone surrogates, line breaks, and characters that reorder or hide the text
 * around them (Unicode's bidirectional controls).
 */
const UNWANTED = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * `name` in a form that is safe to display: one line of at most 64 characters that cannot change
 * the direction of the text around it.
 */
export function cleanName(name: string): string {
  return [...name.replace(UNWANTED, '').trim()].slice(0, MAX_NAME).join('').trim();
}
