import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import type { Clock } from '../timing/clock.js';
import { isMemberId } from './keys.js';
import type { PeerSession } from './peer-session.js';
import type { Members } from './members.js';
import type { HelloMessage } from './messages.js';
import type { Penalties } from './penalties.js';

/**
 * Two connections to one member that came to be within this time are a race of two dials; later,
 * the newer one is there because the other side has lost the older. In ms.
 */
const RACE_WINDOW = 3_000;

/**
 * What becomes of a proven connection: it is taken, it is turned away because the room is full, or
 * it is closed for a reason.
 */
export type AccessDecision = 'welcome' | 'full' | SnapError;

export interface AccessControlContext {
  readonly tag: string;
  readonly clock: Clock;
  readonly self: { readonly id: string };
  /** Members, ourselves among them. */
  readonly maxPeers: number;
  /** Our PeerJS id at this moment. */
  peerId(): string;
}

/**
 * Decides who comes in, and which of two connections to one member stays. Both sides of a
 * connection decide alike.
 */
export class AccessControl {
  readonly #context: AccessControlContext;
  readonly #members: Members;
  readonly #penalties: Penalties;

  constructor(
    context: AccessControlContext,
    { members, penalties }: { members: Members; penalties: Penalties },
  ) {
    this.#context = context;
    this.#members = members;
    this.#penalties = penalties;
  }

  /** Whether there is no room for the member `id`. One that is connected has its place. */
  isFull(id: string): boolean {
    return this.#members.connected.length + 1 >= this.#context.maxPeers && !this.#members.isConnected(id);
  }

  /** What becomes of `session`, now that the other side has said who it is. */
  judge(session: PeerSession, hello: HelloMessage): AccessDecision {
    const lost = (detail: string) => new SnapError('peer-lost', { detail });
    // We may knock at a door that we have taken ourselves meanwhile.
    if (hello.id === this.#context.self.id) return lost('it has our own id');
    if (!isMemberId(hello.peerId, this.#context.tag)) {
      return new SnapError('peer-protocol', { detail: 'it claims an id of another room' });
    }
    if (this.#penalties.bars(hello.id)) return lost('it broke a rule a short while ago');
    if (this.#penalties.barsNewcomer(hello.id))
      return lost('too many newcomers broke rules a short while ago');
    if (this.isFull(hello.id)) return 'full';
    return this.#prefers(session, hello) ? 'welcome' : lost('there is another connection to it');
  }

  /**
   * Whether there is a good connection to the member already: a door has led us to it, or it has
   * reached us first.
   */
  has({ id, peerId }: HelloMessage): boolean {
    const member = this.#members.get(id);
    return !!member?.connected && member.peerId === peerId && !member.session?.heartbeat.suspect;
  }

  #prefers(session: PeerSession, { id, peerId }: HelloMessage): boolean {
    const member = this.#members.get(id);
    // A new id is a page that was loaded anew: the old connection is a ghost.
    if (!member?.connected || !member.session || member.peerId !== peerId) return true;
    if (this.#context.clock.now() - member.session.since > RACE_WINDOW) return true;
    return rank(session.connection) < rank(member.session.connection);
  }
}

/**
 * Of two connections between the same members, both sides keep the one whose rank sorts first: the
 * smaller id's dial.
 */
function rank({ role, localId, remoteId, id }: Connection): string {
  return `${role === 'initiator' ? localId : remoteId} ${id}`;
}
