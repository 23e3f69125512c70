import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import { AccessControl, type AccessControlContext } from './access-control.js';
import { Dialler } from './dialler.js';
import { Gossip, type GossipContext } from './gossip.js';
import type { Identity } from './identity.js';
import { isDoorId, isMemberId } from './keys.js';
import type { PeerSession, MemberMessage } from './peer-session.js';
import type { LeaveReason, MemberRecord } from './member.js';
import { Members } from './members.js';
import type { HelloMessage, RosterMessage } from './messages.js';
import { Penalties } from './penalties.js';
import { PeerSessions, type PeerSessionsContext } from './peer-sessions.js';
import { UnreachablePeers } from './unreachable.js';

/** How long a member may take to answer a dial, in ms. */
const DIAL_TIMEOUT = 10_000;

export interface MeshContext extends PeerSessionsContext, AccessControlContext, GossipContext {
  readonly self: {
    readonly id: string;
    readonly identity: Identity;
    name: string;
    readonly sendOnly: boolean;
  };
}

export interface MeshEvents {
  onjoin(member: MemberRecord): void;
  onreconnected(member: MemberRecord): void;
  onrename(member: MemberRecord): void;
  /** The round trip to a member has been measured. */
  onroundtrip(member: MemberRecord): void;
  onlost(member: MemberRecord): void;
  onleave(member: MemberRecord, why: LeaveReason): void;
  /** A connection closed before the peer was a member, or because it broke the protocol. */
  onfailed(error: SnapError): void;
  /** Somebody is here whom we cannot reach. At most once a minute for the same reason. */
  onunreachable(error: SnapError): void;
  /** We know now whether the path to a member goes through a relay. */
  onrelayed(member: MemberRecord): void;
  /** The members, their health, their doors, or whom we cannot reach has changed. */
  onchange(): void;
}

/**
 * The full mesh: keeps a proven connection to every member by dialling all whom it has lost or
 * heard of.
 */
export class Mesh {
  readonly #context: MeshContext;
  readonly #events: MeshEvents;
  readonly #members: Members;
  readonly #penalties: Penalties;
  readonly #access: AccessControl;
  readonly #sessions: PeerSessions;
  readonly #dialler: Dialler;
  readonly #gossip: Gossip;
  readonly #unreachable: UnreachablePeers;

