import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import { Lru } from '../../lru.js';
import { randomId } from '../../item.js';
import { AdmissionQueue } from './admission-queue.js';
import { Arrivals } from './arrivals.js';
import type { Arrival } from './arrivals.js';
import { previewOf } from '../wire/description.js';
import { headerDigest } from '../wire/digest.js';
import { DeclinedOffers } from './declined-offers.js';
import { FairMap, oldestOfMost } from './fair-map.js';
import { Incoming } from './incoming.js';
import type { IncomingEvents } from './incoming.js';
import type { Receiving, Wire } from '../link/conversation.js';
import { MAX_OPEN_OFFERS } from '../wire/messages.js';
import type { Offer } from '../wire/messages.js';
import { violation } from '../wire/violation.js';
import type { ConnectedPeers, Peer } from '../peer.js';
import type { Sink, SinkFactory, StoredContent } from '../sinks/sink.js';
import { REMEMBERED, Transfer } from '../transfer.js';
import type { TransferInit } from '../transfer.js';

/** What receiving asks of the page, and tells it. */
export interface InboundEvents {
  /** Decides about an offer: null to accept it, or the code with which it is declined. */
  decide(transfer: Transfer, from: Peer): Promise<SnapErrorCode | null>;
  /** Makes a peer's file name safe to show and to save under. */
  cleanName(name: string): string;
  /** The picture in these bytes, or null if it may not be shown. */
  preview(bytes: Uint8Array<ArrayBuffer>): Blob | null;
  openSink: SinkFactory;
  /**
   * A file is complete and verified: prepares what the page shows. The function that this resolves
   * with hands it to the page; it is called on delivery, which for the photos of one sender happens
   * in the order in which they were sent. If this rejects, the transfer has failed. Once the page
   * has the file, the page discards `taken`.
   */
  received(
    transfer: Transfer,
    content: Blob,
    offer: Offer,
    from: Peer,
    taken: StoredContent,
  ): Promise<() => void>;
  /** A transfer has begun, progressed or ended. */
  changed(transfer: Transfer): void;
}

/**
 * Everything that is being received, from all senders. Nothing arrives twice: an offer may resume
 * an incoming transfer, repeat one that has arrived or was declined, or begin a new one.
 */
