import { SnapError } from '../../errors.js';
import type { Deliverable, Wire } from '../link/conversation.js';
import type { Outcome, Recipient, RecipientState } from '../transfer.js';
import { Attempt } from './attempt.js';
import type { PieceCache } from './piece-cache.js';

/** What a delivery tells the transfer that it belongs to. */
export interface DeliveryEvents {
  /** Its state has changed. */
  changed(): void;
  /** Its recipient has confirmed more bytes. */
  progressed(): void;
}

/** A piece that does not arrive intact this often is not going to. */
const MOST_REDOS = 3;

/**
 * One transfer on its way to one recipient. It outlives connections: each new one is another
 * attempt, which asks what the recipient has and resumes from there. Once it has ended it knows the
 * recipient by id alone: a transfer is kept for long after its recipient has left.
 */
export class Delivery implements Deliverable {
  readonly recipientId: string;
  readonly #name: string;
  readonly #pieces: PieceCache;
  readonly #events: DeliveryEvents;
  #state: RecipientState = 'waiting';
  #error: SnapError | null = null;
  #attempt: Attempt | null = null;
  /** Bytes that the recipient had confirmed when the last attempt was over. */
  #loaded = 0;
  #redos = 0;
  #outcome: Outcome = 'delivered';

  constructor(peer: { id: string; name: string }, pieces: PieceCache, events: DeliveryEvents) {
    this.recipientId = peer.id;
    this.#name = peer.name;
    this.#pieces = pieces;
    this.#events = events;
  }

  get id(): string {
    return this.#pieces.header.id;
  }

  get size(): number {
    return this.#pieces.header.size;
  }

  get attempt(): Attempt | null {
    return this.#attempt;
  }

  get recipient(): Recipient {
    return {
      id: this.recipientId,
      name: this.#name,
      loaded: this.#attempt?.loaded ?? this.#loaded,
      state: this.#state,
      error: this.#error,
      outcome: this.#outcome,
    };
  }

  get settled(): boolean {
    return this.#state !== 'waiting' && this.#state !== 'sending';
  }

  get sending(): boolean {
    return this.#state === 'sending';
  }

  /** Takes the state that the recipient had when the page went away. */
  restore(state: RecipientState, error: SnapError | null): void {
    if (state === 'delivered') this.#loaded = this.size;
    this.#become(state === 'sending' ? 'waiting' : state, error);
  }

  /** Something has become of it at its recipient. Returns whether that is news. */
  became(outcome: Outcome): boolean {
    const news = this.#state === 'delivered' && this.#outcome !== 'submitted' && this.#outcome !== outcome;
    if (news) this.#outcome = outcome;
    return news;
  }

  offer(wire: Wire, no: number): Attempt {
    const attempt = new Attempt(this.#pieces, wire, no, this.#loaded, {
      moved: (to, error) => this.#become(to, error),
      progressed: () => this.#events.progressed(),
      corrupted: () => {
        if (++this.#redos > MOST_REDOS) this.giveUp(new SnapError('transfer-corrupt'));
      },
    });
    this.#attempt = attempt;
    attempt.offer();
    return attempt;
  }

  /** The recipient said goodbye. */
  left(): void {
    if (!this.settled) this.#become('left');
  }

  /**
   * Ends it here and tells the recipient: `transfer-cancelled` when the person wanted so, else why
   * it has failed.
   */
  giveUp(error: SnapError): void {
    if (this.settled) return;
    const attempt = this.#attempt;
    attempt?.cancel(error.code);
    this.#become(error.code === 'transfer-cancelled' ? 'cancelled' : 'failed', error);
    attempt?.wake();
  }

  /** Tries again what has failed: the recipient will say what it has. */
  reset(): void {
    if (this.#state !== 'failed' && this.#state !== 'cancelled') return;
    this.#redos = 0;
    this.#become('waiting');
  }

  #close(): void {
    this.#loaded = this.#attempt?.loaded ?? this.#loaded;
    this.#attempt?.close();
    this.#attempt = null;
  }

  #become(state: RecipientState, error: SnapError | null = null): void {
    this.#state = state;
    this.#error = error;
    if (!this.sending) this.#close();
    this.#events.changed();
  }
}
