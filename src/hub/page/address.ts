import { SnapError } from '../../errors.js';
import { isRoomCode, makeRoomCode } from '../../room/code.js';
import { TokenBucket } from '../../timing/token-bucket.js';

export { isRoomCode };

/** Where a hub may find its room's code. */
export interface AddressOptions {
  /** The `room` attribute: goes before the address. */
  readonly room: string | null;
  /**
   * The `fragment` attribute: the key in the address; the empty string: the address is left alone.
   */
  readonly fragment: string;
}

/**
 * The key where nothing else is said: of an invitation, where the page's own address is left alone.
 */
export const USUAL_KEY = 'snap';
/** Where the code of such a page is kept for the tab. */
const STORED = 'snaptrail-room';

/**
 * The room's code in the page's address: one `key=code` part among whatever the page keeps in its
 * fragment, parts being separated by `&` (`#/inbox&snap=<code>`). A fragment never leaves the
 * browser, so neither servers nor referrers learn the code.
 *
 * Finds the code, or makes one and writes it there. Throws `room-code-invalid` when there is
 * something that is no code: it is left as it is.
 */
export function roomCode({ room, fragment }: AddressOptions): string {
  const given = givenCode({ room, fragment });
  if (given !== null && !isRoomCode(given)) throw new SnapError('room-code-invalid');
  const code = given ?? makeRoomCode();
  if (room === null) keepCode(fragment, code);
  return code;
}

/** What is to be the code, as far as the page and its address say; null: a new one. */
export function givenCode({ room, fragment }: AddressOptions): string | null {
  return room ?? codeInAddress(fragment || USUAL_KEY) ?? keptCode(fragment);
}

/** Puts the code where the next page load, and whoever copies the address, finds it. */
export function keepCode(fragment: string, code: string): void {
  kept.set(fragment, code);
  if (fragment === '') return storeText(STORED, code);
  if (codeInAddress(fragment) === code || !rewrites.take()) return;
  try {
    // Not a navigation: no history entry, and what the page's router keeps beside the entry stays.
    const url = new URL(location.href);
    url.hash = fragmentWith(url.hash, fragment, code);
    history.replaceState(history.state, '', url.href);
  } catch {
    // Browsers refuse it to a frame whose address is not its own.
  }
}

/**
 * A new code takes the place of `former`: whoever goes back in the history to that does not go back
 * into its room.
 */
export function renewCode(fragment: string, former: string | null, code: string): void {
  if (former !== null) replaced.add(former);
  keepCode(fragment, code);
}

/**
 * The page goes away, and its router has just taken the code out of the address: who reloads it
 * there finds the code all the same. A page that is opened anew at that address does not.
 */
export function rememberAddress(fragment: string, code: string): void {
  if (fragment !== '' && codeInAddress(fragment) === null)
    storeText(`${STORED}-${fragment}`, `${code} ${location.href}`);
}

/**
 * What stands in the page's address where the code is looked for; null: nothing, or a code that was
 * given up.
 */
export function codeInAddress(fragment: string): string | null {
  const code = codeInFragment(location.hash, fragment);
  return code !== null && replaced.has(code) ? null : code;
}

/**
 * The codes that this document has had, by key: wherever its router leads, it is still in that
 * room.
 */
const kept = new Map<string, string>();
/** Codes of this document in whose place there are new ones. */
const replaced = new Set<string>();
/**
 * A router that takes every code out of the address again has its way: browsers stop a page that
 * writes there all the time.
 */
const rewrites = new TokenBucket(20, 1_000);

function keptCode(fragment: string): string | null {
  const code = kept.get(fragment);
  if (code !== undefined) return code;
  if (fragment === '') return storedText(STORED);
  const [remembered, address] = storedText(`${STORED}-${fragment}`)?.split(' ') ?? [];
  return remembered !== undefined && address === location.href && isReload() ? remembered : null;
}

/** Whether the page was here before in this place of the history. */
function isReload(): boolean {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return load?.type === 'reload' || load?.type === 'back_forward';
}

/** What stands after `key=` in a fragment, or null. With or without the leading `#`. */
export function codeInFragment(fragment: string, key: string): string | null {
  const start = `${inUrl(key)}=`;
  return (
    partsOf(fragment)
      .find((each) => each.startsWith(start))
      ?.slice(start.length) ?? null
  );
}

/** The fragment, with its `#`, with `key=code` in it and all else as it was. */
export function fragmentWith(fragment: string, key: string, code: string): string {
  const start = `${inUrl(key)}=`;
  const others = partsOf(fragment).filter((each) => !each.startsWith(start));
  return `#${[...others, start + code].join('&')}`;
}

/** As it stands in an address: what separates there, and what is not of ASCII, is encoded. */
function inUrl(key: string): string {
  return key.replace(/[^!$%'-;=?-Z_a-z~]/gu, encodeURIComponent);
}

/** What `&` separates in a fragment. With or without the leading `#`. */
export function partsOf(fragment: string): string[] {
  return fragment.replace(/^#/, '').split('&').filter(Boolean);
}

/**
 * Storage may be forbidden to a page (third-party frames): then the code lives as long as the page.
 */
function storedText(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function storeText(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    return;
  }
}