  constructor(context: MeshContext, events: MeshEvents) {
    this.#context = context;
    this.#events = events;
    const members = (this.#members = new Members(context));
    const penalties = (this.#penalties = new Penalties(context.clock));
    const access = (this.#access = new AccessControl(context, { members, penalties }));
    this.#sessions = new PeerSessions(context, { access, penalties }, this.#sessionEvents());
    this.#dialler = new Dialler(context, {
      online: () => context.online(),
      dial: (peerId) => this.reach(peerId, DIAL_TIMEOUT),
      isComing: (peerId) => this.#sessions.isComing(peerId),
      onunreachable: (id, peerId) => this.#unanswered(id, peerId),
    });
    this.#unreachable = new UnreachablePeers(context, {
      ontold: (error) => events.onunreachable(error),
      onchange: () => events.onchange(),
    });
    this.#gossip = new Gossip(context, {
      connected: () => this.connected,
      isUnwanted: (id, peerId) => this.#isUnwanted(id, peerId),
      want: (id, peerId, delay) => this.#dialler.want(id, peerId, delay),
    });
  }

  /** Who is here, and who vanished and is being dialled. */
  get members(): MemberRecord[] {
    return this.#members.all;
  }

  get connected(): MemberRecord[] {
    return this.#members.connected;
  }

  /** Why we cannot reach somebody who is here; null while there is nobody we know of. */
  get unreachable(): SnapError | null {
    return this.#unreachable.error;
  }

  /** Dials an id. Resolves to whether a member of the room answered; does not reject. */
  reach(peerId: string, timeout: number): Promise<boolean> {
    return this.#sessions.reach(peerId, timeout);
  }

  /** Takes over a connection that somebody else has dialled. */
  receive(connection: Connection): void {
    this.#sessions.receive(connection);
  }

  /**
   * Somebody who is there dialled us, and no path was found. Only the PeerServer vouches for its
   * id, but strangers do not know the ids of this room.
   */
  peerDialFailed(peerId: string, error: SnapError): void {
    if (!isMemberId(peerId, this.#context.tag) || this.#members.hasLeft(peerId)) return;
    if (!this.#penalties.bars(peerId) && !this.#isReached(peerId)) this.#unreachable.add(peerId, error);
  }

  /** A door turned out to be free, so whoever was behind it has left. */
  doorFree(doorId: string): void {
    this.#unreachable.remove(doorId);
  }

  /** Checks that all members are still there, and dials those that are not. */
  checkNow(): void {
    for (const { session } of this.connected) session?.heartbeat.check();
    this.#dialler.retryNow();
  }

  /** Tells the members soon what has changed about us. */
  gossip(): void {
    this.#gossip.soon();
  }

  rename(name: string): void {
    this.#context.self.name = name;
    this.#gossip.soon();
  }

  /** Says goodbye, for good or not, and closes every connection. Synchronous. */
  close(final: boolean): void {
    this.#sessions.close(final);
  }

  #sessionEvents(): ConstructorParameters<typeof PeerSessions>[2] {
    return {
      roster: () => this.#gossip.roster(),
      onadmitted: (session, hello, roster) => this.#adopt(session, hello, roster),
      onmessage: (session, message) => this.#heard(session, message),
      onroundtrip: (session) => {
        const member = this.#members.of(session);
        if (!member) return;
        this.#events.onroundtrip(member);
        // ICE may later find a way around the relay; a direct path stays direct.
        if (member.relayed !== false) this.#askRelayed(member);
      },
      onquiet: () => this.#events.onchange(),
      onclosed: (session, reason) => this.#closed(session, reason),
      ondialfailed: (peerId, error) => this.#dialFailed(peerId, error),
    };
  }

  #adopt(session: PeerSession, hello: HelloMessage, roster: RosterMessage | null): void {
    const isKnown = this.#members.get(hello.id) !== undefined;
    this.#dialler.drop(hello.id);
    this.#penalties.welcome(hello.id);
    const member = this.#members.adopt(session, hello);
    this.#unreachable.clear();
    if (roster) this.#gossip.hear(member, roster);
    this.#askRelayed(member);
    if (isKnown) this.#events.onreconnected(member);
    else this.#events.onjoin(member);
    this.#gossip.soon();
    this.#changed();
  }

  #heard(session: PeerSession, message: MemberMessage): void {
    const member = this.#members.of(session);
    if (!member) return;
    if (message.type === 'roster') {
      const { name } = member;
      this.#gossip.hear(member, message);
      if (member.name !== name) this.#events.onrename(member);
    } else {
      this.#remove(member, message.final ? 'bye' : 'away');
      session.close();
    }
    this.#changed();
  }

  #closed(session: PeerSession, reason: SnapError): void {
    const isOffence = reason.code === 'peer-protocol' || reason.code === 'peer-version';
    if (isOffence) this.#penalties.punish(session);
    if (reason.code === 'peer-unreachable') this.#dialFailed(session.connection.remoteId, reason);
    else if (reason.code !== 'peer-lost') this.#events.onfailed(reason);
    const member = this.#members.of(session);
    if (!member) return;
    if (isOffence) this.#remove(member, 'gone');
    else this.#lose(member);
    this.#gossip.soon();
    this.#changed();
  }

  #lose(member: MemberRecord): void {
    this.#dialler.want(member.id, member.peerId, 0);
    this.#members.await(member, () => {
      this.#remove(member, 'gone');
      this.#changed();
    });
    this.#events.onlost(member);
  }

  #remove(member: MemberRecord, why: LeaveReason): void {
    this.#members.remove(member, { saidGoodbye: why !== 'gone' });
    this.#drop(member.id);
    this.#gossip.soon();
    this.#events.onleave(member, why);
  }

  #askRelayed(member: MemberRecord): void {
    const { session } = member;
    void session?.connection.relayed().then((relayed) => {
      if (member.session !== session || relayed === null || relayed === member.relayed) return;
      member.relayed = relayed;
      this.#events.onrelayed(member);
    });
  }

  /** Our dial failed. */
  #dialFailed(peerId: string, error: SnapError): void {
    const isDoor = isDoorId(peerId);
    if (error.code === 'peer-lost') {
      if (isDoor) this.#unreachable.remove(peerId);
      // Once connected to one member, we hear of all others by ids of their own, so doors say
      // nothing.
    } else if (isDoor ? this.connected.length === 0 : !this.#isReached(peerId)) {
      this.#unreachable.add(peerId, error);
    }
  }

  /**
   * Others list a member that does not answer us. One that we were connected to is reported as lost
   * instead.
   */
  #unanswered(id: string, peerId: string): void {
    if (!this.#members.get(id) && this.#gossip.isSeen(id))
      this.#unreachable.add(peerId, new SnapError('peer-unreachable', { detail: 'it does not answer' }));
  }

  #isReached(peerId: string): boolean {
    return this.connected.some((member) => member.peerId === peerId);
  }

  #drop(id: string): void {
    const peerId = this.#dialler.drop(id);
    if (peerId !== null) this.#unreachable.remove(peerId);
  }

  #changed(): void {
    for (const id of this.#dialler.wanted) {
      if (!this.#members.get(id) && !this.#gossip.isSeen(id)) this.#drop(id);
    }
    this.#events.onchange();
  }

  #isUnwanted(id: string, peerId: string): boolean {
    if (this.#members.isConnected(id) || this.#access.isFull(id)) return true;
    return this.#members.hasDeparted(id, peerId) || this.#penalties.bars(id) || this.#penalties.bars(peerId);
  }
}
