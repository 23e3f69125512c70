/** In code points. Every file system in use takes 255 UTF-16 units or bytes, and browsers cut what is too long in bytes. */
const LONGEST = 200;

/** In code points, the dot counted. What follows a later dot than this is part of the name, not an extension. */
const LONGEST_EXTENSION = 17;

/** What a name becomes when nothing is left of it. */
const NAMELESS = 'file';

/**
 * Control characters, halves of surrogate pairs, noncharacters, line breaks, and what is invisible or turns the reading direction
 * around, so that "gpj.exe" reads as "exe.jpg". The joiners U+200C and U+200D and the selector U+FE0F stay: Persian words and many emoji
 * need them.
 */
const UNSEEN =
  /(?!\u200C|\u200D|\uFE0F)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** Device names that Windows takes for a file of any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * A file name that is safe to show and to save, from a name of unknown origin: without directories, without characters that
 * cannot be seen or that a file system refuses, neither hidden nor reserved, at most 200 characters long, its extension kept. Never empty.
 *
 * Cleaning a clean name changes nothing.
 */
export function cleanFileName(name: string): string {
  const seen = name.replace(UNSEEN, '').normalize('NFC');
  const last = seen
    .split(/[/\\]/)
    .map((part) => trim(part.replace(/[<>:"|?*]/g, '_').replace(/\p{Zs}+/gu, ' ')))
    .reverse()
    .find((part) => part !== '');
  if (last === undefined) return NAMELESS;
  return shorten(RESERVED.test(last) ? `_${last}` : last);
}

/** Leading dots hide a file, trailing ones and spaces are dropped by Windows. */
function trim(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, '');
}

function shorten(name: string): string {
  const points = Array.from(name);
  if (points.length <= LONGEST) return name;
  const dot = points.lastIndexOf('.');
  const extension = dot > 0 && points.length - dot <= LONGEST_EXTENSION ? points.slice(dot) : [];
  const stem = points.slice(0, LONGEST - extension.length).join('');
  return trim(stem) + extension.join('');
}
