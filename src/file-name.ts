/**
 * In bytes of UTF-8: what the file systems of Linux and Android take; those of Windows and macOS
 * take as many UTF-16 units, which is no less.
 */
const LONGEST = 255;

/** In bytes: what a name is cut to, so that whoever has the same one twice can number it. */
const WITHOUT_NUMBER = 240;

/**
 * In code points, the dot counted. What follows a later dot than this is part of the name, not an
 * extension.
 */
const LONGEST_EXTENSION = 17;

/** What a name becomes when nothing is left of it. */
const NAMELESS = 'file';

/**
 * Control characters, halves of surrogate pairs, noncharacters, line breaks, and what is invisible
 * or turns the reading direction around, so that "gpj.exe" reads as "exe.jpg". The joiners U+200C
 * and U+200D and the selector U+FE0F stay: Persian words and many emoji need them.
 */
const UNSEEN =
  /(?!\u200C|\u200D|\uFE0F)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** Device names that Windows takes for a file of any extension. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/**
 * A file name that is safe to show and to save, from a name of unknown origin: without directories,
 * without characters that cannot be seen or that a file system refuses, neither hidden nor
 * reserved, at most 240 bytes long, its extension kept. Never empty.
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
  const short = shorten(unreserved(last), '', WITHOUT_NUMBER);
  // What was cut off may have been all that set it apart.
  return unreserved(short);
}

/**
 * Names that differ for every file system: letters' case does not count, nor whether an accent is a
 * character of its own. `a.jpg`, `a (2).jpg`. Ten cameras call their first photo the same, and an
 * archive with two entries of one name loses one of them. None gets longer than 255 bytes.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = shorten(name, '', LONGEST);
    for (let count = 2; taken.has(alike(unique)); count += 1) unique = shorten(name, ` (${count})`, LONGEST);
    taken.add(alike(unique));
    return unique;
  });
}

/** The same for names that a file system somewhere takes for one another. */
function alike(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

function unreserved(name: string): string {
  return RESERVED.test(name) ? `_${name}` : name;
}

/** Leading dots hide a file, trailing ones and spaces are dropped by Windows. */
function trim(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, '');
}

/**
 * `name` in at most `longest` bytes, with `suffix` before its extension. What is cut off is cut
 * between characters as they are seen.
 */
function shorten(name: string, suffix: string, longest: number): string {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && [...name.slice(dot)].length <= LONGEST_EXTENSION;
  const [stem, extension] = hasExtension ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const room = longest - bytesIn(suffix + extension);
  if (bytesIn(stem) <= room) return stem + suffix + extension;
  // A character takes no fewer bytes than UTF-16 units: what lies beyond these does not fit, and is
  // not looked at.
  const start = stem.slice(0, room + 2);
  // A letter under a hundred accents is longer than any name.
  const kept = beginning(graphemes(start), room) || beginning([...start], room);
  return trim(kept) + suffix + extension;
}

/** As many of the first `parts` as fit in `room` bytes. */
function beginning(parts: Iterable<string>, room: number): string {
  let text = '';
  let used = 0;
  for (const part of parts) {
    used += bytesIn(part);
    if (used > room) break;
    text += part;
  }
  return text;
}

/** Firefox before 125 has none. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

function graphemes(text: string): string[] {
  return segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text];
}

/** Not kept for good: a browser without it must get as far as being told so. */
function bytesIn(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
