/**
 * In bytes of UTF-8: the longest name that Linux and Android file systems take. Windows and macOS
 * allow 255 UTF-16 units, which is never less.
 */
const LONGEST = 255;

/**
 * In bytes. Names are cut to this length, which leaves space for a number that tells duplicates
 * apart.
 */
const WITHOUT_NUMBER = 240;

/**
 * In code points, including the dot. If more follows the last dot, it is part of the name and not
 * an extension.
 */
const LONGEST_EXTENSION = 17;

/** The name of a file of whose name nothing is left. */
const NAMELESS = 'file';

/**
 * Control characters, lone surrogates, noncharacters, line breaks, and characters that are
 * invisible or reverse the reading direction, so that "gpj.exe" reads as "exe.jpg". The joiners
 * U+200C and U+200D and the variation selector U+FE0F are kept: Persian words and many emoji need
 * them.
 */
const UNSEEN =
  /(?!\u200C|\u200D|\uFE0F)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** Device names that Windows reserves, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/**
 * Turns a name of unknown origin into one that is safe to show and to save: no directories, no
 * invisible characters or characters that a file system refuses, neither hidden nor reserved, at
 * most 240 bytes, with its extension. Never empty.
 *
 * Idempotent: a clean name is returned unchanged.
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
  // Cutting may have left a reserved name.
  return unreserved(short);
}

/**
 * Makes names unique for every file system by numbering duplicates: `a.jpg`, `a (2).jpg`. Names
 * count as equal if they differ only in letter case or in how accents are composed. Ten cameras
 * give their first photo the same name, and a ZIP with two entries of one name loses one of them.
 * No name becomes longer than 255 bytes.
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

/** A key that is equal for names that some file system treats as the same. */
function alike(name: string): string {
  return name.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}

function unreserved(name: string): string {
  return RESERVED.test(name) ? `_${name}` : name;
}

/** A leading dot hides a file; Windows drops trailing dots and spaces. */
function trim(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, '');
}

/**
 * Shortens `name` to `longest` bytes, with `suffix` before its extension. Cuts between grapheme
 * clusters.
 */
function shorten(name: string, suffix: string, longest: number): string {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && [...name.slice(dot)].length <= LONGEST_EXTENSION;
  const [stem, extension] = hasExtension ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const limit = longest - bytesIn(suffix + extension);
  if (bytesIn(stem) <= limit) return stem + suffix + extension;
  // A character takes at least as many bytes as UTF-16 units, so the rest cannot fit and need not
  // be segmented.
  const start = stem.slice(0, limit + 2);
  // A single letter with a hundred accents may be longer than the limit: then cut between code
  // points.
  const kept = beginning(graphemes(start), limit) || beginning([...start], limit);
  return trim(kept) + suffix + extension;
}

/** As many of the first `parts` as fit in `limit` bytes. */
function beginning(parts: Iterable<string>, limit: number): string {
  let text = '';
  let used = 0;
  for (const part of parts) {
    used += bytesIn(part);
    if (used > limit) break;
    text += part;
  }
  return text;
}

/** Missing in Firefox before 125. */
const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

function graphemes(text: string): string[] {
  return segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text];
}

/**
 * The encoder is not a module constant: a browser without TextEncoder must load far enough to be
 * told that it is unsupported.
 */
function bytesIn(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
