import { USUAL_KEY, fragmentWith, isRoomCode, partsOf } from './address.js';

/** A hub, as far as the page's address is concerned. */
interface Addressed {
  /**
   * The key in the page's fragment that holds its code; the empty string: it leaves the address
   * alone.
   */
  readonly fragment: string;
  /** Its code, where the page gives it; null: from the address. */
  readonly room: string | null;
}

const present = new Set<Addressed>();

/**
 * Makes `hub` known until `signal` aborts: its key and its code go into no invitation to another
 * room.
 */
export function enlist(hub: Addressed, signal: AbortSignal): void {
  present.add(hub);
  signal.addEventListener('abort', () => present.delete(hub), { once: true });
}

/**
 * The address that brings somebody into the room of `code` by this very page. What the page keeps
 * in its fragment goes along; the codes of other rooms do not, of its query neither: whoever is
 * invited into one room is not invited into another.
 */
export function invitation(fragment: string, code: string): string {
  const url = new URL(location.href);
  const keys = [...present].map((hub) => hub.fragment).filter((key) => key !== '' && key !== fragment);
  // What is no code is no secret: letters that the author took for one may stand in any word.
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
 * The other page's hub finds the code under the usual key, `snap`. For a hub that looks under
 * another, `href` leaves a place: with `phone.html#/take&car=` the code goes after `car=`. What
 * else the author wrote there stays, too, but an anchor: with a code beside it, no browser would
 * find it.
 */
export function invitationTo(href: string, inviteUrl: string): string {
  const code = codeOf(inviteUrl);
  if (code === null) return '';
  const url = new URL(href, document.baseURI);
  const parts = partsOf(url.hash);
  const place = parts.find((part) => isPlace(part) || part.endsWith(`=${code}`));
  const key = place ? place.slice(0, place.lastIndexOf('=')) : USUAL_KEY;
  const kept = withoutCodes(parts).filter((part) => part !== place && /[/!=]/.test(part));
  url.hash = fragmentWith(kept.join('&'), key, code);
  return url.href;
}

/**
 * A key without a value. What ends with `==`, or with one `=` after another, has a value: in
 * Base64.
 */
function isPlace(part: string): boolean {
  return part.indexOf('=') === part.length - 1;
}

/** The code of the room that an invitation leads into: it stands last. */
function codeOf(inviteUrl: string): string | null {
  const last = partsOf(new URL(inviteUrl).hash).map(valueOf).filter(isRoomCode).at(-1);
  return last ?? null;
}

/**
 * Leaves out every code, whatever its key: a hub may have looked there, or may yet. Where a router
 * has a query of its own in the fragment (`#/claims?house=<code>`), the route stays.
 */
function withoutCodes(parts: readonly string[]): string[] {
  return parts
    .map((part) => {
      if (!isRoomCode(valueOf(part))) return part;
      return part.slice(0, Math.max(0, part.lastIndexOf('?'), part.lastIndexOf(';')));
    })
    .filter(Boolean);
}

/** What stands after the `=`, or the whole. Mail programs percent-encode what they need not. */
function valueOf(part: string): string {
  try {
    return decodeURIComponent(part).replace(/^.*=/, '');
  } catch {
    return part;
  }
}
