import type { SnapError } from '../errors.js';
import type { SnapPeer } from '../events.js';
import type { Channel } from '../peer/channel.js';
import { Lanes } from '../peer/lanes/lanes.js';
import type { LeaveReason, Member } from '../room/member.js';
import type { Room, RoomState } from '../room/room.js';
import type { Transfers } from '../transfer/transfers.js';
import { Grace } from './grace.js';
import type { Resume } from './resume.js';

/** What a session notifies its hub of. */
export interface SessionEvents {
  state(state: RoomState): void;
  joined(peer: SnapPeer): void;
  left(peer: SnapPeer): void;
  /** What is known of a member has changed. */
  changed(): void;
  /** A member has another connection, or it is known whether the connection is relayed. */
  path(peer: SnapPeer): void;
  error(error: SnapError): void;
  /** What keeps the hub from connecting, and is being retried, has changed; null: nothing does. */
  trouble(trouble: SnapError | null): void;
}

/** What entering a room takes beside the room. */
export interface Entry {
  /** Nothing is sent or received until this resolves. */
  readonly resumed: Promise<void>;
  /** How lanes to a member connect, and how many there may be. Called for each connection. */
  readonly lanes: () => { readonly configuration: RTCConfiguration; readonly limit: number };
}

/**
 * Keeps track of who is in the hub's room and who is expected back, and connects the transfers to
 * every member's present connection.
 */
export class Session {
  readonly #transfers: Transfers;
  readonly #resume: Resume;
  readonly #events: SessionEvents;
  readonly #grace: Grace;
  /** Channels that the transfers are connected to. */
  readonly #linked = new WeakSet<Channel>();
  /** The ids of the members that the hub knows to be here. */
  readonly #present = new Set<string>();
  /** The round trip to each of them that was told last, in whole ms. */
  readonly #roundTrips = new Map<string, number>();
  #room: Room | null = null;

  constructor(transfers: Transfers, resume: Resume, events: SessionEvents) {
    this.#transfers = transfers;
    this.#resume = resume;
    this.#events = events;
    this.#grace = new Grace({
      left: (id) => transfers.leave(id),
      expired: (id) => transfers.expire(id),
    });
  }

  /** Null before a room is entered and after it was left. A failed room stays until then. */
  get room(): Room | null {
    return this.#room;
  }

  /** What keeps the hub from connecting, and is being retried; null when nothing does. */
  get trouble(): SnapError | null {
    return this.#room?.trouble ?? null;
  }

  /** The members who are here, and those who vanished and are being dialled. */
  get members(): readonly Member[] {
    return this.#room?.members ?? [];
  }

  /** The members who are here. */
  get peers(): readonly SnapPeer[] {
    return this.members.filter(({ connected }) => connected).map((member) => this.#peerOf(member));
  }

  /** The members who vanished a moment ago and are being dialled. */
  get lost(): readonly SnapPeer[] {
    return this.members.filter(({ connected }) => !connected).map((member) => this.#peerOf(member));
  }

  enter(room: Room, { resumed, lanes }: Entry): void {
    this.#room = room;
    const path = (member: Member): void => {
      // Listen before anything else: the other side may open lanes at once.
      const more = member.lane && new Lanes(member.lane, { ...lanes(), roundTrip: () => member.roundTrip });
      this.#path(member);
      void resumed.then(() => this.#room === room && this.#link(member, more));
    };
    room.onstate = (state) => this.#events.state(state);
    room.onjoin = path;
    room.onreconnected = path;
    room.onrename = () => this.#events.changed();
    room.onrelayed = (member) => {
      this.#events.changed();
      this.#events.path(this.#peerOf(member));
    };
    room.onroundtrip = (member) => this.#measured(member);
    room.onlost = (member) => this.#gone(member, 'gone');
    room.onleave = (member, why) => this.#gone(member, why);
    room.onerror = (error) => this.#events.error(error);
    room.ontrouble = (trouble) => this.#events.trouble(trouble);
    room.join();
  }

  /**
   * Leaves the room: for good with `final`. Whoever was here is expected back in case the hub
   * enters the room again.
   */
  leave(final: boolean): void {
    const room = this.#room;
    this.#room = null;
    if (room) {
      room.onstate = null;
      room.ontrouble = null;
      room.leave({ final });
    }
    for (const id of this.#present) this.#grace.vanished(id);
    this.#transfers.close();
    this.#present.clear();
    this.#roundTrips.clear();
  }

  /** Expects a member that is not here; `since`: when it vanished, in `keptTime`. */
  waitFor(id: string, since?: number): void {
    if (!this.#present.has(id)) this.#grace.vanished(id, since);
  }

  /** Expects nobody any more, and frees what was arriving. */
  stopWaiting(): void {
    this.#grace.clear();
    this.#transfers.abandon();
  }

  #path(member: Member): void {
    this.#events.changed();
    this.#grace.over(member.id);
    if (this.#present.has(member.id)) return this.#events.path(this.#peerOf(member));
    this.#present.add(member.id);
    this.#events.joined(this.#peerOf(member));
  }

  /** The page is told only of what it can show: a measurement comes every few seconds. */
  #measured({ id, roundTrip }: Member): void {
    this.#transfers.measured(id, roundTrip);
    const shown = Math.round(roundTrip);
    if (shown === this.#roundTrips.get(id)) return;
    this.#roundTrips.set(id, shown);
    this.#events.changed();
  }

  /** Connects the transfers to the member's present connection. */
  #link(member: Member, lanes: Lanes | null): void {
    const channel = member.transfer;
    if (!member.connected || !channel || this.#linked.has(channel)) return;
    this.#linked.add(channel);
    const { roundTrip, outcome } = member;
    this.#transfers.connect(member, channel, { lanes, roundTrip, outcome });
  }

  /** A member left. Unless it left for good, it is still expected as a sender and a recipient. */
  #gone(member: Member, why: LeaveReason): void {
    const { id } = member;
    if (why === 'bye') {
      this.#grace.over(id);
      this.#transfers.leave(id);
    } else {
      this.#transfers.disconnect(id);
      if (why === 'away') this.#grace.away(id);
      else this.#grace.vanished(id);
    }
    void this.#resume.succeed(id);
    this.#roundTrips.delete(id);
    this.#events.changed();
    if (this.#present.delete(id)) this.#events.left(this.#peerOf(member));
  }

  #peerOf({ id, name, sendOnly, roundTrip, relayed }: Member): SnapPeer {
    return { id, name, sendOnly, roundTrip, relayed, takes: this.#transfers.takesOf(id) };
  }
}
