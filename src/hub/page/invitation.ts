import { USUAL_KEY, fragmentWith, isRoomCode, partsOf } from './address.js';

/** A hub, as invitations see it. */
interface Addressed {
  /** The key of its code in the page's fragment; the empty string: it leaves the address alone. */
  readonly fragment: string;
  /** Its code, if the page sets it; null: from the address. */
  readonly room: string | null;
}

const present = new Set<Addressed>();

/** Keeps the key and the code of `hub` out of invitations to other rooms, until `signal` aborts. */
export function enlist(hub: Addressed, signal: AbortSignal): void {
  present.add(hub);
  signal.addEventListener('abort', () => present.delete(hub), { once: true });
}

/**
 * The URL of this page that leads into the room of `code`. It keeps what else the page has in its
 * fragment and query, except the codes of other rooms: an invitation into one room must not invite
 * into another.
 */
export function invitation(fragment: string, code: string): string {
  const url = new URL(location.href);
  const keys = [...present].map((hub) => hub.fragment).filter((key) => key !== '' && key !== fragment);
  // Only a valid code is a secret. An invalid one may be part of any word.
  const rooms = [...present]
    .map(({ room }) => room ?? '')
    .filter((room) => isRoomCode(room) && room !== code);
  const namesRoom = (part: string): boolean => rooms.some((room) => part.includes(room));
  const namesKey = (part: string): boolean => keys.some((key) => part.startsWith(`${key}=`));
  const query = url.search.slice(1).split('&');
  const told = query.filter(
    (part) => valueOf(part) === code || !(isRoomCode(valueOf(part)) || namesRoom(part)),
  );
  if (told.length < query.length) url.search = told.join('&');
  const kept = withoutCodes(partsOf(url.hash).filter((part) => !namesKey(part) && !namesRoom(part)));
  url.hash = fragmentWith(kept.join('&'), fragment || USUAL_KEY, code);
  return url.href;
}

/**
 * The same by another page: `href`, relative to this one, with the code and nothing else of this
 * page's fragment.
 *
 * The other page's hub finds the code under the default key, `snap`. If it looks under another key,
 * `href` ends a part of its fragment with that key: with `phone.html#/take&car=` the code follows
 * `car=`. The other parts stay, except an anchor: with a code beside it, no browser would find it.
 */
export function invitationTo(href: string, inviteUrl: string): string {
  const code = codeOf(inviteUrl);
  if (code === null) return '';
  const url = new URL(href, document.baseURI);
  const parts = partsOf(url.hash);
  const place = parts.find((part) => isKey(part) || part.endsWith(`=${code}`));
  const key = place ? place.slice(0, place.lastIndexOf('=')) : USUAL_KEY;
  const kept = withoutCodes(parts).filter((part) => part !== place && /[/!=]/.test(part));
  url.hash = fragmentWith(kept.join('&'), key, code);
  return url.href;
}

/** Whether a part is a key without a value. Two `=` are the end of a value in Base64. */
function isKey(part: string): boolean {
  return part.indexOf('=') === part.length - 1;
}

/** The code in an invitation, which is the last part of its fragment. */
function codeOf(inviteUrl: string): string | null {
  const last = partsOf(new URL(inviteUrl).hash).map(valueOf).filter(isRoomCode).at(-1);
  return last ?? null;
}

/**
 * Removes every code, whatever its key, since some hub may look there. Keeps the route when a
 * router has a query of its own in the fragment (`#/claims?house=<code>`).
 */
function withoutCodes(parts: readonly string[]): string[] {
  return parts
    .map((part) => {
      if (!isRoomCode(valueOf(part))) return part;
      return part.slice(0, Math.max(0, part.lastIndexOf('?'), part.lastIndexOf(';')));
    })
    .filter(Boolean);
}

/** What follows the `=`, or all of it. Decoded, as mail programs encode more than they need to. */
function valueOf(part: string): string {
  try {
    return decodeURIComponent(part).replace(/^.*=/, '');
  } catch {
    return part;
  }
}
