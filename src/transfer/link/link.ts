import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import type { Channel, LaneSource } from '../../peer/channel.js';
import type { Allowance } from './allowance.js';
import { fruitlessAllowance } from './allowance.js';
import type { Deliverable, Receiving, Wire } from './conversation.js';
import { Reclaims } from './reclaims.js';
import type { DataFrame } from '../wire/frames.js';
import { LaneSet } from '../lanes/lane-set.js';
import { MAX_NOWHERE, MAX_OPEN_OFFERS } from '../wire/messages.js';
import type { Message, Offer } from '../wire/messages.js';
import { violation } from '../wire/violation.js';
import { Offers } from './offers.js';
import { fitsMessage, parseMessage } from '../wire/parse.js';
import { Scheduler } from './scheduler.js';

/** What a link asks of the transfers that use it. */
export interface LinkEvents {
  /**
   * A new offer. Returns who receives it, or the code of a refusal that needs no decision. Throws
   * when the peer must not make it.
   */
  offered(offer: Offer): Receiving | SnapErrorCode;
  /**
   * The receiver waits for what it was offered under this id over an earlier connection. Returns
   * null when it will be offered again, else why not.
   */
  expected(id: string): SnapErrorCode | null;
  /** The sender will not resume what it offered under this id over an earlier connection. */
  withdrawn(id: string, code: SnapErrorCode): void;
  /** The peer broke the protocol. The link has closed the connection. */
  violation(error: SnapError): void;
}

/** What is known of the path to a peer. */
export interface Path {
  /** Opens more connections; without it there is one. */
  readonly lanes?: LaneSource | null;
  /** In ms; 0 while unknown. */
  readonly roundTrip?: number;
}

/**
 * The link to one peer over one proven connection: control messages on its channel, data on its
 * lanes. All conversations with the peer share it.
 */
export class Link implements Wire {
  readonly #channel: Channel;
  readonly #events: LinkEvents;
  readonly #lanes: LaneSet;
  readonly #scheduler = new Scheduler();
  readonly #fruitless = fruitlessAllowance();
  readonly #reclaims: Reclaims;
  /** The conversations in which we send. */
  readonly #offers: Offers;
  /** The conversations in which we receive, by number. */
  readonly #receiving = new Map<number, Receiving>();
  #lastSeen = 0;
  #pumping = false;

