import type { SnapPeer } from '../../../events.js';
import type { StringsController } from '../../../strings/strings-controller.js';

/** How many colours faces have: see `faces.styles.ts`. */
export const FACE_COLOURS = 12;

/**
 * What to call a member: its own name or, if it has none, one like *Amber Fox* that is derived from
 * its id. Every page derives the same one, each in its own language, so nothing about a person or a
 * device has to be sent for it.
 */
export function nameOf({ id, name }: Pick<SnapPeer, 'id' | 'name'>, strings: StringsController): string {
  return name || nicknameOf(id, strings);
}

/** The name of a member that has none. */
export function nicknameOf(id: string, strings: StringsController): string {
  const seed = hash(id);
  return strings.term('peer-nickname', seed >>> 20, (seed >>> 10) & 0x3ff);
}

/** The number of the colour by which a member is recognized, like its nickname. */
export function colourOf(id: string): number {
  return (hash(id) & 0x3ff) % FACE_COLOURS;
}

/** The first letters of the first and the last word of a name. */
export function initialsOf(name: string, lang: string): string {
  const words = name.split(/[\s\-_.]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  const letters = ends.map((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word)![0]).join('');
  // "ß" would become two letters.
  return [...letters.toLocaleUpperCase(lang)].slice(0, 3).join('') || [...name].slice(0, 1).join('');
}

/** FNV-1a: mixes the bits of ids that differ little. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (const each of text) mixed = Math.imul(mixed ^ each.codePointAt(0)!, 0x01000193);
  // The upper bits of FNV depend on the last characters only a little.
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 12)) >>> 0;
}
