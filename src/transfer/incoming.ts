import { SnapError } from '../errors.js';
import type { SnapErrorCode } from '../errors.js';
import type { Wire } from './delivery.js';
import { rootDigest, sha256 } from './digest.js';
import type { DataFrame } from './frames.js';
import type { Receiving } from './link.js';
import type { Offer } from './messages.js';
import { PieceBuffer } from './piece-buffer.js';
import type { Sink, SinkFactory } from './sink.js';
import type { Transfer } from './transfer.js';

/** Bytes of one transfer that may be on their way or unverified: the most memory that its pieces take here. */
const CREDIT_BYTES = 8_388_608;
/** A peer that sends a piece wrong this often is not trusted to send it right. */
const MOST_REDOS = 3;

/** What an incoming transfer asks of the exchange. */
export interface IncomingEvents {
  /** Whether it is wanted: null, or why not. */
  decide(): Promise<SnapErrorCode | null>;
  openSink: SinkFactory;
  /** It is wanted, and may come over the present connection. */
  wanted(): void;
  /** Resolves when what came before it over the present connection has ended: photos arrive in the order in which they were taken. */
  turn(): Promise<unknown>;
  /** It is whole and checked. Resolves once the page has it: only then is the sender told that it is delivered. */
  received(content: Blob, root: string): Promise<void>;
}

/** One thing being received. It survives connections: the sender offers it again, and hears from which piece on. */
export class Incoming implements Receiving {
  readonly transfer: Transfer;
  readonly offer: Offer;
  readonly #events: IncomingEvents;
  readonly #pieceCount: number;
  readonly #credit: number;
  /** By piece, as they come: a peer that announces a huge file must not cost more than one that announces a small one. */
  readonly #digests: (string | undefined)[] = [];
  readonly #pieces = new Map<number, PieceBuffer>();
  /** Verified pieces on their way to the sink: what comes of them now is not needed any more. */
  readonly #writing = new Set<number>();
  /** Pieces stored beyond the first gap. */
  readonly #stored = new Set<number>();
  #wire: Wire | null = null;
  #no = 0;
  #sink: Sink | null = null;
  /** The first pieces that are verified and stored, without a gap. */
  #prefix = 0;
  #confirmed = 0;
  #root: string | null = null;
  #redos = 0;
  /** Whether somebody is being asked, or was. */
  #asked = false;
  /** Whether it is wanted. */
  #wanted = false;
  /** Whether there is a place for it, too. */
  #decided = false;
  #finishing = false;
  #concluded = false;
  /** Whether the page has it. */
  #shown = false;
  /** Whether the sender has said in this conversation that it has told everything, and waits for our last word. */
  #awaited = false;
  /** Why this side has ended it, if it has. */
  #refusal: SnapErrorCode | null = null;

  constructor(transfer: Transfer, offer: Offer, events: IncomingEvents) {
    this.transfer = transfer;
    this.offer = offer;
    this.#events = events;
    this.#pieceCount = Math.ceil(offer.size / offer.piece);
    this.#credit = Math.max(2, Math.floor(CREDIT_BYTES / offer.piece));
  }

  /** Whether `offer` speaks of the same thing. */
  matches(offer: Offer): boolean {
    return rootDigest(offer, []) === rootDigest(this.offer, []);
  }

  /** Whether the last word of this conversation was said: nothing more is expected under its number. */
  get concluded(): boolean {
    return this.#concluded;
  }

  /** Our refusal, once, for a sender that offers it over another connection than the one it was told over: it may not know. */
  refusalFor(wire: Wire): SnapErrorCode | null {
    const refusal = this.#wire === wire ? null : this.#refusal;
    this.#refusal = null;
    return refusal;
  }

