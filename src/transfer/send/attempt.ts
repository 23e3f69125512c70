import type { SnapError, SnapErrorCode } from '../../errors.js';
import type { Chunk } from '../lanes/chunk.js';
import type { Sending, Wire } from '../link/conversation.js';
import type { RecipientState } from '../transfer.js';
import type { Accept } from '../wire/messages.js';
import { violation } from '../wire/violation.js';
import type { PieceCache } from './piece-cache.js';
import { SendQueue } from './send-queue.js';

/** What an attempt tells its delivery, as long as it is not over. */
export interface AttemptEvents {
  /** The recipient has answered, or the connection is gone: then it is `waiting` again. */
  moved(to: RecipientState, error?: SnapError): void;
  /** The recipient has confirmed more. */
  progressed(): void;
  /** A piece has arrived with wrong bytes. It is sent again, unless this ends the attempt. */
  corrupted(): void;
}

/**
 * In ms, on top of two round trips: a page that answers an offer by itself does so within this
 * time. A person may take minutes, and nobody should wait for that.
 */
const ANSWERED_WITHIN = 500;

/**
 * One attempt to deliver something: the conversation over one connection, from its offer on. Chunks
 * that are confirmed or lost after its end change nothing.
 */
export class Attempt implements Sending {
  readonly no: number;
  readonly #pieces: PieceCache;
  readonly #wire: Wire;
  readonly #events: AttemptEvents;
  readonly #offeredAt = performance.now();
  #loaded: number;
  /** What is still to be sent; null unless the recipient has accepted. */
  #queue: SendQueue | null = null;
  /** Whether `end` was sent. */
  #ended = false;
  #over = false;

  /** `loaded`: the bytes that the recipient had confirmed before. */
  constructor(pieces: PieceCache, wire: Wire, no: number, loaded: number, events: AttemptEvents) {
    this.#pieces = pieces;
    this.#wire = wire;
    this.no = no;
    this.#loaded = loaded;
    this.#events = events;
  }

  get size(): number {
    return this.#pieces.header.size;
  }

  /** Bytes that the recipient has: those that it accepted with, and those it confirmed since. */
  get loaded(): number {
    return this.#loaded;
  }

  get remaining(): number {
    return this.size - this.#loaded;
  }

  get sending(): boolean {
    return this.#queue !== null && !this.#over;
  }

  get over(): boolean {
    return this.#over;
  }

  get stalled(): boolean {
    return this.sending && this.#queue?.next === null;
  }

  isUrgent(roundTrip: number): boolean {
    if (this.#over) return false;
    return this.sending || performance.now() - this.#offeredAt < ANSWERED_WITHIN + 2 * roundTrip;
  }

  offer(): void {
    this.#wire.send({ type: 'offer', no: this.no, ...this.#pieces.header });
    this.#pieces.prepare();
  }

  accepted({ have, credit }: Accept): void {
    if (this.#queue) throw violation('accept');
    const { size, piece } = this.#pieces.header;
    this.#queue = new SendQueue({ size, piece }, { have, credit });
    this.#loaded = Math.min(have * piece, size);
    this.#events.moved('sending');
    if (have > 0) void this.#pieces.hashFirst(have);
    this.#maybeEnd();
    this.wake();
  }

  declined(error: SnapError): void {
    // The recipient's own decision counts as cancelled, anything else as failed.
    const byPerson = error.code === 'transfer-cancelled-by-peer';
    this.#events.moved(byPerson ? 'cancelled' : 'failed', error);
  }

  stored(pieces: number): void {
    if (!this.#queue) throw violation('stored');
    this.#queue.stored(pieces);
    this.wake();
  }

  redo(index: number): void {
    if (!this.#queue) throw violation('redo');
    const bytes = this.#queue.redo(index);
    this.#events.corrupted();
    if (this.#over) return;
    this.#loaded = Math.max(0, this.#loaded - bytes);
    this.wake();
  }

  done(root: string): void {
    if (!this.#ended || root !== this.#pieces.root) throw violation('done');
    this.#loaded = this.size;
    this.#events.moved('delivered');
  }

  suspend(): void {
    // The page, which was told of its end, may have closed the connection.
    if (!this.#over) this.#events.moved('waiting');
  }

  next(most: number): Chunk | null {
    const range = this.sending && this.#queue ? this.#queue.next : null;
    if (!range || !this.#queue) return null;
    const index = Math.floor(range.start / this.#pieces.header.piece);
    const isHeld = this.#pieces.holds(index);
    this.#pieces.prefetch(index);
    if (!isHeld) return null;
    const isFirst = !this.#queue.hasBegun(index);
    const chunk = this.#queue.take(most);
    if (isFirst) this.hashed(index);
    return chunk;
  }

  bytes(chunk: Chunk): Uint8Array | null {
    return this.#pieces.bytes(chunk);
  }

  arrived({ start, end }: Chunk): void {
    if (this.#over) return;
    this.#loaded = Math.min(this.size, this.#loaded + (end - start));
    this.#events.progressed();
  }

  lost(chunk: Chunk): void {
    if (!this.sending) return;
    this.#queue?.again(chunk);
    this.wake();
  }

  /**
   * The digest of a piece is known, or its first byte is being sent: once both are so, the
   * recipient is told.
   */
  hashed(index: number): void {
    const digest = this.#pieces.digests[index];
    if (digest === undefined || !this.sending) return;
    if (this.#queue?.hasBegun(index)) this.#wire.send({ type: 'piece', no: this.no, index, digest });
    this.#maybeEnd();
  }

  /** Tells the recipient that nothing more will come. */
  cancel(code: SnapErrorCode): void {
    this.#wire.send({ type: 'cancel', no: this.no, code });
  }

  wake(): void {
    this.#wire.wake();
  }

  /** Nothing more comes of this attempt. */
  close(): void {
    this.#over = true;
    this.#queue = null;
  }

  /** Sends `end` once every piece was begun and hashed, so after the last `piece` message. */
  #maybeEnd(): void {
    const { root } = this.#pieces;
    if (this.#ended || !this.#queue?.allBegun || root === null) return;
    this.#ended = true;
    this.#wire.send({ type: 'end', no: this.no, root });
  }
}
