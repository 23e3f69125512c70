import { SnapError } from '../../errors.js';
import type { Sending, Shipment, Wire } from '../link/conversation.js';
import type { Accept } from '../wire/messages.js';
import { outOfPlace } from '../wire/violation.js';
import type { Outgoing } from './outgoing.js';
import { SendQueue } from './send-queue.js';
import type { Range, Shipper } from '../lanes/in-flight.js';
import type { Recipient, RecipientState } from '../transfer.js';

/**
 * In ms, beside the way there and back: a page that answers an offer by itself does so within this
 * time; a person may take minutes, for which nobody shall wait.
 */
const ANSWERED_WITHIN = 500;
/** A piece that does not arrive right this often is not going to. */
const MOST_REDOS = 3;

/**
 * One transfer on its way to one recipient. It survives connections: a new one asks what the
 * recipient has, and goes on from there. Once it has ended it knows the recipient by id alone: a
 * transfer is kept for long after its recipient has left.
 */
export class Delivery implements Sending {
  readonly outgoing: Outgoing;
  readonly peerId: string;
  /** The number of the offer on the present connection; 0 without one. */
  no = 0;
  /**
   * Whose the frames of the present conversation are. Those of an earlier one may still be on their
   * way: they count for nothing.
   */
  shipper: Shipper = NOBODY;
  readonly #name: string;
  #state: RecipientState = 'waiting';
  #error: SnapError | null = null;
  #wire: Wire | null = null;
  /**
   * Bytes that the recipient has, by its confirmations on this connection and its word at the start
   * of it.
   */
  #confirmed = 0;
  /** What is still to be sent; null unless the recipient has accepted on this connection. */
  #queue: SendQueue | null = null;
  #ended = false;
  #redos = 0;
  #offeredAt = -Infinity;

  constructor(outgoing: Outgoing, peer: { id: string; name: string }) {
    this.outgoing = outgoing;
    this.peerId = peer.id;
    this.#name = peer.name;
  }

  get id(): string {
    return this.outgoing.header.id;
  }

  get size(): number {
    return this.outgoing.header.size;
  }

  get recipient(): Recipient {
    return {
      id: this.peerId,
      name: this.#name,
      loaded: this.#confirmed,
      state: this.#state,
      error: this.#error,
    };
  }

  /** Takes up what an earlier life of the page has left. */
  restore(state: RecipientState, error: SnapError | null): void {
    if (state === 'delivered') this.#confirmed = this.outgoing.header.size;
    this.#become(state === 'sending' ? 'waiting' : state, error);
  }

  /** Whether nothing more will happen to it. */
  get settled(): boolean {
    return this.#state !== 'waiting' && this.#state !== 'sending';
  }

  get sending(): boolean {
    return this.#state === 'sending';
  }

  /**
   * Whether what is much larger should keep out of its way: it is on its way, or just offered.
   * `roundTrip`: what one takes just now, in ms.
   */
  isUrgent(roundTrip: number): boolean {
    if (this.settled) return false;
    return this.sending || performance.now() - this.#offeredAt < ANSWERED_WITHIN + 2 * roundTrip;
  }

  /** Bytes not yet confirmed. */
  get remaining(): number {
    return this.outgoing.header.size - this.#confirmed;
  }

  /** Offers over a new connection. */
  offer(wire: Wire, no: number): void {
    this.#wire = wire;
    this.no = no;
    this.#offeredAt = performance.now();
    const pressing = (): boolean => this.shipper === shipper && this.sending && this.#next === null;
    const shipper: Shipper = {
      get pressing() {
        return pressing();
      },
      bytes: (range) => this.#again(range),
      confirmed: (range) => this.shipper === shipper && this.#confirm(range),
      lost: (range) => this.shipper === shipper && this.#lose(range),
    };
    this.shipper = shipper;
    wire.send({ type: 'offer', no, ...this.outgoing.header });
    this.outgoing.prepare();
  }

  /** The connection is gone: wait for another. */
  suspend(): void {
    const wasOffered = this.#wire !== null;
    this.#hangUp();
    if (wasOffered && !this.settled) this.#become('waiting');
  }

