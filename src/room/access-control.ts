import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import type { Clock } from '../timing/clock.js';
import { isMemberId } from './keys.js';
import type { PeerSession } from './peer-session.js';
import type { Members } from './members.js';
import type { HelloMessage } from './messages.js';
import type { Penalties } from './penalties.js';

/**
 * Two connections to the same member that open within this time are a race between two dials. If
 * they are further apart, the other side has lost the older one and dialled again. In ms.
 */
const RACE_WINDOW = 3_000;

/**
 * What happens to a proven connection: the room accepts it, refuses it because it is full, or
 * closes it with an error.
 */
export type AccessDecision = 'welcome' | 'full' | SnapError;

export interface AccessControlContext {
  readonly tag: string;
  readonly clock: Clock;
  readonly self: { readonly id: string };
  /** The most members allowed, including ourselves. */
  readonly maxPeers: number;
  /** Our current PeerJS id. */
  peerId(): string;
}

/**
 * Decides whom to let in, and which of two connections to the same member to keep. Both ends of a
 * connection reach the same decision.
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

  /**
   * Whether the room has no place for the member `id`. A member that is connected keeps its place.
   */
  isFull(id: string): boolean {
    return this.#members.connected.length + 1 >= this.#context.maxPeers && !this.#members.isConnected(id);
  }

  /** Decides what happens to `session`, once the peer has said who it is. */
  judge(session: PeerSession, hello: HelloMessage): AccessDecision {
    const lost = (detail: string) => new SnapError('peer-lost', { detail });
    // We may have knocked at a door that we have claimed ourselves meanwhile.
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
   * Whether we already have a healthy connection to the member: it reached us first, or we met it
   * through a door.
   */
  has({ id, peerId }: HelloMessage): boolean {
    const member = this.#members.get(id);
    return !!member?.connected && member.peerId === peerId && !member.session?.heartbeat.suspect;
  }

  #prefers(session: PeerSession, { id, peerId }: HelloMessage): boolean {
    const member = this.#members.get(id);
    // A new PeerJS id means that the page was reloaded: the old connection is dead.
    if (!member?.connected || !member.session || member.peerId !== peerId) return true;
    if (this.#context.clock.now() - member.session.since > RACE_WINDOW) return true;
    return rank(session.connection) < rank(member.session.connection);
  }
}

/**
 * Of two connections between the same members, both sides keep the one that ranks first: the one
 * dialled by the smaller id.
 */
function rank({ role, localId, remoteId, id }: Connection): string {
  return `${role === 'initiator' ? localId : remoteId} ${id}`;
}
