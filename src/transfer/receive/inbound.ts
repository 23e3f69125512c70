import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
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
import { outOfPlace } from '../wire/violation.js';
import type { ConnectedPartners, Partner } from '../partner.js';
import { PerPeer } from '../per-peer.js';
import type { Sink, SinkFactory, StoredContent } from '../sinks/sink.js';
import { REMEMBERED, Transfer } from '../transfer.js';
import type { TransferInit } from '../transfer.js';

export interface InboundEvents {
  /** Something is offered: null to have it, or the code of the refusal. */
  decide(transfer: Transfer, from: Partner): Promise<SnapErrorCode | null>;
  /** A peer's file name as it may be shown and saved. */
  cleanName(name: string): string;
  /** The picture in these bytes, when it is one that may be shown. */
  preview(bytes: Uint8Array<ArrayBuffer>): Blob | null;
  openSink: SinkFactory;
  /**
   * Something has come, whole and checked: makes of it what the page shows. What this resolves with
   * is called when it is delivered, and gives it to the page; from one sender, photos are delivered
   * in the order in which they were sent. When it rejects, the transfer has failed. From the moment
   * that it is given to the page, the page owns what it takes, and discards it.
   */
  received(
    transfer: Transfer,
    content: Blob,
    offer: Offer,
    from: Partner,
    taken: StoredContent,
  ): Promise<() => void>;
  /** A transfer has begun, moved on or ended. */
  changed(transfer: Transfer): void;
}

