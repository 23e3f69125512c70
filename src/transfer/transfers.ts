import type { SnapError } from '../errors.js';
import type { Channel } from '../peer/channel.js';
import type { Arrivals } from './receive/arrivals.js';
import type { Description } from './wire/description.js';
import { Inbound } from './receive/inbound.js';
import type { InboundEvents } from './receive/inbound.js';
import { Link } from './link/link.js';
import type { Path } from './link/link.js';
import { Outbound } from './send/outbound.js';
import type { OutboundEvents } from './send/outbound.js';
import type { Connected, Peer } from './peer.js';
import type { Source } from './send/source.js';
import { Outcomes } from './outcome/outcomes.js';
import type { Outcome, Takes } from './outcome/messages.js';
import type { Recipient, Transfer } from './transfer.js';

export type { Arrivals, Description, Peer, Takes };

/** How a member is connected, beside the channel for transfers. */
export interface Connecting extends Path {
  /** The channel for outcomes; null if the member's version has none. */
  readonly outcome?: Channel | null;
}

export interface TransfersEvents extends InboundEvents, OutboundEvents {
  /** It is known what the page of a member takes, or that has changed. */
  takes(): void;
  /** A peer broke the protocol and was cut off. */
  violation(from: Peer, error: SnapError): void;
}

/** All transfers of one hub: who is there, who gets what, and what has arrived. */
export class Transfers {
  readonly #events: TransfersEvents;
  readonly #peers = new Map<string, Connected>();
  readonly #inbound: Inbound;
  readonly #outbound: Outbound;
  readonly #outcomes: Outcomes;

  constructor(events: TransfersEvents) {
    this.#events = events;
    this.#outcomes = new Outcomes({
      became: (id, recipient, outcome) => this.#outbound.became(id, recipient, outcome),
      takes: () => events.takes(),
      violation: (id, error) => {
        const connected = this.#peers.get(id);
        if (connected) events.violation(connected.peer, error);
      },
    });
    this.#inbound = new Inbound(this.#peers, events);
    this.#outbound = new Outbound(this.#peers, events);
  }

  /**
   * The tag of the room that `connect` speaks of: what was sent into one room never goes into
   * another.
   */
  get room(): string {
    return this.#outbound.room;
  }

  set room(room: string) {
    this.#outbound.room = room;
  }

  /** Where it is written down what has arrived; set it before the first `connect`. */
  set arrivals(arrivals: Arrivals) {
    this.#inbound.arrivals = arrivals;
  }

  /** What this page takes; its members are told. */
  set takes(takes: Takes) {
    this.#outcomes.takes = takes;
  }

  /** What the page of a member takes; null where it has not said so. */
  takesOf(id: string): Takes | null {
    return this.#outcomes.takesOf(id);
  }

  /** Tells the member `sender` what has become of what it had offered under `offerId`. */
  tell(sender: string, offerId: string, outcome: Outcome): void {
    this.#outcomes.tell(sender, offerId, outcome);
  }

  /** A member is here, over this proven channel; a channel that it had before is over. */
  connect(peer: Peer, channel: Channel, { outcome = null, ...path }: Connecting = {}): void {
    this.disconnect(peer.id);
    const link: Link = new Link(channel, path, this.#outbound.allowanceOf(peer.id), {
      offered: (offer) => this.#inbound.offered(offer, peer, link),
      expected: (id) => this.#outbound.expected(id, peer),
      withdrawn: (id, code) => this.#inbound.withdrawn(peer, id, code),
      violation: (error) => this.#events.violation(peer, error),
    });
    const connected = { peer, link };
    this.#peers.set(peer.id, connected);
    this.#outcomes.connect(peer.id, outcome);
    link.expect(this.#inbound.awaited(peer.id));
    this.#outbound.greet(connected);
  }

  /** The round trip to a member was measured, in ms. */
  measured(id: string, roundTrip: number): void {
    this.#peers.get(id)?.link.measured(roundTrip);
  }

  /** The connection to a member is lost. Its transfers wait. */
  disconnect(id: string): void {
    const known = this.#peers.get(id);
    known?.link.close();
    this.#outcomes.disconnect(id);
    this.#peers.delete(id);
  }

  /**
   * A member has left for good: it is no longer a recipient, and what it was sending will not come.
   */
  leave(id: string): void {
    this.disconnect(id);
    this.#outbound.left(id);
    this.#inbound.abandon(id, 'peer-lost');
  }

  /** A member that had vanished was awaited long enough. */
  expire(id: string): void {
    this.#outbound.expire(id);
    this.#inbound.abandon(id, 'transfer-expired');
  }

  /**
   * Sends to `recipients`, whether they are connected now or not; when there are none, to the first
   * receiving member to come. The source is read once for all. What is on its way already, by its
   * id, gets more recipients, and is returned.
   */
  send(source: Source, description: Description, recipients: readonly Peer[]): Transfer {
    return this.#outbound.send(source, description, recipients);
  }

  /**
   * Goes on with what an earlier life of the page was sending, or another tab that is gone: to the
   * same recipients, under the same id. Without a source it has failed with `source-unreadable`,
   * until `resupply`. `size` in bytes.
   */
  restore(
    source: Source | null,
    size: number,
    description: Description,
    recipients: readonly Omit<Recipient, 'loaded' | 'outcome'>[],
  ): Transfer {
    return this.#outbound.restore(source, size, description, recipients);
  }

  /** Retries a transfer that failed with `source-unreadable`, now that its file is here. */
  resupply(transfer: Transfer, source: Source): void {
    this.#outbound.resupply(transfer, source);
  }

  /**
   * Sends what `other`, which never had a connection, was to send; what was for whoever comes first
   * is for `recipients`, should there be any. Returns its transfers.
   */
  takeOver(other: Transfers, recipients: readonly Peer[]): readonly Transfer[] {
    this.#outcomes.takeOver(other.#outcomes);
    return this.#outbound.takeOver(other.#outbound, recipients);
  }

  /** Forgets a transfer that has ended. */
  forget(transfer: Transfer): void {
    this.#outbound.forget(transfer);
  }

  /** The hub is closing: connections are gone, transfers wait for whatever comes. */
  close(): void {
    for (const id of [...this.#peers.keys()]) this.disconnect(id);
  }

  /**
   * Nobody waits here any more: what was coming gives back the memory and the disk that it holds.
   */
  abandon(): void {
    this.close();
    this.#inbound.abandonAll('peer-lost');
  }

  /** The room has a new code: what was meant for its members still is. */
  moved(room: string): void {
    this.#outbound.moved(room);
  }
}
