import { SnapError } from '../errors.js';
import { isRoomCode, makeRoomCode } from '../room/code.js';

export { isRoomCode };

/** Where a hub may find its room's code. */
export interface AddressOptions {
  /** The `room` attribute: goes before the address. */
  readonly room: string | null;
  /** The `fragment` attribute: the key in the address; the empty string: the address is left alone. */
  readonly fragment: string;
}

/** The key where nothing else is said: of an invitation, where the page's own address is left alone. */
export const USUAL_KEY = 'snap';
/** Where the code of such a page is kept for the tab. */
const STORED = 'snaptrail-room';

/**
 * The room's code in the page's address: one `key=code` part among whatever the page keeps in its fragment, parts being separated by `&`
 * (`#/inbox&snap=<code>`). A fragment never leaves the browser, so neither servers nor referrers learn the code.
 *
 * Finds the code, or makes one and writes it there. Throws `room-code-invalid` when there is something that is no code: it is left as it is.
 */
export function roomCode({ room, fragment }: AddressOptions): string {
  const given = room ?? codeInAddress(fragment || USUAL_KEY) ?? keptCode(fragment);
  if (given !== null && !isRoomCode(given)) throw new SnapError('room-code-invalid');
  const code = given ?? makeRoomCode();
  if (room === null) keepCode(fragment, code);
  return code;
}

/** Puts the code where the next page load, and whoever copies the address, finds it. */
export function keepCode(fragment: string, code: string): void {
  kept.set(fragment, code);
  if (fragment === '') return storeCode(code);
  if (codeInAddress(fragment) === code) return;
  try {
    // Not a navigation: no history entry, and the page's router is not told.
    const url = new URL(location.href);
    url.hash = fragmentWith(url.hash, fragment, code);
    history.replaceState(history.state, '', url.href);
  } catch {
    // Browsers refuse it to a frame whose address is not its own, and to a page that changes its address all the time.
  }
}

/** What stands in the page's address where the code is looked for; null: nothing. */
export function codeInAddress(fragment: string): string | null {
  return codeInFragment(location.hash, fragment);
}

/** The codes that this document had, by key: an address that has lost its code still belongs to that room. */
const kept = new Map<string, string>();

function keptCode(fragment: string): string | null {
  return kept.get(fragment) ?? (fragment === '' ? storedCode() : null);
}

/** What stands after `key=` in a fragment, or null. With or without the leading `#`. */
export function codeInFragment(fragment: string, key: string): string | null {
  const part = partsOf(fragment).find((each) => each.startsWith(`${key}=`));
  return part === undefined ? null : part.slice(key.length + 1);
}

/** The fragment, with its `#`, with `key=code` in it and all else as it was. */
export function fragmentWith(fragment: string, key: string, code: string): string {
  const others = partsOf(fragment).filter((each) => !each.startsWith(`${key}=`));
  return `#${[...others, `${key}=${code}`].join('&')}`;
}

/** What `&` separates in a fragment. With or without the leading `#`. */
export function partsOf(fragment: string): string[] {
  return fragment.replace(/^#/, '').split('&').filter(Boolean);
}

/** Storage may be forbidden to a page (third-party frames): then the code lives as long as the page. */
function storedCode(): string | null {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function storeCode(code: string): void {
  try {
    sessionStorage.setItem(STORED, code);
  } catch {
    return;
  }
}
