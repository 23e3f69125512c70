import type { ConnectionState, SnapPeer } from '../../../events.js';
import type { HubElement } from '../../../hub/hub-element.js';
import type { StringsController } from '../../../strings/strings-controller.js';
import { isVisible } from '../../../visible.js';
import { nameOf } from './names.js';

/** How many people are named in one sentence. */
const MAX_NAMED = 3;

/** Who was in the room when it was last announced, and how the hub was. */
interface Presence {
  readonly state: ConnectionState;
  readonly here: ReadonlyMap<string, SnapPeer>;
  readonly lost: ReadonlyMap<string, SnapPeer>;
}

/** What was announced last about each hub. */
const announced = new WeakMap<HubElement, Presence>();

const IN_ROOM: readonly ConnectionState[] = ['waiting', 'connected', 'reconnecting'];

/**
 * The sentences that tell screen readers who came and went since they were last told, on whichever
 * element of the hub. Several elements of a page show the connection, and each of them asks: the
 * first that is visible gets the sentences, and the others get none. (A live region in a closed
 * dialog is not read out.)
 */
export function takePresence(
  hub: HubElement | null,
  element: HTMLElement,
  strings: StringsController,
): string[] {
  if (!hub) return [];
  const now = presenceOf(hub);
  const before = announced.get(hub);
  const sentences = before ? changes(before, now, strings) : [];
  // Looked up last, because it may take the browser some time.
  if (sentences.length > 0 && !isVisible(element)) return [];
  announced.set(hub, now);
  return sentences;
}

function presenceOf({ state, peers, lostPeers }: HubElement): Presence {
  const byId = (list: readonly SnapPeer[]): ReadonlyMap<string, SnapPeer> =>
    new Map(list.map((peer) => [peer.id, peer]));
  return { state, here: byId(peers), lost: byId(lostPeers) };
}

function changes(before: Presence, now: Presence, strings: StringsController): string[] {
  // Whoever leaves a room knows that all others are gone.
  if (!IN_ROOM.includes(now.state)) return [];
  if (!IN_ROOM.includes(before.state)) {
    return now.here.size > 0 ? [`${strings.term('state-connected', now.here.size)}.`] : [];
  }
  const came = [...now.here.values()].filter(({ id }) => !before.here.has(id));
  const gone = [...before.here.values(), ...before.lost.values()].filter(({ id }) => !now.here.has(id));
  const people: [key: PresenceKey, peers: SnapPeer[]][] = [
    ['presence-joined', came.filter(({ id }) => !before.lost.has(id))],
    ['presence-back', came.filter(({ id }) => before.lost.has(id))],
    ['presence-lost', gone.filter(({ id }) => now.lost.has(id) && !before.lost.has(id))],
    ['presence-left', gone.filter(({ id }) => !now.lost.has(id))],
  ];
  const sentences = people
    .filter(([, peers]) => peers.length > 0)
    .map(([key, peers]) => strings.term(key, listed(peers, strings)));
  return sentences.length > 0 ? sentences : own(before.state, now.state, strings);
}

type PresenceKey = 'presence-joined' | 'presence-back' | 'presence-lost' | 'presence-left';

/** What happened to the connection of this page, if it happened to nobody's in particular. */
function own(before: ConnectionState, now: ConnectionState, strings: StringsController): string[] {
  if (before === now || (before !== 'reconnecting' && now !== 'reconnecting')) return [];
  return [strings.term(now === 'reconnecting' ? 'state-reconnecting' : 'presence-online')];
}

function listed(peers: readonly SnapPeer[], strings: StringsController): string {
  const named = peers.length > MAX_NAMED ? peers.slice(0, MAX_NAMED - 1) : peers;
  const names = named.map((peer) => nameOf(peer, strings)).join(', ');
  const more = peers.length - named.length;
  return more > 0 ? `${names} ${strings.term('sender-more', more)}` : names;
}
