import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import { Admission, type AdmissionContext } from './admission.js';
import { Dialler } from './dialler.js';
import { Gossip, type GossipContext } from './gossip.js';
import type { Link, MemberMessage } from './link.js';
import type { LeaveReason, MemberRecord } from './member.js';
import { Members } from './members.js';
import type { HelloMessage, RosterMessage } from './messages.js';
import { Penalties } from './penalties.js';
import { Reception, type ReceptionContext } from './reception.js';

/** How long a dial may take: ICE through a relay that is far away, and no longer. In ms. */
const DIAL_TIMEOUT = 10_000;

export interface MeshContext extends ReceptionContext, AdmissionContext, GossipContext {
  readonly self: { readonly id: string; name: string; readonly sendOnly: boolean };
}

export interface MeshEvents {
  onjoin(member: MemberRecord): void;
  onpath(member: MemberRecord): void;
  onrename(member: MemberRecord): void;
  /** The round trip to a member was measured. */
  onmeasured(member: MemberRecord): void;
  onlost(member: MemberRecord): void;
  onleave(member: MemberRecord, why: LeaveReason): void;
  /** A connection ended before its other side was a member, or because it broke a rule; or a member cannot be reached. */
  onfailed(error: SnapError): void;
  /** Who is here, how well, or which doors they hold has changed. */
  onchange(): void;
}

/** The full mesh: a proven connection to every member, kept up by dialling whoever is lost or heard of. */
export class Mesh {
  readonly #context: MeshContext;
  readonly #events: MeshEvents;
  readonly #members: Members;
  readonly #penalties: Penalties;
  readonly #admission: Admission;
  readonly #reception: Reception;
  readonly #dialler: Dialler;
  readonly #gossip: Gossip;

  constructor(context: MeshContext, events: MeshEvents) {
    this.#context = context;
    this.#events = events;
    const members = (this.#members = new Members(context));
    const penalties = (this.#penalties = new Penalties(context.clock));
    const admission = (this.#admission = new Admission(context, { members, penalties }));
    this.#reception = new Reception(context, { admission, penalties }, this.#receptionEvents());
    this.#dialler = new Dialler(context, {
      dial: (peerId) => this.reach(peerId, DIAL_TIMEOUT),
      isComing: (peerId) => this.#reception.isComing(peerId),
      onunreachable: (id) => this.#unreachable(id),
    });
    this.#gossip = new Gossip(context, {
      connected: () => this.connected,
      isUnwanted: (id, peerId) => this.#isUnwanted(id, peerId),
      want: (id, peerId, delay) => this.#dialler.want(id, peerId, delay),
    });
  }

  /** Who is here, and who has vanished and is being dialled. */
  get members(): MemberRecord[] {
    return this.#members.all;
  }

  get connected(): MemberRecord[] {
    return this.#members.connected;
  }

  /** Dials an id. Resolves to whether somebody answered who belongs to the room; does not reject. */
  reach(peerId: string, timeout: number): Promise<boolean> {
    return this.#reception.reach(peerId, timeout);
  }

  /** Takes on a connection that others have made to us. */
  receive(connection: Connection): void {
    this.#reception.receive(connection);
  }

  /** Looks whether everybody is still there, and dials who is not. */
  hurry(): void {
    for (const { link } of this.connected) link.pulse.check();
    this.#dialler.hurry();
  }

  /** Tells the members, soon, what has changed about us. */
  gossip(): void {
    this.#gossip.soon();
  }

  rename(name: string): void {
    this.#context.self.name = name;
    this.#gossip.soon();
  }

  /** Says goodbye, for good or not, and closes every connection. Synchronous. */
  close(final: boolean): void {
    this.#reception.close(final);
  }

  #receptionEvents(): ConstructorParameters<typeof Reception>[2] {
    return {
      roster: () => this.#gossip.roster(),
      onadmitted: (link, hello, roster) => this.#adopt(link, hello, roster),
      onmessage: (link, message) => this.#heard(link, message),
      onmeasured: (link) => {
        const member = this.#members.of(link);
        if (member) this.#events.onmeasured(member);
      },
      onquiet: () => this.#events.onchange(),
      onclosed: (link, reason) => this.#closed(link, reason),
    };
  }

  #adopt(link: Link, hello: HelloMessage, roster: RosterMessage | null): void {
    const isKnown = this.#members.get(hello.id) !== undefined;
    this.#dialler.drop(hello.id);
    const member = this.#members.adopt(link, hello);
    if (roster) this.#gossip.hear(member, roster);
    void link.connection.relayed().then((relayed) => {
      if (member.link === link) member.relayed = relayed;
    });
    if (isKnown) this.#events.onpath(member);
    else this.#events.onjoin(member);
    this.#gossip.soon();
    this.#changed();
  }

  #heard(link: Link, message: MemberMessage): void {
    const member = this.#members.of(link);
    if (!member) return;
    if (message.type === 'roster') {
      const { name } = member;
      this.#gossip.hear(member, message);
      if (member.name !== name) this.#events.onrename(member);
    } else {
      this.#remove(member, message.final ? 'bye' : 'away');
      link.close();
    }
    this.#changed();
  }

  #closed(link: Link, reason: SnapError): void {
    const isOffence = reason.code === 'peer-protocol' || reason.code === 'peer-version';
    if (isOffence) this.#penalties.punish(link);
    if (reason.code !== 'peer-lost') this.#events.onfailed(reason);
    const member = this.#members.of(link);
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
    this.#dialler.drop(member.id);
    this.#gossip.soon();
    this.#events.onleave(member, why);
  }

  #unreachable(id: string): void {
    if (!this.#members.get(id)) this.#events.onfailed(new SnapError('peer-unreachable'));
  }

  #changed(): void {
    for (const id of this.#dialler.wanted) {
      if (!this.#members.get(id) && !this.#gossip.isSeen(id)) this.#dialler.drop(id);
    }
    this.#events.onchange();
  }

  #isUnwanted(id: string, peerId: string): boolean {
    if (this.#members.isConnected(id) || this.#admission.isFull(id)) return true;
    return this.#members.hasDeparted(peerId) || this.#penalties.bars(id) || this.#penalties.bars(peerId);
  }
}
