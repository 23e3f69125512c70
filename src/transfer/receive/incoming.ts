import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import { headerDigest } from '../wire/digest.js';
import type { DataFrame } from '../wire/frames.js';
import type { Receiving, Wire } from '../link/conversation.js';
import type { Offer } from '../wire/messages.js';
import type { AdmissionQueue } from './admission-queue.js';
import { outOfPlace } from '../wire/violation.js';
import { Reassembly } from './reassembly.js';
import type { Sink, SinkFactory, Stored } from '../sinks/sink.js';
import type { Transfer } from '../transfer.js';

/** What an incoming transfer asks of its owner. */
export interface IncomingEvents {
  /** Whether it is wanted: null, or why not. */
  decide(): Promise<SnapErrorCode | null>;
  openSink: SinkFactory;
  /** The connection is gone. */
  suspended(): void;
  /** What has arrived has turned out to be something else than what its sender has now. */
  other(): void;
  /**
   * It is whole and checked. Resolves with what gives it to the page; rejects when the page can
   * make nothing of it.
   */
  received(content: Blob, root: string, taken: Stored): Promise<() => void>;
}

/**
 * One thing being received. It survives connections: the sender offers it again, and hears from
 * which piece on. Once the last word of a conversation was said it lets go of the connection.
 */
export class Incoming implements Receiving {
  readonly transfer: Transfer;
  readonly offer: Offer;
  readonly #events: IncomingEvents;
  #queue: AdmissionQueue;
  #wire: Wire | null = null;
  #no = 0;
  /** Once it is wanted, and there is a place for it. */
  #pieces: Reassembly | null = null;
  #root: string | null = null;
  /** Whether somebody is being asked, or was. */
  #asked = false;
  #finishing = false;
  #concluded = false;
  #forGood = false;
  /**
   * Whether the sender has said in this conversation that it has told everything, and waits for our
   * last word.
   */
  #awaited = false;
  /** Why this side has ended it, if it has. */
  #refusal: SnapErrorCode | null = null;

  constructor(transfer: Transfer, offer: Offer, queue: AdmissionQueue, events: IncomingEvents) {
    this.transfer = transfer;
    this.offer = offer;
    this.#queue = queue;
    this.#events = events;
  }

  /** Its sender's. */
  get queue(): AdmissionQueue {
    return this.#queue;
  }

  get id(): string {
    return this.offer.id;
  }

  /** Whether `offer` speaks of the same thing. */
  matches(offer: Offer): boolean {
    return headerDigest(offer) === headerDigest(this.offer);
  }

  /**
   * Whether the last word of this conversation was said: nothing more is expected under its number.
   */
  get concluded(): boolean {
    return this.#concluded;
  }

  /** Whether it is left over from an earlier connection. */
  get leftOver(): boolean {
    return this.#wire === null && !this.transfer.ended;
  }

  /** Whether it takes memory, or disk. */
  get holding(): boolean {
    return this.#pieces !== null;
  }

  /**
   * Why this side has ended it, if it has, and the connection over which its sender was told. Asked
   * while it ends.
   */
  get refusal(): { code: SnapErrorCode; wire: Wire | null } | null {
    return this.#refusal && { code: this.#refusal, wire: this.#wire };
  }

  /** Another member goes on with it: one that has this queue. */
  handOver(from: string, queue: AdmissionQueue): void {
    this.#queue.handOver(this.transfer, queue);
    this.#queue = queue;
    this.transfer.handOver(from);
  }