  /** Takes part in a conversation: the first, or the one after a lost connection, even when only its last word was lost. */
  attach(wire: Wire, no: number): void {
    this.#wire = wire;
    this.#no = no;
    this.#concluded = false;
    this.#awaited = false;
    if (this.#wanted && !this.transfer.ended) this.#events.wanted();
    if (this.#decided) this.#accept();
    else if (!this.#asked) void this.#decide();
  }

  /** The connection is gone. What was verified stays. */
  suspend(): void {
    this.#wire = null;
    this.#no = 0;
    this.#pieces.clear();
    this.#forgetUnverified();
    if (!this.transfer.ended) this.#root = null;
    if (this.transfer.state === 'receiving') this.transfer.move('queued');
    this.#tell();
  }

  /** Throws `peer-protocol` when the frame does not belong where it says. */
  data({ offset, payload }: DataFrame): void {
    if (this.transfer.ended) return;
    const { size, piece } = this.offer;
    const index = Math.floor(offset / piece);
    const end = offset + payload.byteLength;
    if (!this.#sink || end > size || end > (index + 1) * piece)
      throw misplaced('data beyond what was announced');
    if (index >= this.#prefix + this.#credit) throw misplaced('data beyond the credit');
    if (this.#isStored(index)) return;
    let buffer = this.#pieces.get(index);
    if (!buffer) {
      buffer = new PieceBuffer(this.#sizeOf(index));
      this.#pieces.set(index, buffer);
    }
    this.#confirmed += buffer.put(offset - index * piece, payload);
    if (buffer.complete) this.#check(index);
    this.#tell();
  }

  digest(index: number, digest: string): void {
    if (this.transfer.ended) return;
    if (!this.#decided || index >= this.#pieceCount) throw misplaced('piece');
    const known = this.#digests[index];
    if (known !== undefined && known !== digest) throw misplaced('piece: another digest than before');
    this.#digests[index] = digest;
    if (this.#pieces.get(index)?.complete) this.#check(index);
  }

  end(root: string): void {
    this.#awaited = true;
    if (this.transfer.state === 'delivered') this.#confirm(root);
    if (this.transfer.ended) return;
    if (!this.#decided || this.#root !== null) throw misplaced('end');
    this.#root = root;
    this.#maybeFinish();
  }

  /** The sender has stopped. */
  cancelled(code: SnapErrorCode): void {
    // Even of what has arrived here: a sender that has missed our last word may give up, and offer it anew.
    this.#concluded = true;
    const byPerson = code === 'transfer-cancelled';
    this.#stop(
      byPerson ? 'cancelled' : 'failed',
      new SnapError(byPerson ? 'transfer-cancelled-by-peer' : code),
    );
  }

  /** The person on this side wants no more of it. */
  cancel(): void {
    this.#decline('transfer-cancelled-by-peer');
    this.#stop('cancelled', new SnapError('transfer-cancelled'));
  }

  /** The sender has left for good, or was awaited for too long. */
  abandon(code: SnapErrorCode = 'peer-lost'): void {
    this.#stop('failed', new SnapError(code));
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
    this.#wanted = true;
    if (this.#wire) this.#events.wanted();
    try {
      this.#sink = await this.#events.openSink(this.offer);
    } catch (cause) {
      this.fail(SnapError.from(cause, 'storage-failed'));
      return;
    }
    if (this.#isOver()) {
      this.#close();
      return;
    }
    this.#decided = true;
    this.#digests.push(...this.#sink.kept);
    this.#prefix = this.#sink.kept.length;
    this.#accept();
  }

  #accept(): void {
    if (!this.#wire) return;
    if (this.transfer.state === 'queued') this.transfer.move('receiving');
    if (this.#isOver() && this.transfer.state !== 'delivered') return;
    this.#confirmed = this.#safe();
    this.#wire.send({ type: 'accept', no: this.#no, have: this.#prefix, credit: this.#credit });
  }

  /** The last word. The sender may have missed it the first time, and may have another file by now: that one is not here. */
  #confirm(root: string): void {
    if (root !== this.#root) {
      this.#concluded = true;
      this.#wire?.send({ type: 'decline', no: this.#no, code: 'transfer-corrupt' });
      return;
    }
    if (!this.#shown || !this.#awaited) return;
    this.#concluded = true;
    this.#wire?.send({ type: 'done', no: this.#no, root });
  }

  #decline(code: SnapErrorCode): void {
    this.#refusal = code;
    this.#wire?.send({ type: 'decline', no: this.#no, code });
  }

  /** What comes over the next connection may be of another file: what is verified stays, and the root will show whether it belongs to it. */
  #forgetUnverified(): void {
    for (let index = this.#prefix; index < this.#digests.length; index++)
      if (!this.#isStored(index)) this.#digests[index] = undefined;
  }

  #isStored(index: number): boolean {
    return index < this.#prefix || this.#stored.has(index) || this.#writing.has(index);
  }

  /** Bytes that are stored, or as good as. */
  #safe(): number {
    const beyond = [...this.#stored, ...this.#writing].reduce((sum, index) => sum + this.#sizeOf(index), 0);
    return Math.min(this.#prefix * this.offer.piece, this.offer.size) + beyond;
  }

  #sizeOf(index: number): number {
    const { size, piece } = this.offer;
    return Math.min(piece, size - index * piece);
  }

  /** Verifies a whole piece, then stores it. */
  #check(index: number): void {
    const buffer = this.#pieces.get(index);
    const expected = this.#digests[index];
    if (!buffer || buffer.checking || expected === undefined) return;
    buffer.checking = true;
    sha256(buffer.bytes)
      .then(async (actual) => {
        if (this.#pieces.get(index) !== buffer || this.#isOver()) return;
        if (actual !== expected) {
          this.#redo(index, buffer);
          return;
        }
        this.#pieces.delete(index);
        this.#writing.add(index);
        await this.#sink?.write(index * this.offer.piece, buffer.bytes, actual);
        this.#writing.delete(index);
        this.#stored.add(index);
        this.#advance();
      })
      .catch((cause: unknown) => this.fail(SnapError.from(cause, 'storage-failed')));
  }

  #redo(index: number, buffer: PieceBuffer): void {
    this.#pieces.delete(index);
    this.#confirmed -= buffer.bytes.byteLength;
    if (++this.#redos > MOST_REDOS) this.fail(new SnapError('transfer-corrupt'));
    else this.#wire?.send({ type: 'redo', no: this.#no, index });
  }

  #advance(): void {
    if (this.#isOver()) return;
    const before = this.#prefix;
    while (this.#stored.delete(this.#prefix)) this.#prefix++;
    if (this.#prefix > before) this.#wire?.send({ type: 'stored', no: this.#no, pieces: this.#prefix });
    this.#maybeFinish();
  }

  #maybeFinish(): void {
    if (this.#root === null || this.#prefix < this.#pieceCount || this.#finishing || this.#isOver()) return;
    this.#finishing = true;
    void this.#finish(this.#root);
  }

  async #finish(root: string): Promise<void> {
    try {
      if (rootDigest(this.offer, this.#digests as string[]) !== root) throw new SnapError('transfer-corrupt');
      await this.#events.turn();
      if (!this.#sink || this.#isOver()) return;
      const content = await this.#sink.finish();
      if (content.size !== this.offer.size) throw new SnapError('transfer-corrupt');
      if (this.#isOver()) return;
      this.#root = root;
      this.transfer.move('delivered');
      await this.#events.received(content, root);
      this.#shown = true;
      this.#confirm(root);
    } catch (cause) {
      if (this.transfer.state === 'delivered') this.#unshown();
      else this.fail(SnapError.from(cause, 'storage-failed'));
    }
  }

  /** It is whole, but the page could not make anything of it: its sender must not wait for a last word. */
  #unshown(): void {
    this.#concluded = true;
    this.#wire?.send({ type: 'decline', no: this.#no, code: 'storage-failed' });
  }

  #stop(state: 'failed' | 'cancelled', error: SnapError): void {
    if (this.#isOver()) return;
    this.#concluded = true;
    this.#pieces.clear();
    this.transfer.move(state, error);
    this.#close();
  }

  /** What has failed because the sender is not there, or has lost its file, goes on from here should the sender offer it again. */
  #close(): void {
    const code = this.transfer.error?.code;
    const again = code === 'peer-lost' || code === 'transfer-expired' || code === 'source-unreadable';
    void (again ? this.#sink?.release() : this.#sink?.discard());
  }

  /** A call, not a property: it may have changed over an `await`. */
  #isOver(): boolean {
    return this.transfer.ended;
  }

  #tell(): void {
    if (!this.#isOver()) this.transfer.progress(this.#confirmed);
  }
}

function misplaced(what: string): SnapError {
  return new SnapError('peer-protocol', { detail: `out of place: ${what}` });
}
