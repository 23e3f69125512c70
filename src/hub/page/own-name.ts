import { cleanName } from '../../room/name.js';

/** The key in `localStorage` of the name that the person has given. */
const KEY = 'snaptrail-name';

/** The name as long as this page lives, where storage is forbidden or full; null: look there. */
let given: string | null = null;

/**
 * The name that others see: the one that the page has set, else the one that the person has given
 * on this site, perhaps on an earlier visit; else the empty string.
 */
export function ownName(setByPage: string): string {
  return cleanName(setByPage) || (given ?? cleanName(stored()));
}

/** Whether the page has set the name, so that the person cannot. */
export function isNamed(setByPage: string): boolean {
  return cleanName(setByPage) !== '';
}

/** Remembers the name that the person gives; the empty string forgets it. */
export function keepOwnName(name: string): void {
  given = cleanName(name);
  try {
    if (given === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, given);
  } catch {
    // Forbidden, as in third-party frames, or full: the name lasts as long as the page.
  }
}

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