  accept(accept: Accept): void {
    if (this.#state !== 'waiting') throw outOfPlace('accept');
    const { header } = this.outgoing;
    this.#queue = new SendQueue(header, accept);
    this.#confirmed = Math.min(accept.have * header.piece, header.size);
    this.#become('sending');
    if (accept.have > 0) void this.outgoing.hashFirst(accept.have);
    this.#maybeEnd();
    this.wake();
  }

  /**
   * The recipient does not want it: its own decision counts as cancelled, anything else as failed.
   */
  declined(error: SnapError): void {
    this.#become(error.code === 'transfer-cancelled-by-peer' ? 'cancelled' : 'failed', error);
  }

  storedUpTo(pieces: number): void {
    if (!this.sending || !this.#queue) throw outOfPlace('stored');
    this.#queue.stored(pieces);
    this.wake();
  }

  redo(index: number): void {
    if (!this.#queue) throw outOfPlace('redo');
    const bytes = this.#queue.redo(index);
    if (++this.#redos > MOST_REDOS) {
      this.giveUp(new SnapError('transfer-corrupt'));
      return;
    }
    this.#confirmed = Math.max(0, this.#confirmed - bytes);
    this.wake();
  }

  done(root: string): void {
    if (!this.#ended || root !== this.outgoing.root) throw outOfPlace('done');
    this.#confirmed = this.outgoing.header.size;
    this.#become('delivered');
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
    const wire = this.#wire;
    wire?.send({ type: 'cancel', no: this.no, code: error.code });
    this.#become(error.code === 'transfer-cancelled' ? 'cancelled' : 'failed', error);
    wire?.wake();
  }

  /** Tries again from the start of the conversation: the recipient says what it has. */
  reset(): void {
    if (this.#state !== 'failed' && this.#state !== 'cancelled') return;
    this.#redos = 0;
    this.#become('waiting');
  }

  /**
   * The next bytes to go, at most `most` of them; null when there are none just now. `wake` follows
   * when there may be again.
   */
  next(most: number): Shipment | null {
    const range = this.#next;
    if (!range || !this.#queue) return null;
    const { piece } = this.outgoing.header;
    const index = Math.floor(range.start / piece);
    const bytes = this.outgoing.piece(index);
    this.outgoing.prefetch(index);
    if (!bytes) return null;

    const start = range.start - index * piece;
    const end = Math.min(start + most, bytes.byteLength, start + (range.end - range.start));
    const first = !this.#queue.hasBegun(index);
    this.#queue.take(end - start);
    if (first) this.hashed(index);
    return { offset: range.start, payload: bytes.subarray(start, end) };
  }

  /**
   * The digest of a piece is known, or its first byte goes: when both are so, the recipient is
   * told.
   */
  hashed(index: number): void {
    const digest = this.outgoing.digests[index];
    if (digest === undefined || !this.sending) return;
    if (this.#queue?.hasBegun(index)) this.#wire?.send({ type: 'piece', no: this.no, index, digest });
    this.#maybeEnd();
  }

  wake(): void {
    this.#wire?.wake();
  }

  /** What goes next; null when there is nothing, or nothing may go. */
  get #next(): Range | null {
    return this.sending ? (this.#queue?.next ?? null) : null;
  }

  #hangUp(): void {
    this.#wire = null;
    this.no = 0;
    this.shipper = NOBODY;
    this.#queue = null;
    this.#ended = false;
  }

  /** A frame never crosses the border between two pieces. */
  #again({ start, end }: Range): Uint8Array | null {
    const { piece } = this.outgoing.header;
    const index = Math.floor(start / piece);
    return this.outgoing.piece(index)?.subarray(start - index * piece, end - index * piece) ?? null;
  }

  #confirm({ start, end }: Range): void {
    this.#confirmed = Math.min(this.outgoing.header.size, this.#confirmed + (end - start));
    this.outgoing.update(false);
  }

  #lose(range: Range): void {
    if (!this.sending) return;
    this.#queue?.again(range);
    this.wake();
  }

  /** Once every piece was begun and hashed, so after the last `piece` message. */
  #maybeEnd(): void {
    const { root } = this.outgoing;
    if (this.#ended || !this.#queue?.allBegun || root === null) return;
    this.#ended = true;
    this.#wire?.send({ type: 'end', no: this.no, root });
  }

  #become(state: RecipientState, error: SnapError | null = null): void {
    this.#state = state;
    this.#error = error;
    if (this.settled) this.#hangUp();
    this.outgoing.update();
  }
}

const NOBODY: Shipper = {
  bytes: () => null,
  pressing: false,
  confirmed: () => undefined,
  lost: () => undefined,
};