  /** `allowance`: the offers that may be made to this peer, over all connections. */
  constructor(channel: Channel, path: Path, allowance: Allowance, events: LinkEvents) {
    this.#channel = channel;
    this.#events = events;
    this.#reclaims = new Reclaims({
      send: (message) => this.send(message),
      refusalOf: (id) => events.expected(id),
    });
    this.#offers = new Offers(this, {
      closed: channel.closed,
      allowance,
      fruitless: this.#fruitless,
      reclaims: this.#reclaims,
    });
    this.#lanes = new LaneSet(channel, path.lanes ?? null, path.roundTrip ?? 0, {
      data: (frame) => this.#data(frame),
      violated: (thrown) => this.#violated(thrown),
      wake: () => this.wake(),
    });
    channel.onmessage = (message) => this.#receive(message);
  }

  /** Offers it now, or as soon as fewer offers are open; once. */
  deliver(delivery: Deliverable): void {
    this.#offers.add(delivery);
  }

  /**
   * Asks for what was offered over an earlier connection: the peer offers it again, or withdraws
   * it.
   */
  expect(ids: readonly string[]): void {
    this.#reclaims.ask(ids);
  }

  /** The connection is gone. */
  close(): void {
    this.#channel.onmessage = null;
    this.#offers.suspend();
    for (const incoming of this.#receiving.values()) incoming.suspend();
    this.#receiving.clear();
  }

  send(message: Message): void {
    if (this.#channel.closed.aborted) return;
    const text = JSON.stringify(message);
    // Only an offer can be too long, when its name is full of escapes. It can do without its
    // preview.
    if (message.type === 'offer' && message.preview !== null && !fitsMessage(text)) {
      this.send({ ...message, preview: null });
      return;
    }
    try {
      this.#channel.send(text);
    } catch (cause) {
      // A channel that is closing throws before its `closed` aborts.
      this.#channel.close(SnapError.from(cause, 'peer-lost'));
    }
  }

  /** Fills every lane. Call it whenever something may have changed; it never waits. */
  wake(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (this.#sendNext());
      this.#lanes.resend();
    } finally {
      this.#pumping = false;
    }
    this.#offers.makeMore();
  }

  /** The round trip has been measured. */
  measured(roundTrip: number): void {
    this.#lanes.prepare(roundTrip);
  }

  /**
   * Sends the next chunk. False when nothing is ready, or no more may be in flight.
   */
  #sendNext(): boolean {
    const next = this.#scheduler.next(
      this.#offers.open,
      (remaining, share) => this.#lanes.free(remaining, share),
      this.#lanes.roundTrip,
    );
    if (!next) return false;
    const { sending, chunk, place } = next;
    const payload = sending.bytes(chunk);
    if (payload) this.#lanes.send(place.lane, sending.no, chunk, payload, sending);
    else sending.lost(chunk);
    return true;
  }

  #receive(message: string | Uint8Array): void {
    try {
      if (typeof message === 'string') this.#control(parseMessage(message));
      else this.#lanes.receive(message);
    } catch (thrown) {
      this.#violated(thrown);
      return;
    }
    this.wake();
  }

  /** A violation on any lane ends the whole connection. */
  #violated(thrown: unknown): void {
    const error = SnapError.from(thrown, 'peer-protocol');
    this.#channel.close(error);
    this.#events.violation(error);
  }

  #data(frame: DataFrame): void {
    const incoming = this.#receiving.get(frame.transfer);
    if (!incoming && frame.transfer > this.#lastSeen) throw violation('data');
    if (incoming?.data(frame)) this.#fruitless.giveBack();
    else this.#spend();
  }

  #control(message: Message): void {
    switch (message.type) {
      case 'offer':
        return this.#offered(message);
      case 'piece':
      case 'end':
      case 'cancel':
        return this.#toReceiver(message);
      case 'expect':
        return this.#reclaims.expected(message.id);
      case 'withdraw':
        this.#reclaims.withdrawn(message.id);
        return this.#events.withdrawn(message.id, message.code);
      default:
        return this.#toSender(message);
    }
  }

  #offered(offer: Offer): void {
    if (offer.no !== this.#lastSeen + 1) throw violation('offer');
    this.#lastSeen = offer.no;
    this.#fruitless.giveBack(MAX_NOWHERE);
    for (const [no, incoming] of this.#receiving) if (incoming.concluded) this.#receiving.delete(no);
    if (this.#receiving.size >= MAX_OPEN_OFFERS) throw violation('offer: too many at once');
    if ([...this.#receiving.values()].some(({ id }) => id === offer.id))
      throw violation('offer: open already');
    const outcome = this.#events.offered(offer);
    if (typeof outcome === 'string') {
      this.send({ type: 'decline', no: offer.no, code: outcome });
      return;
    }
    this.#receiving.set(offer.no, outcome);
    outcome.attach(this, offer.no);
  }

  /**
   * A message of a sender. It may come too late, when the transfer has ended here meanwhile.
   */
  #toReceiver(message: Extract<Message, { type: 'piece' | 'end' | 'cancel' }>): void {
    const incoming = this.#receiving.get(message.no);
    if (!incoming && message.no > this.#lastSeen) throw violation(message.type);
    if (!incoming || incoming.concluded) this.#spend();
    if (!incoming) return;
    if (message.type === 'piece') {
      if (!incoming.digest(message.index, message.digest)) this.#spend();
    } else if (message.type === 'end') incoming.end(message.root);
    else incoming.cancelled(message.code);
  }

  /** A message has led nowhere. Throws `peer-protocol` when it was one too many. */
  #spend(): void {
    if (!this.#fruitless.take()) throw violation('too much that leads nowhere');
  }

  /** A message of a receiver. */
  #toSender(message: Extract<Message, { type: 'accept' | 'decline' | 'stored' | 'redo' | 'done' }>): void {
    const sending = this.#offers.find(message.no, message.type);
    if (!sending) this.#spend();
    else if (message.type === 'accept') sending.accepted(message);
    else if (message.type === 'decline') sending.declined(new SnapError(message.code));
    else if (message.type === 'stored') sending.stored(message.pieces);
    else if (message.type === 'redo') sending.redo(message.index);
    else {
      sending.done(message.root);
      this.#offers.delivered();
    }
  }
}
