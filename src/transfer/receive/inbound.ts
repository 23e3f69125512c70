import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import { randomId } from '../../item.js';
import { AdmissionQueue } from './admission-queue.js';
import { Arrivals, oldestOfMost } from './arrivals.js';
import { previewOf } from '../wire/description.js';
import { headerDigest } from '../wire/digest.js';
import { Incoming } from './incoming.js';
import type { Receiving, Wire } from '../link/conversation.js';
import { MAX_OPEN_OFFERS } from '../wire/messages.js';
import type { Offer } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';
import { apart } from '../partner.js';
import type { ConnectedPartners, Partner } from '../partner.js';
import { PerPeer } from '../per-peer.js';
import { Refusals } from './refusals.js';
import { Repeated } from './repeated.js';
import type { Sink, SinkFactory, Stored } from '../sinks/sink.js';
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
    taken: Stored,
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
  readonly #refusals = new Refusals();
  /**
   * What has turned out to be something else than what had arrived under its id, by sender and id.
   */
  readonly #others = new Set<string>();
  readonly #queues = new PerPeer(() => new AdmissionQueue());

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
   * A partner offers something over this wire. Returns what it becomes, or why it is refused
   * without asking anybody. Throws `peer-protocol` when it has offered too much that came to
   * nothing.
   */
  offered(offer: Offer, from: Partner, wire: Wire): Receiving | SnapErrorCode {
    const key = keyOf(from.id, offer.id);
    const known = this.#incoming.get(key) ?? this.#inherited(offer, from);
    if (known) return known.matches(offer) ? known : 'transfer-corrupt';
    const queue = this.#queues.of(from.id);
    if (!queue.offers.take()) throw outOfPlace('offer: too many that came to nothing');
    const repeated = this.#others.has(key) ? null : this.#repeated(offer, from, queue);
    if (repeated) return repeated;
    const refusal = this.#refusals.take(from.id, offer.id, wire);
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
   * What came from a member that is gone, and goes on from this one: another tab of the same
   * browser, which has found it in the outbox. One that only knows what was offered, and not the
   * bytes, gains nothing: what is wrong fails by its digests, and the genuine is received anew when
   * it comes back.
   */
  #inherited(offer: Offer, from: Partner): Incoming | undefined {
    for (const [key, incoming] of this.#incoming) {
      const { id } = incoming;
      const former = incoming.transfer.from;
      if (id !== offer.id || this.#partners.has(former ?? '') || !incoming.matches(offer)) continue;
      this.#incoming.delete(key);
      this.#incoming.set(keyOf(from.id, id), incoming);
      incoming.handOver(from.id, this.#queues.of(from.id));
      return incoming;
    }
    return undefined;
  }

  /** What is offered although it is here, because its last word was lost. */
  #repeated(offer: Offer, from: Partner, queue: AdmissionQueue): Receiving | null {
    const header = headerDigest(offer);
    // From another member only when that one is gone, and the other goes on for it: it could be a
    // name for something else.
    const arrival = this.arrivals
      .of(offer.id)
      .find((each) => each.from === from.id || (each.header === header && !this.#partners.has(each.from)));
    if (!arrival) return null;
    return new Repeated(offer, arrival.root, {
      confirmed: () => queue.offers.giveBack(),
      other: () => this.#isOther(keyOf(from.id, offer.id)),
    });
  }

  #open(offer: Offer, from: Partner, queue: AdmissionQueue): Incoming {
    const transfer = this.#transferOf(offer, from, {
      onchange: (changed) => {
        if (changed.ended) this.#ended(incoming);
        this.#events.changed(changed);
      },
      onrequest: () => incoming.cancel(),
    });
    let known = apart(from);
    /** Who sends it now, as it was last heard of. */
    const sender = (): Partner => {
      const here = this.#partners.get(transfer.from ?? '')?.partner;
      return here ? (known = apart(here)) : known;
    };
    const incoming: Incoming = new Incoming(transfer, offer, queue, {
      decide: () => this.#events.decide(transfer, sender()),
      openSink: () => this.#openSink(offer),
      suspended: () => void sender(),
      other: () => this.#isOther(keyOf(sender().id, offer.id)),
      received: async (content, root, taken) => {
        const show = await this.#events.received(transfer, content, offer, sender(), taken);
        return () => {
          const arrival = { from: sender().id, id: offer.id, header: headerDigest(offer), root };
          // Two members may have brought the same: a tab and another that had taken it over.
          if (this.arrivals.has(arrival)) taken.discard();
          else show();
          this.arrivals.add(arrival);
          this.#others.delete(keyOf(sender().id, offer.id));
        };
      },
    });
    return incoming;
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
   * Before there is no room for something new, all that is left over is given up, whoever it is
   * from: the oldest first.
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

  /** Offered again, it is received as something new. */
  #isOther(key: string): void {
    this.#others.add(key);
    const [oldest] = this.#others;
    if (this.#others.size > REMEMBERED) this.#others.delete(oldest!);
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

  /**
   * Of what has ended no more is kept than what its sender may ask for again: its transfer is the
   * page's from now on.
   */
  #ended(incoming: Incoming): void {
    const { id, transfer, refusal } = incoming;
    const from = transfer.from ?? '';
    incoming.queue.remove(transfer);
    this.#incoming.delete(keyOf(from, id));
    if (refusal) this.#refusals.add(from, id, refusal.code, refusal.wire);
  }
}

function keyOf(sender: string, id: string): string {
  return `${sender}:${id}`;
}
