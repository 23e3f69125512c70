import { SnapError } from '../errors.js';
import type { SnapErrorCode } from '../errors.js';
import type { Channel } from '../peer/channel.js';
import { headerOf, previewOf } from './description.js';
import type { Description } from './description.js';
import { Incoming } from './incoming.js';
import { Link } from './link.js';
import type { Path, Receiving } from './link.js';
import { LARGE_FILE } from './messages.js';
import type { Offer } from './messages.js';
import { Outgoing } from './outgoing.js';
import { Repeated } from './repeated.js';
import type { SinkFactory } from './sink.js';
import { missingSource } from './source.js';
import type { Source } from './source.js';
import { Transfer } from './transfer.js';
import type { Recipient } from './transfer.js';
import { Turns } from './turns.js';

/** Whom the exchange sends to and receives from: a proven member of the room. */
export interface Partner {
  /** The member's `tabId`. */
  readonly id: string;
  readonly name: string;
  /** Gives and never receives. */
  readonly sendOnly: boolean;
}

export type { Description };

export interface ExchangeEvents {
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
  /** A peer broke the protocol and was cut off. */
  violation(from: Partner, error: SnapError): void;
}

/** What has arrived here, for longer than the page lives. */
export interface Arrived {
  /** The root digest under which it has arrived, or null. */
  root(id: string): string | null;
  add(id: string, root: string): void;
  forget(id: string): void;
}

/** A recipient of a transfer that goes on, as it was when the page went away. */
export type RestoredRecipient = Pick<Recipient, 'id' | 'name' | 'state' | 'error'>;

/** Ids remembered so that nothing arrives twice, when the last word of a transfer was lost with its connection. */
const REMEMBERED = 1000;

/** All transfers of one hub: knows who is there, who gets what, and what has arrived. */
export class Exchange {
  /** The tag of the room that `connect` speaks of: what was sent into one room never goes into another. */
  room = '';
  /** What arrived before this page was opened; set it before the first `connect`. */
  arrived: Arrived | null = null;
  readonly #events: ExchangeEvents;
  readonly #partners = new Map<string, { partner: Partner; link: Link; turns: Turns }>();
  readonly #outgoing = new Set<Outgoing>();
  /** Why what was forgotten had ended, by its id, the oldest first: somebody may still wait for it. */
  readonly #forgotten = new Map<string, SnapErrorCode>();
  /** By sender and id. */
  readonly #incoming = new Map<string, Incoming>();

  constructor(events: ExchangeEvents) {
    this.#events = events;
  }

  /** A member is here, over this proven channel; a channel that it had before is over. */
  connect(partner: Partner, channel: Channel, path: Path = {}): void {
    this.disconnect(partner.id);
    const link: Link = new Link(channel, path, {
      offered: (offer) => this.#offered(offer, partner, link),
      expected: (id) => this.#expected(id, partner, link),
      withdrawn: (id, code) => this.#incoming.get(keyOf(partner, id))?.cancelled(code),
      violation: (error) => this.#events.violation(partner, error),
    });
    this.#partners.set(partner.id, { partner, link, turns: new Turns() });
    for (const { transfer } of this.#incoming.values()) {
      if (transfer.from === partner.id && !transfer.ended) link.send({ type: 'expect', id: transfer.id });
    }
    for (const outgoing of this.#outgoing) {
      if (outgoing.room !== this.room) continue;
      if (outgoing.transfer.ended) withdraw(outgoing, partner, link);
      else engage(outgoing, partner, link);
    }
  }

  /** The round trip to a member was measured, in ms. */
  measured(id: string, roundTrip: number): void {
    this.#partners.get(id)?.link.measured(roundTrip);
  }

  /** The connection to a member is lost. Its transfers wait. */
  disconnect(id: string): void {
    const known = this.#partners.get(id);
    known?.link.close();
    known?.turns.end();
    this.#partners.delete(id);
  }

