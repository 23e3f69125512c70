import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import type { Receiving, Wire } from '../link/conversation.js';
import { plainPeer } from '../peer.js';
import type { Peer } from '../peer.js';
import type { Sink, StoredContent } from '../sinks/sink.js';
import type { Transfer } from '../transfer.js';
import type { DataFrame } from '../wire/frames.js';
import type { Offer } from '../wire/messages.js';
import type { AdmissionQueue } from './admission-queue.js';
import { expecting, isOver, isResumable, piecesOf } from './incoming-state.js';
import type { IncomingState } from './incoming-state.js';
import { Reassembly } from './reassembly.js';
import { Replies } from './replies.js';

/** What an incoming transfer asks of its owner. */
export interface IncomingEvents {
  /**
   * Resolves with a sink as soon as its bytes may come, or with the code of the refusal if it is
   * not wanted. Rejects when there is no space for it.
   */
  open(incoming: Incoming): Promise<Sink | SnapErrorCode>;
  /**
   * It is complete and verified. Resolves, when it is its turn, with a function that hands it to
   * the page; rejects if the page can make nothing of it.
   */
  received(incoming: Incoming, content: Blob, root: string, taken: StoredContent): Promise<() => void>;
  /**
   * This side has ended it. `wire`: where its sender was told; null when there was no connection.
   */
  declined(incoming: Incoming, code: SnapErrorCode, wire: Wire | null): void;
  /** Its sender has another file under its id than the one that has arrived. */
  mismatched(incoming: Incoming): void;
}

/** What an incoming transfer is made of. */
export interface IncomingParts {
  readonly transfer: Transfer;
  readonly offer: Offer;
  readonly from: Peer;
  /** That of its sender. */
  readonly queue: AdmissionQueue;
  /** The root digest under which it has arrived before. */
  readonly arrived?: string | undefined;
}

/**
 * One incoming transfer. Also one that has arrived before, and is offered again because its sender
 * has missed our `done`.
 *
 * It outlives connections: the sender offers it again over the next one, and `accept` tells where
 * to continue. Something that has arrived before is accepted with all its pieces; the root digest
 * with which the sender then ends shows whether it really is the same.
 */
export class Incoming implements Receiving {
  readonly transfer: Transfer;
  readonly offer: Offer;
  readonly #events: IncomingEvents;
  #from: Peer;
  #queue: AdmissionQueue;
  /** Over the present connection; null without one. */
  #replies: Replies | null = null;
  #state: IncomingState;

  constructor({ transfer, offer, from, queue, arrived }: IncomingParts, events: IncomingEvents) {
    this.transfer = transfer;
    this.offer = offer;
    this.#from = from;
    this.#queue = queue;
    this.#events = events;
    this.#state = arrived === undefined ? { is: 'offered' } : { is: 'arrived', root: arrived, before: true };
  }

  get id(): string {
    return this.offer.id;
  }