/** All that is being received, and from whom. Nothing arrives twice. */
export class Inbound {
  readonly #events: InboundEvents;
  readonly #partners: ConnectedPartners;
  #arrivals = new Arrivals();
  /** What has not ended, by sender and id. */
  readonly #incoming = new Map<string, Incoming>();
  readonly #declined = new DeclinedOffers();
  /**
   * By sender and id: what has arrived, while its sender has another file under this id by now.
   */
  readonly #mismatched = new FairMap<{ readonly from: string }>(REMEMBERED, ({ from }) => from);
  readonly #queues = new PerPeer(() => new AdmissionQueue());
  /** What every incoming transfer is owned by. */
  readonly #owner: IncomingEvents = {
    open: (incoming) => this.#admit(incoming),
    received: (incoming, content, root, taken) => this.#received(incoming, content, root, taken),
    refused: ({ from, id }, code, wire) => this.#declined.add(from.id, id, code, wire),
    mismatched: ({ from, id }) => void this.#mismatched.set(keyOf(from.id, id), { from: from.id }),
  };

  constructor(partners: ConnectedPartners, events: InboundEvents) {
    this.#partners = partners;
    this.#events = events;
  }

  /** What has arrived: in this page, or before. */
  get arrivals(): Arrivals {
    return this.#arrivals;
  }

  /** It goes on with what has arrived in this page. */
  set arrivals(arrivals) {
    arrivals.recall(this.#arrivals.all);
    this.#arrivals = arrivals;
  }

  /**
   * A partner offers something over this link. Returns what it becomes, or why it is refused
   * without asking anybody. Throws `peer-protocol` when it has offered too much that came to
   * nothing.
   */
  offered(offer: Offer, from: Partner, wire: Wire): Receiving | SnapErrorCode {
    const key = keyOf(from.id, offer.id);
    const queue = this.#queues.of(from.id);
    const known = this.#incoming.get(key) ?? this.#inherited(offer, from);
    if (known) {
      if (!known.matches(offer)) return 'transfer-corrupt';
      known.offeredAgain(from, queue);
      return known;
    }
    if (!queue.offers.take()) throw outOfPlace('offer: too many that came to nothing');
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

  /** The ids of what is still to come from a partner. */
  awaited(id: string): string[] {
    return [...this.#incoming.values()].filter(({ transfer }) => transfer.from === id).map(({ id }) => id);
  }

  /** A partner will not go on with what it offered over an earlier connection. */
  withdrawn(from: Partner, id: string, code: SnapErrorCode): void {
    this.#incoming.get(keyOf(from.id, id))?.cancelled(code);
  }

  /** What a partner was sending will not come. */
  abandon(id: string, code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) {
      if (incoming.transfer.from === id) incoming.abandon(code);
    }
  }

  /** Nobody is here any more for what was coming. */
  abandonAll(code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) incoming.abandon(code, { forGood: true });
  }

  /**
   * What a member that is gone was sending, and this one continues: another tab of the same
   * browser, which has found it in the outbox. A member that knows only the offer, and not the
   * bytes, gains nothing: its bytes fail by their digests, and the genuine ones are received anew
   * when the first member comes back.
   */
  #inherited(offer: Offer, from: Partner): Incoming | undefined {
    for (const [key, incoming] of this.#incoming) {
      if (incoming.id !== offer.id || this.#partners.has(incoming.from.id) || !incoming.matches(offer))
        continue;
      this.#incoming.delete(key);
      this.#incoming.set(keyOf(from.id, offer.id), incoming);
      return incoming;
    }
    return undefined;
  }

  /**
   * What has arrived under this offer before. From another member only if that one is gone, and
   * this one continues for it: otherwise it could be a name for something else.
   */
  #arrivalOf(offer: Offer, from: Partner): Arrival | undefined {
    if (this.#mismatched.has(keyOf(from.id, offer.id))) return undefined;
    const header = headerDigest(offer);
    return this.arrivals
      .of(offer.id)
      .find((each) => each.from === from.id || (each.header === header && !this.#partners.has(each.from)));
  }

  #open(offer: Offer, from: Partner, queue: AdmissionQueue, arrived?: string): Incoming {
    const transfer = this.#transferOf(offer, from, {
      onchange: (changed) => {
        // Its transfer is the page's from now on.
        if (changed.ended) this.#incoming.delete(keyOf(incoming.from.id, offer.id));
        this.#events.changed(changed);
      },
      onrequest: () => incoming.cancel(),
    });
    const incoming: Incoming = new Incoming({ transfer, offer, from, queue, arrived }, this.#owner);
    return incoming;
  }

  async #admit({ transfer, offer, from, queue }: Incoming): Promise<Sink | SnapErrorCode> {
    const refusal = await this.#events.decide(transfer, from).catch((): SnapErrorCode => 'transfer-declined');
    if (refusal) return refusal;
    await queue.admit(transfer);
    // It may have ended while it waited.
    if (transfer.error) throw transfer.error;
    return this.#openSink(offer);
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
      // Two members may have sent the same: a tab, and another that continued for it.
      if (this.arrivals.has(arrival)) taken.discard();
      else show();
      this.arrivals.add(arrival);
      this.#mismatched.delete(keyOf(arrival.from, offer.id));
    };
  }

  #transferOf(offer: Offer, from: Partner, events: Pick<TransferInit, 'onchange' | 'onrequest'>): Transfer {
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

  /**
   * Of what a partner has left over from earlier connections, some is kept: the oldest is given up.
   */
  #giveUpLeft(id: string): void {
    const left = [...this.#incoming.values()].filter(
      ({ transfer, leftOver }) => leftOver && transfer.from === id,
    );
    for (const incoming of left.slice(0, -MAX_OPEN_OFFERS)) incoming.abandon('peer-lost');
  }

  /**
   * When there is no space for something new, gives up what is left over until there is, whoever it
   * is from: the oldest first.
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
   * Members that vanish without a word leave things over, each a few, however many members there
   * are.
   */
  #giveUpOldest(): void {
    if (this.#incoming.size <= REMEMBERED) return;
    const left = [...this.#incoming.values()].filter(({ leftOver }) => leftOver);
    if (left.length > 0) oldestOfMost(left, ({ transfer }) => transfer.from ?? '').abandon('peer-lost');
  }
}

function keyOf(sender: string, id: string): string {
  return `${sender}:${id}`;
}
