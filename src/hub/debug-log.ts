import type { SnapError } from '../errors.js';
import type { SnapPeer } from '../events.js';
import type { Transfer } from '../transfer/transfer.js';
import type { Hub } from './hub.js';

/** Any value but the empty string under this key of `localStorage` turns the log on. */
const KEY = 'snaptrail-debug';

/**
 * Logs what the room and the transfers of `hub` do, until `signal` aborts, while the `debug`
 * attribute or the key in `localStorage` asks for it.
 *
 * People paste such logs into bug reports. So a line never holds what lets somebody in or tells
 * what was sent: no code, tag or key of a room, no invitation, no name of a file or a person, no
 * content, and of an error only its code. Ids of peers and transfers, which are no secrets, are
 * shortened.
 */
export function logHub(hub: Pick<Hub, 'on' | 'settings' | 'error'>, signal: AbortSignal): void {
  const states = new WeakMap<object, string>();
  const options = { signal };
  const log = (line: string): void => {
    // eslint-disable-next-line no-console -- the page asks for it
    if (hub.settings.debug || isStored()) console.debug(`[snaptrail] ${line}`);
  };
  /** A line that says the same as the last one about `subject` is left out. */
  const logNew = (subject: object, line: string): void => {
    if (states.get(subject) !== line) log(line);
    states.set(subject, line);
  };
  hub.on('state', (state) => logNew(hub, `state ${state}${because(hub.error)}`), options);
  hub.on('trouble', (trouble) => log(`trouble ${trouble?.code ?? 'over'}`), options);
  hub.on('peer-join', (peer) => log(`${nameOf(peer)} joined`), options);
  hub.on('peer-leave', (peer) => log(`${nameOf(peer)} left`), options);
  hub.on('peer-path', (peer) => log(`${nameOf(peer)} ${pathOf(peer)}`), options);
  hub.on('error', ({ code }) => log(`error ${code}`), options);
  hub.on('transfer', (transfer) => logNew(transfer, stateOf(transfer)), options);
}

function isStored(): boolean {
  try {
    return Boolean(localStorage.getItem(KEY));
  } catch {
    // Storage may be forbidden to the page.
    return false;
  }
}

function nameOf({ id }: SnapPeer): string {
  return `peer ${short(id)}`;
}

function pathOf({ relayed, roundTrip }: SnapPeer): string {
  const way = relayed === null ? 'connected' : relayed ? 'relayed' : 'direct';
  return roundTrip > 0 ? `${way}, ${Math.round(roundTrip)} ms` : way;
}

/** What is sent or received, its state, how far it is in quarters, and each recipient's state. */
function stateOf({ direction, id, state, size, loaded, error, recipients }: Transfer): string {
  const quarters = size > 0 ? Math.floor((loaded / size) * 4) * 25 : 0;
  const to = recipients.map((each) => `${short(each.id)} ${each.state}`).join(', ');
  return `${direction} ${short(id)} ${state}${because(error)} ${quarters} %${to && ` to ${to}`}`;
}

function because(error: SnapError | null): string {
  return error ? ` (${error.code})` : '';
}

/** Enough digits to tell one from another. An id that a page made up may be a name: a `?`. */
function short(id: string): string {
  return /^[0-9a-f]{8}/.exec(id)?.[0] ?? '?';
}
