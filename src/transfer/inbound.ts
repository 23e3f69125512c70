import type { SnapErrorCode } from '../errors.js';
import { previewOf } from './description.js';
import { Incoming } from './incoming.js';
import type { Link, Receiving } from './link.js';
import { LARGE_FILE, REMEMBERED } from './messages.js';
import type { Offer } from './messages.js';
import type { ConnectedPartners, Partner } from './partner.js';
import { Repeated } from './repeated.js';
import type { SinkFactory } from './sink.js';
import { Transfer } from './transfer.js';

export interface InboundEvents {
  /** Something is offered: null to have it, or the code of the refusal. */
  decide(transfer: Transfer, from: Partner): Promise<SnapErrorCode | null>;
  /** A peer's file name as it may be shown and saved. */
  cleanName(name: string): string;
  /** The picture in these bytes, when it is one that may be shown. */
  preview(bytes: Uint8Array<ArrayBuffer>): Blob | null;
  openSink: SinkFactory;
  /**
   * Something has arrived, whole and checked. From one sender, photos come in the order in which they were sent. The sender is told that it
   * is delivered as soon as this returns, or resolves.
   */
  received(transfer: Transfer, content: Blob, offer: Offer, from: Partner): Promise<void> | void;
  /** A transfer has begun, moved on or ended. */
  changed(transfer: Transfer): void;
}

/** What has arrived here, for longer than the page lives. */
export interface Arrived {
  /** The root digest under which it has arrived, or null. */
  root(id: string): string | null;
  add(id: string, root: string): void;
  forget(id: string): void;
}

/** All that is being received, and from whom. Nothing arrives twice. */
export class Inbound {
  /** What arrived before this page was opened. */
  arrived: Arrived | null = null;
  readonly #events: InboundEvents;
  readonly #partners: ConnectedPartners;
  /** By sender and id. */
  readonly #incoming = new Map<string, Incoming>();

  constructor(partners: ConnectedPartners, events: InboundEvents) {
    this.#partners = partners;
    this.#events = events;
  }

  /** A partner offers something over this link. Returns what it becomes, or why it is refused without asking anybody. */
  offered(offer: Offer, from: Partner, link: Link): Receiving | SnapErrorCode {
    const key = keyOf(from.id, offer.id);
    const known = this.#incoming.get(key) ?? this.#inherited(offer, from);
    if (known && (!known.transfer.ended || known.transfer.state === 'delivered')) {
      return known.matches(offer) ? known : 'transfer-corrupt';
    }
    const root = this.arrived?.root(offer.id);
    if (root) return new Repeated(offer, root, () => this.arrived?.forget(offer.id));
    const refusal = known?.refusalFor(link);
    if (refusal) return refusal;
    const incoming = this.#open(offer, from);
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

  /** A partner has given up what it offered over an earlier connection. */
  withdrawn(from: Partner, id: string, code: SnapErrorCode): void {
    this.#incoming.get(keyOf(from.id, id))?.cancelled(code);
  }

  /** What a partner was sending will not come. */
  abandon(id: string, code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) {
      if (incoming.transfer.from === id) incoming.abandon(code);
    }
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

  #open(offer: Offer, from: Partner): Incoming {
    const preview = previewOf(offer);
    const transfer = new Transfer({
      id: offer.id,
      direction: 'receive',
      name: this.#events.cleanName(offer.name),
      type: offer.mime,
      size: offer.size,
      from: from.id,
      preview: preview && this.#events.preview(preview),
      onchange: (changed) => this.#events.changed(changed),
      onrequest: () => incoming.cancel(),
    });
    /** Who sends it now. */
    const sender = (): Partner => this.#partners.get(transfer.from ?? '')?.partner ?? from;
    let turn: Promise<unknown> = Promise.resolve();
    const incoming = new Incoming(transfer, offer, {
      decide: () => this.#events.decide(transfer, sender()),
      openSink: this.#events.openSink,
      wanted: () => {
        // A large file holds nothing up, and waits for nothing.
        if (transfer.size < LARGE_FILE) {
          turn = this.#partners.get(sender().id)?.turns.take(transfer) ?? turn;
        }
      },
      turn: () => turn,
      received: async (content, root) => {
        await this.#events.received(transfer, content, offer, sender());
        this.arrived?.add(offer.id, root);
      },
    });
    return incoming;
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
