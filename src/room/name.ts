import { MAX_NAME } from './messages.js';

/**
 * Controls, lone surrogates, line breaks, and whatever turns or hides the text around it (Unicode's
 * bidirectional controls).
 */
const UNWANTED = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * `name` as it may stand in a page: one line, reading in its own direction, of at most 64
 * characters.
 */
export function cleanName(name: string): string {
  return [...name.replace(UNWANTED, '').trim()].slice(0, MAX_NAME).join('').trim();
}