  /** Its sender, as last heard of. */
  get from(): Peer {
    return plainPeer(this.#from);
  }

  get queue(): AdmissionQueue {
    return this.#queue;
  }

  get concluded(): boolean {
    return this.#replies?.concluded ?? false;
  }

  /** Whether it waits for its sender to offer it again. */
  get leftOver(): boolean {
    return this.#replies === null && !this.#isOver();
  }

  /** Whether it takes memory, or disk. */
  get holding(): boolean {
    return this.#pieces !== null;
  }

  /** `from` offers it again: its sender, or another tab of the same browser that continues it. */
  offeredAgain(from: Peer, queue: AdmissionQueue): void {
    const isSame = from.id === this.#from.id;
    this.#from = from;
    if (isSame) return;
    this.#queue.handOver(this.transfer, queue);
    this.#queue = queue;
    // The page is notified, and may cancel it: by then it is the new sender's.
    this.transfer.handOver(from.id);
  }

  attach(wire: Wire, no: number): void {
    const { size, piece } = this.offer;
    this.#replies = new Replies(wire, no);
    if (this.#state.is === 'arrived') return this.#replies.accept(Math.ceil(size / piece), 1);
    if (this.#state.is === 'stopped') return this.#replies.conclude();
    this.#queue.connect(this.transfer);
    if (this.#state.is === 'offered') void this.#open();
    else if (this.#pieces) this.#accept(this.#pieces);
  }

  suspend(): void {
    this.#replies = null;
    // The object that was given may keep the lost connection in memory.
    this.#from = plainPeer(this.#from);
    this.#pieces?.suspend();
    this.#queue.disconnect(this.transfer);
    if (this.transfer.state === 'receiving') this.transfer.move('queued');
    this.#notify();
  }

  data(frame: DataFrame): boolean {
    const pieces = expecting(this.#state, 'data');
    if (!pieces) return false;
    const isNew = pieces.data(frame);
    this.#notify();
    return isNew;
  }

  digest(index: number, digest: string): boolean {
    return expecting(this.#state, 'piece')?.digest(index, digest) ?? false;
  }

  end(root: string): void {
    this.#replies?.end(root);
    if (this.#replies?.concluded) return;
    if (this.#state.is === 'arrived') this.#confirm(this.#state.root);
    else if (expecting(this.#state, 'end')) this.#maybeFinish();
  }

  cancelled(code: SnapErrorCode): void {
    if (code === 'transfer-cancelled') this.#stop('cancelled', new SnapError('transfer-cancelled-by-peer'));
    else this.#stop('failed', new SnapError(code));
    // Even if it has arrived: a sender that has missed our `done` may give up, and offer it anew.
    this.#replies?.conclude();
  }

  /** The person on this side wants no more of it. */
  cancel(): void {
    this.#decline('transfer-cancelled-by-peer', 'cancelled', new SnapError('transfer-cancelled'));
  }

  /**
   * The sender has left for good, or was awaited for too long: no more bytes will come. Has no
   * effect if all of them are here. With `forGood`, nobody resumes it on this side either.
   */
  abandon(code: SnapErrorCode, { forGood = false } = {}): void {
    if (this.#state.is === 'finishing') return;
    this.#stop('failed', new SnapError(code), !forGood && isResumable(code));
  }

  get #pieces(): Reassembly | null {
    return piecesOf(this.#state);
  }

  async #open(): Promise<void> {
    this.#state = { is: 'deciding' };
    try {
      const outcome = await this.#events.open(this);
      if (typeof outcome === 'string') this.#decline(outcome, 'cancelled', new SnapError(outcome));
      else this.#receive(outcome);
    } catch (cause) {
      this.#fail(SnapError.from(cause, 'storage-failed'));
    }
  }

  #receive(sink: Sink): void {
    // It may have ended while the sink was opened.
    if (this.#state.is === 'stopped') {
      void (this.#state.resumable ? sink.release() : sink.discard());
      return;
    }
    const pieces = new Reassembly(this.offer, sink, {
      stored: (count) => this.#stored(count),
      wrong: (index) => this.#replies?.redo(index),
      failed: (error) => this.#fail(error),
    });
    this.#state = { is: 'receiving', pieces };
    this.#accept(pieces);
  }

  #accept(pieces: Reassembly): void {
    const replies = this.#replies;
    if (!replies) return;
    if (this.transfer.state === 'queued') this.transfer.move('receiving');
    // The page, which was notified, may have cancelled it, or left the room.
    if (this.#isOver() || this.#replies !== replies) return;
    pieces.resume();
    replies.accept(pieces.stored, pieces.credit);
  }

  #stored(count: number): void {
    if (this.#isOver()) return;
    this.#replies?.stored(count);
    this.#maybeFinish();
  }

  #maybeFinish(): void {
    const root = this.#replies?.root ?? null;
    if (this.#state.is !== 'receiving' || root === null || !this.#state.pieces.complete) return;
    const { pieces } = this.#state;
    this.#state = { is: 'finishing', pieces };
    void this.#finish(pieces, root);
  }

  async #finish(pieces: Reassembly, root: string): Promise<void> {
    try {
      if (pieces.root !== root) throw new SnapError('transfer-corrupt');
      const content = await pieces.finish();
      const show = await this.#events.received(this, content, root, pieces.taken);
      if (this.#isOver()) return;
      this.#state = { is: 'arrived', root, before: false };
      this.#queue.remove(this.transfer);
      this.transfer.move('delivered');
      show();
      this.#confirm(root);
    } catch (cause) {
      this.#fail(SnapError.from(cause, 'storage-failed'));
    }
  }

  /**
   * Sends the last reply, once the sender has ended. If it has reconnected since, it may have ended
   * with another file, which has not arrived.
   */
  #confirm(root: string): void {
    const said = this.#replies?.root ?? null;
    if (said === null) return;
    if (said === root) {
      this.#replies?.done(root);
      this.#queue.offers.giveBack();
    } else {
      this.#replies?.decline('transfer-corrupt');
      this.#events.mismatched(this);
    }
  }

  #fail(error: SnapError): void {
    this.#decline(error.code, 'failed', error);
  }

  /** Ends it from this side: its sender is told `code`. */
  #decline(code: SnapErrorCode, to: 'failed' | 'cancelled', error: SnapError): void {
    if (this.#isOver()) return;
    this.#events.declined(this, code, this.#replies?.wire ?? null);
    this.#replies?.decline(code);
    this.#stop(to, error);
  }

  #stop(to: 'failed' | 'cancelled', error: SnapError, resumable = isResumable(error.code)): void {
    if (this.#isOver()) return;
    const pieces = this.#pieces;
    this.#state = { is: 'stopped', resumable };
    this.#replies?.conclude();
    this.#queue.remove(this.transfer);
    this.transfer.move(to, error);
    pieces?.close({ again: resumable });
  }

  /** A call, not a property: it may have changed over an `await`. */
  #isOver(): boolean {
    return isOver(this.#state);
  }

  #notify(): void {
    if (!this.#isOver()) this.transfer.progress(this.#pieces?.loaded ?? 0);
  }
}