  /**
   * Takes part in a conversation: the first, or the one after a lost connection, even when only its
   * last word was lost.
   */
  attach(wire: Wire, no: number): void {
    this.#wire = wire;
    this.#no = no;
    this.#concluded = false;
    this.#awaited = false;
    if (!this.transfer.ended) this.#queue.connect(this.transfer);
    if (this.#pieces) this.#accept(this.#pieces);
    else if (!this.#asked) void this.#decide();
  }

  /** The connection is gone. What was verified stays. */
  suspend(): void {
    this.#wire = null;
    this.#no = 0;
    this.#pieces?.suspend();
    this.#queue.disconnect(this.transfer);
    this.#events.suspended();
    if (!this.transfer.ended) this.#root = null;
    if (this.transfer.state === 'receiving') this.transfer.move('queued');
    this.#tell();
  }

  /** Throws `peer-protocol` when the frame does not belong where it says. */
  data(frame: DataFrame): boolean {
    if (this.transfer.ended) return false;
    if (!this.#pieces) throw outOfPlace('data');
    const fresh = this.#pieces.data(frame);
    this.#tell();
    return fresh;
  }

  digest(index: number, digest: string): boolean {
    if (this.transfer.ended) return false;
    if (!this.#pieces) throw outOfPlace('piece');
    return this.#pieces.digest(index, digest);
  }

  end(root: string): void {
    if (this.#awaited) throw outOfPlace('end, again');
    this.#awaited = true;
    if (this.transfer.state === 'delivered') this.#confirm(root);
    if (this.transfer.ended) return;
    if (!this.#pieces) throw outOfPlace('end');
    this.#root = root;
    this.#maybeFinish();
  }

  /** The sender has stopped. */
  cancelled(code: SnapErrorCode): void {
    const byPerson = code === 'transfer-cancelled';
    this.#stop(
      byPerson ? 'cancelled' : 'failed',
      new SnapError(byPerson ? 'transfer-cancelled-by-peer' : code),
    );
    // Even of what has arrived here: a sender that has missed our last word may give up, and offer
    // it anew.
    this.#conclude();
  }

  /** The person on this side wants no more of it. */
  cancel(): void {
    this.#decline('transfer-cancelled-by-peer');
    this.#stop('cancelled', new SnapError('transfer-cancelled'));
  }

  /**
   * The sender has left for good, or was awaited for too long: its bytes will not come, unless all
   * of them are here. With `forGood`, nobody goes on with it here either.
   */
  abandon(code: SnapErrorCode, { forGood = false } = {}): void {
    this.#forGood = forGood;
    if (!this.#finishing) this.#stop('failed', new SnapError(code));
  }

  /** Nothing more can come of it. */
  fail(error: SnapError): void {
    if (this.transfer.ended) return;
    this.#decline(error.code);
    this.#stop('failed', error);
  }

  async #decide(): Promise<void> {
    this.#asked = true;
    const refusal = await this.#events.decide().catch((): SnapErrorCode => 'transfer-declined');
    if (this.#isOver()) return;
    if (refusal) {
      this.#decline(refusal);
      this.#stop('cancelled', new SnapError(refusal));
      return;
    }
    await this.#queue.admit(this.transfer);
    if (this.#isOver()) return;
    let sink: Sink;
    try {
      sink = await this.#events.openSink(this.offer);
    } catch (cause) {
      this.fail(SnapError.from(cause, 'storage-failed'));
      return;
    }
    const pieces = new Reassembly(this.offer, sink, {
      stored: (count) => this.#stored(count),
      wrong: (index) => this.#wire?.send({ type: 'redo', no: this.#no, index }),
      failed: (error) => this.fail(error),
    });
    if (this.#isOver()) {
      pieces.close(this.#ending);
      return;
    }
    this.#pieces = pieces;
    this.#accept(pieces);
  }

  #accept(pieces: Reassembly): void {
    if (!this.#wire) return;
    if (this.transfer.state === 'queued') this.transfer.move('receiving');
    if (this.#isOver() && this.transfer.state !== 'delivered') return;
    pieces.resume();
    this.#wire.send({ type: 'accept', no: this.#no, have: pieces.stored, credit: pieces.credit });
  }

  /**
   * The last word. The sender may have missed it the first time, and may have another file by now:
   * that one is not here.
   */
  #confirm(root: string): void {
    if (root !== this.#root) {
      this.#wire?.send({ type: 'decline', no: this.#no, code: 'transfer-corrupt' });
      this.#conclude();
      this.#events.other();
      return;
    }
    if (!this.#awaited) return;
    this.#wire?.send({ type: 'done', no: this.#no, root });
    this.#conclude();
    this.#queue.offers.giveBack();
  }

  #decline(code: SnapErrorCode): void {
    this.#refusal = code;
    this.#wire?.send({ type: 'decline', no: this.#no, code });
  }

  #stored(count: number): void {
    if (this.#isOver()) return;
    this.#wire?.send({ type: 'stored', no: this.#no, pieces: count });
    this.#maybeFinish();
  }

  #maybeFinish(): void {
    if (this.#root === null || !this.#pieces?.complete || this.#finishing || this.#isOver()) return;
    this.#finishing = true;
    void this.#finish(this.#pieces, this.#root);
  }

  async #finish(pieces: Reassembly, root: string): Promise<void> {
    try {
      if (pieces.root !== root) throw new SnapError('transfer-corrupt');
      const content = await pieces.finish();
      this.#queue.complete(this.transfer);
      const show = await this.#events.received(content, root, pieces.taken);
      await this.#queue.turn(this.transfer);
      if (this.#isOver()) return;
      // Over a connection that is new since, the sender may have said another one by now.
      const said = this.#root ?? root;
      this.#root = root;
      this.transfer.move('delivered');
      show();
      this.#confirm(said);
    } catch (cause) {
      this.fail(SnapError.from(cause, 'storage-failed'));
    }
  }

  #stop(state: 'failed' | 'cancelled', error: SnapError): void {
    if (this.#isOver()) return;
    this.transfer.move(state, error);
    this.#conclude();
    this.#pieces?.close(this.#ending);
  }

  #conclude(): void {
    this.#concluded = true;
    this.#wire = null;
    this.#no = 0;
  }

  /**
   * What has failed because the sender is not there, or has lost its file, goes on from here should
   * the sender offer it again.
   */
  get #ending(): { again: boolean } {
    const code = this.transfer.error?.code;
    if (this.#forGood) return { again: false };
    return { again: code === 'peer-lost' || code === 'transfer-expired' || code === 'source-unreadable' };
  }

  /** A call, not a property: it may have changed over an `await`. */
  #isOver(): boolean {
    return this.transfer.ended;
  }

  #tell(): void {
    if (!this.#isOver()) this.transfer.progress(this.#pieces?.loaded ?? 0);
  }
}