export class Inbound {
  readonly #events: InboundEvents;
  readonly #peers: ConnectedPeers;
  #arrivals = new Arrivals();
  /** Those that have not ended, by sender and id. */
  readonly #incoming = new Map<string, Incoming>();
  readonly #declined = new DeclinedOffers();
  /** By sender and id: the sender now has another file under this id than the one that arrived. */
  readonly #mismatched = new FairMap<{ readonly from: string }>(REMEMBERED, ({ from }) => from);
  readonly #queues = new Lru<string, AdmissionQueue>(REMEMBERED);
  /** The same for every incoming transfer. */
  readonly #owner: IncomingEvents = {
    open: (incoming) => this.#admit(incoming),
    received: (incoming, content, root, taken) => this.#received(incoming, content, root, taken),
    declined: ({ from, id }, code, wire) => this.#declined.add(from.id, id, code, wire),
    mismatched: ({ from, id }) => void this.#mismatched.set(keyOf(from.id, id), { from: from.id }),
  };

  constructor(peers: ConnectedPeers, events: InboundEvents) {
    this.#peers = peers;
    this.#events = events;
  }

  /** What has arrived, in this page or an earlier one. */
  get arrivals(): Arrivals {
    return this.#arrivals;
  }

  /** The new ones take over what has arrived in this page. */
  set arrivals(arrivals) {
    arrivals.recall(this.#arrivals.all);
    this.#arrivals = arrivals;
  }

  /**
   * A peer makes an offer over `wire`. Returns the transfer, or the code with which the offer is
   * declined without asking the page. Throws `peer-protocol` when the peer has made too many offers
   * that came to nothing.
   */
  offered(offer: Offer, from: Peer, wire: Wire): Receiving | SnapErrorCode {
    const key = keyOf(from.id, offer.id);
    const queue = this.#queues.getOrCreate(from.id, () => new AdmissionQueue());
    const known = this.#incoming.get(key) ?? this.#inherited(offer, from);
    if (known) {
      if (!isSame(offer, known.offer)) return 'transfer-corrupt';
      known.offeredAgain(from, queue);
      return known;
    }
    if (!queue.offers.take()) throw violation('offer: too many that came to nothing');
    const arrival = this.#arrivalOf(offer, from);
    // The page has its transfer already, and never sees this one.
    if (arrival) return this.#open(offer, from, queue, arrival.root);
    const refusal = this.#declined.take(from.id, offer.id, wire);
    if (refusal) return refusal;
    this.#giveUpLeft(from.id);
    const incoming = this.#open(offer, from, queue);
    this.#incoming.set(key, incoming);
    this.#giveUpOldest();
    this.#events.changed(incoming.transfer);
    return incoming;
  }

  /** The ids of the offers that this side still waits for from a peer. */
  awaited(id: string): string[] {
    return [...this.#incoming.values()].filter(({ transfer }) => transfer.from === id).map(({ id }) => id);
  }

  /** A peer withdraws what it offered over an earlier connection. */
  withdrawn(from: Peer, id: string, code: SnapErrorCode): void {
    this.#incoming.get(keyOf(from.id, id))?.cancelled(code);
  }

  /** A peer will not send the rest of what it offered. */
  abandon(id: string, code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) {
      if (incoming.transfer.from === id) incoming.abandon(code);
    }
  }

  /** This side will not receive anything any more. */
  abandonAll(code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) incoming.abandon(code, { forGood: true });
  }

  /**
   * An incoming transfer of a member that is gone, which this one continues: another tab of the
   * same browser has found it in the outbox. A member that knows only the offer gains nothing by
   * it: its bytes fail verification, and the genuine ones are received anew when the first member
   * returns.
   */
  #inherited(offer: Offer, from: Peer): Incoming | undefined {
    for (const [key, incoming] of this.#incoming) {
      if (incoming.id !== offer.id || this.#peers.has(incoming.from.id) || !isSame(offer, incoming.offer))
        continue;
      this.#incoming.delete(key);
      this.#incoming.set(keyOf(from.id, offer.id), incoming);
      return incoming;
    }
    return undefined;
  }

  /**
   * The earlier arrival of what is offered now. One from another member counts only if that member
   * is gone, so that this one may continue for it: otherwise the offer could mean another file.
   */
  #arrivalOf(offer: Offer, from: Peer): Arrival | undefined {
    if (this.#mismatched.has(keyOf(from.id, offer.id))) return undefined;
    const header = headerDigest(offer);
    return this.arrivals
      .of(offer.id)
      .find((each) => each.from === from.id || (each.header === header && !this.#peers.has(each.from)));
  }

  #open(offer: Offer, from: Peer, queue: AdmissionQueue, arrived?: string): Incoming {
    const transfer = this.#transferOf(offer, from, {
      onchange: (changed) => {
        // From now on only the page keeps its transfer.
        if (changed.ended) this.#incoming.delete(keyOf(incoming.from.id, offer.id));
        this.#events.changed(changed);
      },
      onrequest: () => incoming.cancel(),
    });
    const incoming: Incoming = new Incoming({ transfer, offer, from, queue, arrived }, this.#owner);
    return incoming;
  }

  /** Resolves with a sink once there is capacity, or with the code of the refusal. */
  async #admit(incoming: Incoming): Promise<Sink | SnapErrorCode> {
    const { transfer } = incoming;
    const decision = this.#events.decide(transfer, incoming.from);
    const refusal = await decision.catch((): SnapErrorCode => 'transfer-declined');
    if (refusal) return refusal;
    await incoming.queue.admit(transfer);
    // It may have ended while it waited.
    if (transfer.error) throw transfer.error;
    return this.#openSink(incoming.offer);
  }

  async #received(
    incoming: Incoming,
    content: Blob,
    root: string,
    taken: StoredContent,
  ): Promise<() => void> {
    const { transfer, offer } = incoming;
    incoming.queue.complete(transfer);
    const show = await this.#events.received(transfer, content, offer, incoming.from, taken);
    await incoming.queue.turn(transfer);
    return () => {
      const arrival = { from: incoming.from.id, id: offer.id, header: headerDigest(offer), root };
      // Two members may have sent the same file: a tab, and another tab that continued for it.
      if (this.arrivals.has(arrival)) taken.discard();
      else show();
      this.arrivals.add(arrival);
      this.#mismatched.delete(keyOf(arrival.from, offer.id));
    };
  }

  #transferOf(offer: Offer, from: Peer, events: Pick<TransferInit, 'onchange' | 'onrequest'>): Transfer {
    const preview = previewOf(offer);
    return new Transfer({
      id: randomId(),
      offerId: offer.id,
      direction: 'receive',
      name: this.#events.cleanName(offer.name),
      type: offer.mime,
      size: offer.size,
      from: from.id,
      preview: preview && this.#events.preview(preview),
      ...events,
    });
  }

  /** Gives up the oldest of what a peer has left over from earlier connections, beyond a few. */
  #giveUpLeft(id: string): void {
    const left = [...this.#incoming.values()].filter(
      ({ transfer, leftOver }) => leftOver && transfer.from === id,
    );
    for (const incoming of left.slice(0, -MAX_OPEN_OFFERS)) incoming.abandon('peer-lost');
  }

  /**
   * Makes space for something new by giving up what is left over: from any sender, oldest first.
   */
  async #openSink(offer: Offer): Promise<Sink> {
    for (;;) {
      try {
        return await this.#events.openSink(offer);
      } catch (thrown) {
        const full = thrown instanceof SnapError && thrown.code === 'storage-full';
        const oldest = [...this.#incoming.values()].find(({ leftOver, holding }) => leftOver && holding);
        if (!full || !oldest) throw thrown;
        oldest.abandon('peer-lost');
      }
    }
  }

  /**
   * Members that vanish leave a few transfers over each, and there may be any number of members.
   */
  #giveUpOldest(): void {
    if (this.#incoming.size <= REMEMBERED) return;
    const left = [...this.#incoming.values()].filter(({ leftOver }) => leftOver);
    if (left.length > 0) oldestOfMost(left, ({ transfer }) => transfer.from ?? '').abandon('peer-lost');
  }
}

/** Whether two offers announce the same: over any connection, and from any member. */
function isSame(one: Offer, other: Offer): boolean {
  return headerDigest(one) === headerDigest(other);
}

function keyOf(sender: string, id: string): string {
  return `${sender}:${id}`;
}
