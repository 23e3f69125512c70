import { SnapError } from '../../errors.js';
import type { OfferHeader } from '../wire/messages.js';
import type { Outcome, RecipientState, Transfer } from '../transfer.js';
import { Delivery } from './delivery.js';
import type { DeliveryEvents } from './delivery.js';
import { PieceCache } from './piece-cache.js';
import type { Source } from './source.js';

/** One thing being sent, to however many recipients. */
export class Outgoing {
  readonly transfer: Transfer;
  readonly deliveries = new Map<string, Delivery>();
  /** The tag of the room whose members it is for; empty where there is only one. */
  room: string;
  readonly #pieces: PieceCache;
  readonly #events: DeliveryEvents = {
    changed: () => this.#update(),
    progressed: () => {
      if (this.transfer.mayProgress) this.#report();
    },
  };

  constructor(transfer: Transfer, header: OfferHeader, source: Source, room = '') {
    this.transfer = transfer;
    this.room = room;
    this.#pieces = new PieceCache(header, source, {
      available: () => {
        for (const { attempt } of this.deliveries.values()) attempt?.wake();
      },
      hashed: (index) => {
        for (const { attempt } of this.deliveries.values()) attempt?.hashed(index);
      },
      failed: (error) => this.fail(error),
    });
  }

  /** Something has become of it at a recipient. Returns whether that is news. */
  became(recipientId: string, outcome: Outcome): boolean {
    const news = this.deliveries.get(recipientId)?.became(outcome) ?? false;
    if (news) this.transfer.became([...this.deliveries.values()].map(({ recipient }) => recipient));
    return news;
  }

  /** Adds a recipient; none is added twice. */
  deliverTo(peer: { id: string; name: string }): Delivery {
    let delivery = this.deliveries.get(peer.id);
    if (!delivery) {
      delivery = new Delivery(peer, this.#pieces, this.#events);
      this.deliveries.set(peer.id, delivery);
    }
    this.#update();
    return delivery;
  }

  /**
   * The person has chosen the file again. The digests will show the recipients whether it is the
   * same to the last byte.
   */
  resupply(source: Source): void {
    this.#pieces.resupply(source);
  }

  /** Fails every delivery that has not ended. */
  fail(error: SnapError): void {
    for (const delivery of this.deliveries.values()) delivery.giveUp(error);
    if (!this.transfer.ended && this.deliveries.size === 0) this.transfer.move('failed', error);
  }

  /** Tries again, for every recipient that does not have it and has not left. */
  renew(): void {
    this.#pieces.reuse();
    for (const [id, delivery] of this.deliveries) {
      if (delivery.recipient.state === 'left') this.deliveries.delete(id);
      else delivery.reset();
    }
    this.#update();
  }

  /** The person on this side does not want to send it any more. */
  cancel(): void {
    const error = new SnapError('transfer-cancelled');
    for (const delivery of this.deliveries.values()) delivery.giveUp(error);
    if (!this.transfer.ended) this.transfer.move('cancelled', error);
  }

  /** Brings the transfer up to date with its recipients. */
  #update(): void {
    if (this.transfer.ended) return;
    this.#pieces.readers = [...this.deliveries.values()].filter(({ sending }) => sending).length;
    const states = this.#report();
    if (!this.#settle(states)) return;
    // Nobody can retry what is delivered.
    this.#pieces.release({ forGood: this.transfer.state === 'delivered' });
  }

  /** Tells the transfer how far its recipients are. Returns the states of those that count. */
  #report(): readonly RecipientState[] {
    const recipients = [...this.deliveries.values()].map(({ recipient }) => recipient);
    const remaining = recipients.filter(({ state }) => state !== 'left');
    const total = remaining.reduce((sum, { loaded }) => sum + loaded, 0);
    this.transfer.progress(remaining.length > 0 ? Math.floor(total / remaining.length) : 0, recipients);
    return remaining.map(({ state }) => state);
  }

  /** Moves the transfer to where its remaining recipients are. Returns whether it has ended. */
  #settle(states: readonly RecipientState[]): boolean {
    const { transfer } = this;
    if (this.deliveries.size === 0) return false;
    if (states.length === 0) {
      transfer.move('failed', new SnapError('transfer-no-recipient'));
    } else if (states.some((state) => state === 'waiting' || state === 'sending')) {
      const running = states.includes('sending');
      if (running && transfer.state === 'queued') transfer.move('sending');
      else if (!running && transfer.state === 'sending') transfer.move('queued');
    } else if (states.every((state) => state === 'delivered')) {
      transfer.move('delivered');
    } else {
      const state = states.includes('failed') ? 'failed' : 'cancelled';
      const recipients = [...this.deliveries.values()].map(({ recipient }) => recipient);
      transfer.move(state, recipients.find((each) => each.state === state)?.error ?? null);
    }
    return transfer.ended;
  }
}