  /** A member has left for good: it is no longer a recipient, and what it was sending will not come. */
  leave(id: string): void {
    this.disconnect(id);
    for (const { deliveries } of this.#here) deliveries.get(id)?.left();
    this.#abandon(id, 'peer-lost');
  }

  /** A member that had vanished was awaited long enough. */
  expire(id: string): void {
    for (const { deliveries } of this.#here) deliveries.get(id)?.fail(new SnapError('transfer-expired'));
    this.#abandon(id, 'transfer-expired');
  }

  /**
   * Sends to `recipients`, whether they are connected now or not; when there are none, to the first receiving member to come. The source is
   * read once for all. What is on its way already, by its id, gets more recipients, and is returned.
   */
  send(source: Source, description: Description, recipients: readonly Partner[]): Transfer {
    const running = [...this.#outgoing].find(
      ({ transfer }) => !transfer.ended && transfer.id === description.id,
    );
    const outgoing = running ?? this.#prepare(source, description);
    for (const recipient of recipients) outgoing.deliverTo(recipient);
    this.#engageAll(outgoing);
    return outgoing.transfer;
  }

  /**
   * Goes on with what an earlier life of the page was sending, or another tab that is gone: to the same recipients, under the same id. Without
   * a source it has failed with `source-unreadable`, until `resupply`.
   */
  restore(
    source: Source | null,
    size: number,
    description: Description,
    recipients: readonly RestoredRecipient[],
  ): Transfer {
    const known = [...this.#outgoing].find(({ transfer }) => transfer.id === description.id);
    if (known) return known.transfer;
    const outgoing = this.#prepare(source ?? missingSource(size), description);
    // All of them first: those that have it are not all.
    const deliveries = recipients.map((recipient) => outgoing.deliverTo(recipient));
    deliveries.forEach((delivery, at) => delivery.restore(recipients[at]!.state, recipients[at]!.error));
    if (!source && !outgoing.transfer.ended) outgoing.fail(new SnapError('source-unreadable'));
    this.#engageAll(outgoing);
    return outgoing.transfer;
  }

  /** Tries again what has failed because its file was not to be had, with the file. */
  resupply(transfer: Transfer, source: Source): void {
    for (const outgoing of this.#outgoing) if (outgoing.transfer === transfer) outgoing.resupply(source);
    transfer.retry();
  }

  #prepare(source: Source, description: Description): Outgoing {
    const header = headerOf(description, source.size);
    const preview = previewOf(header);
    const transfer = new Transfer({
      ...description,
      type: description.mime,
      direction: 'send',
      size: source.size,
      preview: preview && this.#events.preview(preview),
      onchange: (changed) => this.#events.changed(changed),
      onrequest: (_, request) => (request === 'cancel' ? outgoing.cancel() : this.#retry(outgoing)),
    });
    const outgoing = new Outgoing(transfer, header, source, this.room);
    this.#outgoing.add(outgoing);
    this.#events.changed(transfer);
    return outgoing;
  }

  /** Forgets a transfer that has ended. */
  forget(transfer: Transfer): void {
    for (const outgoing of this.#outgoing)
      if (outgoing.transfer === transfer) this.#outgoing.delete(outgoing);
    if (transfer.direction === 'receive' || !transfer.error) return;
    this.#forgotten.set(transfer.id, transfer.error.code);
    const [oldest] = this.#forgotten.keys();
    if (this.#forgotten.size > REMEMBERED) this.#forgotten.delete(oldest!);
  }

  /** The hub is closing: connections are gone, transfers wait for whatever comes. */
  close(): void {
    for (const id of [...this.#partners.keys()]) this.disconnect(id);
  }

  /** The room has a new code: what was meant for its members still is. */
  moved(room: string): void {
    for (const outgoing of this.#here) outgoing.room = room;
    this.room = room;
  }

  /** What is being sent into this room. */
  get #here(): Outgoing[] {
    return [...this.#outgoing].filter(({ room }) => room === this.room);
  }

  #abandon(id: string, code: SnapErrorCode): void {
    for (const incoming of this.#incoming.values()) {
      if (incoming.transfer.from === id) incoming.abandon(code);
    }
  }

  #retry(outgoing: Outgoing): void {
    outgoing.transfer.move('queued');
    outgoing.renew();
    this.#engageAll(outgoing);
  }

  #engageAll(outgoing: Outgoing): void {
    if (outgoing.room !== this.room || outgoing.transfer.ended) return;
    for (const { partner, link } of this.#partners.values()) engage(outgoing, partner, link);
  }

  #offered(offer: Offer, from: Partner, link: Link): Receiving | SnapErrorCode {
    const key = keyOf(from, offer.id);
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

  /** A partner waits for something, perhaps in vain: it was ended while the partner was away, or was not written down before the page died. */
  #expected(id: string, partner: Partner, link: Link): void {
    const deliveries = [...this.#outgoing]
      .filter(({ header }) => header.id === id)
      .map((outgoing) => outgoing.deliveries.get(partner.id));
    // It will be offered, here or in the room that it is meant for.
    if (deliveries.some((delivery) => delivery && !delivery.settled)) return;
    const recipient = deliveries.at(-1)?.recipient;
    const known = recipient?.state === 'left' ? 'peer-lost' : recipient?.error?.code;
    link.send({ type: 'withdraw', id, code: known ?? this.#forgotten.get(id) ?? 'source-unreadable' });
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
      this.#incoming.set(keyOf(from, id), incoming);
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

/** Offers it to a partner that is a recipient, or becomes one: what was sent while nobody was there is for the first receiving member to come. */
function engage(outgoing: Outgoing, partner: Partner, link: Link): void {
  if (outgoing.deliveries.size === 0 && !partner.sendOnly) outgoing.deliverTo(partner);
  const delivery = outgoing.deliveries.get(partner.id);
  if (delivery && !delivery.settled) link.deliver(delivery);
}

/** Tells a partner, if it does not know yet, that it need not wait for this any more. */
function withdraw(outgoing: Outgoing, partner: Partner, link: Link): void {
  const delivery = outgoing.deliveries.get(partner.id);
  if (!delivery?.unsaid) return;
  link.send({ type: 'withdraw', id: outgoing.header.id, code: delivery.unsaid });
  delivery.unsaid = null;
}

function keyOf(from: Partner, id: string): string {
  return `${from.id}:${id}`;
}
