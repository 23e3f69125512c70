import type { SnapErrorCode } from '../errors.js';
import { Account } from './account.js';
import { Arrivals } from './arrivals.js';
import { previewOf } from './description.js';
import { Incoming } from './incoming.js';
import type { Link, Receiving } from './link.js';
import { LARGE_FILE, MAX_OPEN_OFFERS } from './messages.js';
import type { Offer } from './messages.js';
import { outOfPlace } from './out-of-place.js';
import type { ConnectedPartners, Partner } from './partner.js';
import { Repeated } from './repeated.js';
import type { SinkFactory } from './sink.js';
import { REMEMBERED, Transfer } from './transfer.js';

export interface InboundEvents {
  /** Something is offered: null to have it, or the code of the refusal. */
  decide(transfer: Transfer, from: Partner): Promise<SnapErrorCode | null>;
  /** A peer's file name as it may be shown and saved. */
  cleanName(name: string): string;
  /** The picture in these bytes, when it is one that may be shown. */
  preview(bytes: Uint8Array<ArrayBuffer>): Blob | null;
  openSink: SinkFactory;
  /**
   * Something has come, whole and checked: makes of it what the page shows. What this resolves with is called when it is delivered, and gives
   * it to the page; from one sender, photos are delivered in the order in which they were sent. When it rejects, the transfer has failed.
   */
  received(transfer: Transfer, content: Blob, offer: Offer, from: Partner): Promise<() => void>;
  /** A transfer has begun, moved on or ended. */
  changed(transfer: Transfer): void;
}

/** All that is being received, and from whom. Nothing arrives twice. */
export class Inbound {
  /** What has arrived: in this page, or before. */
  arrivals = new Arrivals();
  readonly #events: InboundEvents;
  readonly #partners: ConnectedPartners;
  /** By sender and id. */
  readonly #incoming = new Map<string, Incoming>();
  /** What has turned out to be something else than what had arrived under its id, by sender and id. */
  readonly #others = new Set<string>();
  /** By sender, whether it is connected or not: a new connection makes nobody anew. */
  readonly #accounts = new Map<string, Account>();

  constructor(partners: ConnectedPartners, events: InboundEvents) {
    this.#partners = partners;
    this.#events = events;
  }

  /**
   * A partner offers something over this link. Returns what it becomes, or why it is refused without asking anybody. Throws `peer-protocol`
   * when it has offered too much that came to nothing.
   */
  offered(offer: Offer, from: Partner, link: Link): Receiving | SnapErrorCode {
    const key = keyOf(from.id, offer.id);
    const known = this.#incoming.get(key) ?? this.#inherited(offer, from);
    if (known && !known.transfer.ended) return known.matches(offer) ? known : 'transfer-corrupt';
    const account = this.#accountOf(from.id);
    if (!account.offers.take()) throw outOfPlace('offer: too many that came to nothing');
    if (!this.#others.has(key)) {
      if (known?.transfer.state === 'delivered') return known.matches(offer) ? known : 'transfer-corrupt';
      const root = this.arrivals.rootFrom(from.id, offer.id);
      if (root) return new Repeated(offer, root, () => this.#isOther(key));
    }
    const refusal = known?.refusalFor(link);
    if (refusal) return refusal;
    this.#giveUpLeft(from.id, (left) => left > MAX_OPEN_OFFERS);
    const incoming = this.#open(offer, from, account);
    this.#incoming.set(key, incoming);
    this.#forgetOldest();
    this.#events.changed(incoming.transfer);
    return incoming;
  }

  /** The ids of what is still to come from a partner. */
  awaited(id: string): string[] {
    return [...this.#incoming.values()]
      .filter(({ transfer }) => transfer.from === id && !transfer.ended)
      .map(({ transfer }) => transfer.id);
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

  abandonAll(code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) incoming.abandon(code);
  }

  /**
   * What came from a member that is gone, and goes on from this one: another tab of the same browser, which has found it in the outbox. That a
   * member could only pretend to be one is no matter: it could as well take the id of the member that is gone.
   */
  #inherited(offer: Offer, from: Partner): Incoming | undefined {
    for (const [key, incoming] of this.#incoming) {
      const { id, ended, from: former } = incoming.transfer;
      if (id !== offer.id || ended || this.#partners.has(former ?? '') || !incoming.matches(offer)) continue;
      this.#incoming.delete(key);
      this.#incoming.set(keyOf(from.id, id), incoming);
      incoming.transfer.handOver(from.id);
      return incoming;
    }
    return undefined;
  }

  #open(offer: Offer, from: Partner, account: Account): Incoming {
    const preview = previewOf(offer);
    const line = account.line(offer.size);
    const transfer = new Transfer({
      id: offer.id,
      direction: 'receive',
      name: this.#events.cleanName(offer.name),
      type: offer.mime,
      size: offer.size,
      from: from.id,
      preview: preview && this.#events.preview(preview),
      onchange: (changed) => {
        if (changed.ended) line.leave(changed);
        this.#events.changed(changed);
      },
      onrequest: () => incoming.cancel(),
    });
    /** Who sends it now. */
    const sender = (): Partner => this.#partners.get(transfer.from ?? '')?.partner ?? from;
    let turn: Promise<unknown> = Promise.resolve();
    const incoming = new Incoming(transfer, offer, {
      decide: () => this.#events.decide(transfer, sender()),
      openSink: async () => {
        this.#giveUpLeft(sender().id, () => !line.admits(offer.size));
        await line.enter(transfer, offer.size);
        if (transfer.error) throw transfer.error;
        return this.#events.openSink(offer);
      },
      wanted: () => {
        // A large file holds nothing up, and waits for nothing.
        if (transfer.size < LARGE_FILE) {
          turn = this.#partners.get(sender().id)?.turns.take(transfer) ?? turn;
        }
      },
      turn: () => turn,
      other: () => this.#isOther(keyOf(sender().id, offer.id)),
      received: async (content, root) => {
        const show = await this.#events.received(transfer, content, offer, sender());
        return () => {
          account.offers.giveBack();
          // Two members may have brought the same: a tab and another that had taken it over.
          const arrival = { from: sender().id, id: offer.id, root };
          if (!this.arrivals.has(arrival)) show();
          this.arrivals.add(arrival);
        };
      },
    });
    return incoming;
  }

  /**
   * Gives up what a partner has left over from earlier connections, the oldest first, while that is `tooMuch`: it offers what it goes on with
   * before anything new.
   */
  #giveUpLeft(id: string, tooMuch: (left: number) => boolean): void {
    if (!this.#partners.has(id)) return;
    const left = [...this.#incoming.values()].filter(
      ({ transfer, attached }) => transfer.from === id && !transfer.ended && !attached,
    );
    while (left.length > 0 && tooMuch(left.length)) left.shift()!.abandon('peer-lost');
  }

  /** Offered again, it is received as something new. */
  #isOther(key: string): void {
    this.#others.add(key);
    const [oldest] = this.#others;
    if (this.#others.size > REMEMBERED) this.#others.delete(oldest!);
  }

  #accountOf(id: string): Account {
    const account = this.#accounts.get(id) ?? new Account();
    // Used last, forgotten last.
    this.#accounts.delete(id);
    this.#accounts.set(id, account);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > REMEMBERED) this.#accounts.delete(oldest!);
    return account;
  }

  #forgetOldest(): void {
    for (const [key, { transfer }] of this.#incoming) {
      if (this.#incoming.size <= REMEMBERED) return;
      if (transfer.ended) this.#incoming.delete(key);
    }
  }
}

function keyOf(sender: string, id: string): string {
  return `${sender}:${id}`;
}
