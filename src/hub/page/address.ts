import { SnapError } from '../../errors.js';
import { isRoomCode, makeRoomCode } from '../../room/code.js';
import { TokenBucket } from '../../timing/token-bucket.js';

export { isRoomCode };

/** Where a hub looks for its room's code. */
export interface AddressOptions {
  /** The `room` attribute: takes precedence over the address. */
  readonly room: string | null;
  /**
   * The `fragment` attribute: the key in the address; the empty string: the address is left alone.
   */
  readonly fragment: string;
}

/** The default key, which invitations use too when the hub leaves the page's address alone. */
export const USUAL_KEY = 'snap';
/** The key in `sessionStorage` of the code of a page whose address is left alone. */
const STORED = 'snaptrail-room';

/**
 * The room's code. It is found in the page's address, or made and written there, as one `key=code`
 * part beside whatever the page keeps in its fragment; `&` separates the parts
 * (`#/inbox&snap=<code>`). A fragment never leaves the browser, so neither servers nor referrers
 * learn the code.
 *
 * Throws `room-code-invalid` if something else than a code is there, and leaves that as it is.
 */
export function roomCode({ room, fragment }: AddressOptions): string {
  const given = givenCode({ room, fragment });
  if (given !== null && !isRoomCode(given)) throw new SnapError('room-code-invalid');
  const code = given ?? makeRoomCode();
  if (given === null) made.add(code);
  if (room === null) keepCode(fragment, code);
  return code;
}

/** The code that the page or its address gives, unchecked; null: a new one is to be made. */
export function givenCode({ room, fragment }: AddressOptions): string | null {
  return room ?? codeInAddress(fragment || USUAL_KEY) ?? keptCode(fragment);
}

/** Stores the code where the next page load, and whoever copies the address, finds it. */
export function keepCode(fragment: string, code: string): void {
  kept.set(fragment, code);
  if (fragment === '') return storeText(STORED, code);
  if (codeInAddress(fragment) === code || !rewrites.take()) return;
  try {
    // Add no history entry, and keep the state that the page's router has stored with this one.
    const url = new URL(location.href);
    url.hash = fragmentWith(url.hash, fragment, code);
    history.replaceState(history.state, '', url.href);
  } catch {
    // Browsers refuse this to a frame with an address like `about:srcdoc`.
  }
}

/**
 * Replaces the code `former` by `code`. Going back in the history to `former` does not lead back
 * into its room.
 */
export function renewCode(fragment: string, former: string | null, code: string): void {
  if (former !== null) replaced.add(former);
  made.add(code);
  keepCode(fragment, code);
}

/**
 * The page goes away. If its router has taken the code out of the address, remembers the code for a
 * reload at this address. A page that is opened anew at the address does not find it.
 */
export function rememberAddress(fragment: string, code: string): void {
  if (fragment !== '' && codeInAddress(fragment) === null)
    storeText(`${STORED}-${fragment}`, `${code} ${location.href}`);
}

/** The code in the page's address, unchecked; null when there is none, or one that was replaced. */
export function codeInAddress(fragment: string): string | null {
  const code = codeInFragment(location.hash, fragment);
  return code !== null && replaced.has(code) ? null : code;
}

/** The codes that this document has had, by key. They hold wherever its router leads. */
const kept = new Map<string, string>();
/** The codes that this document has made. */
const made = new Set<string>();
/** The codes of this document that were replaced by new ones. */
const replaced = new Set<string>();
/**
 * Limits how often the code is written back. A router that keeps taking it out of the address wins:
 * browsers stop a page that rewrites its address all the time.
 */
const rewrites = new TokenBucket(20, 1_000);

function keptCode(fragment: string): string | null {
  const code = kept.get(fragment);
  if (code !== undefined) return code;
  if (fragment === '') return storedText(STORED);
  const [remembered, address] = storedText(`${STORED}-${fragment}`)?.split(' ') ?? [];
  return remembered !== undefined && address === location.href && isReload() ? remembered : null;
}

/**
 * Whether this page was opened by an invitation with `code`. Not told of a page that was reloaded,
 * which may have made the code before.
 */
export function isInvited(code: string): boolean {
  return !isMadeHere(code) && !isReload();
}

/** Whether this document has made that code itself, so that nobody can have led the person here. */
export function isMadeHere(code: string): boolean {
  return made.has(code);
}

/** Whether this entry of the history was loaded before. */
function isReload(): boolean {
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return load?.type === 'reload' || load?.type === 'back_forward';
}

/** What follows `key=` in a fragment, with or without its leading `#`; or null. */
export function codeInFragment(fragment: string, key: string): string | null {
  const start = `${inUrl(key)}=`;
  return (
    partsOf(fragment)
      .find((each) => each.startsWith(start))
      ?.slice(start.length) ?? null
  );
}

/** The fragment with `key=code` as its last part, every other part as it was, and a leading `#`. */
export function fragmentWith(fragment: string, key: string, code: string): string {
  const start = `${inUrl(key)}=`;
  const others = partsOf(fragment).filter((each) => !each.startsWith(start));
  return `#${[...others, start + code].join('&')}`;
}

/** The key as it is written in an address: separators, and whatever is not ASCII, are encoded. */
function inUrl(key: string): string {
  return key.replace(/[^!$%'-;=?-Z_a-z~]/gu, encodeURIComponent);
}

/** The parts of a fragment, with or without its leading `#`, that `&` separates. */
export function partsOf(fragment: string): string[] {
  return fragment.replace(/^#/, '').split('&').filter(Boolean);
}

/**
 * Null also when storage is forbidden, as in third-party frames: the code lives as long as the
 * page.
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
