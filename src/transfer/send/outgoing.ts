import { SnapError } from '../../errors.js';
import { Delivery } from './delivery.js';
import { rootDigest, sha256 } from '../wire/digest.js';
import { LARGE_FILE } from '../wire/messages.js';
import type { OfferHeader } from '../wire/messages.js';
import { missingSource } from './source.js';
import type { Source } from './source.js';
import type { RecipientState, Transfer } from '../transfer.js';

/**
 * Pieces kept in memory for those that still need them, at the least; with many recipients, three
 * for each. One that falls further behind than this has its pieces read again: a slow one must not
 * hold back a fast one, nor memory.
 */
const CACHED_PIECES = 8;
/**
 * Pieces read ahead of the one that is being sent, where the cache has room for them: hides the
 * latency of reading a file.
 */
const READ_AHEAD = 2;

/** How often a running transfer tells its progress, in ms: about once a frame. */
const PROGRESS_INTERVAL = 16;

/** One thing being sent: read once and hashed once, however many receive it. */
export class Outgoing {
  readonly transfer: Transfer;
  readonly header: OfferHeader;
  readonly pieceCount: number;
  /** Known digests by piece. */
  readonly digests: (string | undefined)[];
  readonly deliveries = new Map<string, Delivery>();
  /** The tag of the room whose members it is for; empty where there is but one. */
  room: string;
  #source: Source;
  readonly #cache = new Map<number, Uint8Array>();
  readonly #reading = new Map<number, Promise<void>>();
  #root: string | null = null;
  #toldAt = 0;

  constructor(transfer: Transfer, header: OfferHeader, source: Source, room = '') {
    this.transfer = transfer;
    this.header = header;
    this.#source = source;
    this.room = room;
    this.pieceCount = Math.ceil(header.size / header.piece);
    this.digests = new Array<string | undefined>(this.pieceCount);
  }

  /** Adds a recipient; none is added twice. */
  deliverTo(peer: { id: string; name: string }): Delivery {
    let delivery = this.deliveries.get(peer.id);
    if (!delivery) {
      delivery = new Delivery(this, peer);
      this.deliveries.set(peer.id, delivery);
    }
    this.update();
    return delivery;
  }

  /**
   * The bytes of a piece if they are here; else they are read, and every delivery is woken when
   * they are.
   */
  piece(index: number): Uint8Array | null {
    const bytes = this.#cache.get(index);
    if (!bytes) {
      this.#read(index);
      return null;
    }
    // Used last, evicted last.
    this.#cache.delete(index);
    this.#cache.set(index, bytes);
    return bytes;
  }

  /**
   * Reads, and hashes, what goes first: it is here when the recipient has said that it wants it.
   */
  prepare(): void {
    if (this.pieceCount === 0) return;
    this.piece(0);
    if (this.header.size < LARGE_FILE) this.prefetch(0);
  }

  /** Starts to read what will be wanted after piece `index`. */
  prefetch(index: number): void {
    const ahead = Math.min(READ_AHEAD, Math.floor(this.#room / Math.max(1, this.#running)) - 2);
    for (let next = index + 1; next <= index + ahead && next < this.pieceCount; next++) {
      if (!this.#cache.has(next)) this.#read(next);
    }
  }

  /** The digest of the whole, or null while pieces are missing. */
  get root(): string | null {
    if (this.#root === null && this.#allHashed())
      this.#root = rootDigest(this.header, this.digests as string[]);
    return this.#root;
  }

  /**
   * Hashes the first `count` pieces, where that was never done here: a recipient has them from an
   * earlier session of this page. The root then shows whether they are of the same file.
   */
  async hashFirst(count: number): Promise<void> {
    for (let index = 0; index < count && !this.transfer.ended; index++) {
      if (this.digests[index] !== undefined) continue;
      try {
        this.#hashed(index, await sha256(await this.#readBytes(index)));
      } catch (cause) {
        this.fail(SnapError.from(cause, 'source-unreadable'));
      }
    }
  }

  /**
   * The person has chosen the file again. Whether it is the same to the last byte, the recipients'
   * digests will show.
   */
  resupply(source: Source): void {
    this.#source = source;
    this.#cache.clear();
    this.#root = null;
    this.digests.fill(undefined);
  }

  /** Fails every delivery that has not ended. */
  fail(error: SnapError): void {
    for (const delivery of this.deliveries.values()) delivery.giveUp(error);
    if (!this.transfer.ended && this.deliveries.size === 0) this.transfer.move('failed', error);
  }

  /** A new try, for everybody who has not got it and has not left. */
  renew(): void {
    for (const [id, delivery] of this.deliveries) {
      if (delivery.recipient.state === 'left') this.deliveries.delete(id);
      else delivery.reset();
    }
    this.update();
  }

  /** The person on this side wants no more of it. */
  cancel(): void {
    const error = new SnapError('transfer-cancelled');
    for (const delivery of this.deliveries.values()) delivery.giveUp(error);
    if (!this.transfer.ended) this.transfer.move('cancelled', error);
  }

  /** Tells the transfer where its recipients are. Called by deliveries after every change. */
  update(urgent = true): void {
    if (this.transfer.ended) return;
    const now = performance.now();
    if (!urgent && now - this.#toldAt < PROGRESS_INTERVAL) return;
    this.#toldAt = now;
    const recipients = [...this.deliveries.values()].map((delivery) => delivery.recipient);
    const remaining = recipients.filter(({ state }) => state !== 'left');
    const total = remaining.reduce((sum, { loaded }) => sum + loaded, 0);
    this.transfer.progress(remaining.length > 0 ? Math.floor(total / remaining.length) : 0, recipients);
    if (!this.#settle(remaining.map(({ state }) => state))) return;
    this.#cache.clear();
    this.#source.forget?.();
    // Nobody can ask for it again, and it may be megabytes of pixels.
    if (this.transfer.state === 'delivered') this.#source = missingSource(this.header.size);
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
    } else if (states.includes('failed')) {
      const failed = [...this.deliveries.values()].find(({ recipient }) => recipient.state === 'failed');
      transfer.move('failed', failed?.recipient.error ?? null);
    } else {
      const cancelled = [...this.deliveries.values()].find(
        ({ recipient }) => recipient.state === 'cancelled',
      );
      transfer.move('cancelled', cancelled?.recipient.error ?? null);
    }
    return transfer.ended;
  }

  #read(index: number): void {
    if (this.#reading.has(index)) return;
    const reading = this.#readBytes(index)
      .then((bytes) => {
        this.#keep(index, bytes);
        if (this.digests[index] === undefined) {
          void sha256(bytes).then((digest) => this.#hashed(index, digest));
        }
        for (const delivery of this.deliveries.values()) delivery.wake();
      })
      .catch((cause: unknown) => this.fail(SnapError.from(cause, 'source-unreadable')))
      .finally(() => this.#reading.delete(index));
    this.#reading.set(index, reading);
  }

  #readBytes(index: number): Promise<Uint8Array> {
    const start = index * this.header.piece;
    return this.#source.read(start, Math.min(start + this.header.piece, this.header.size));
  }

  #keep(index: number, bytes: Uint8Array): void {
    if (this.transfer.ended) return;
    this.#cache.set(index, bytes);
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= this.#room) break;
      this.#cache.delete(oldest);
    }
  }

  /** Recipients that are being sent to. */
  get #running(): number {
    let running = 0;
    for (const { sending } of this.deliveries.values()) if (sending) running++;
    return running;
  }

  get #room(): number {
    return Math.max(CACHED_PIECES, this.#running * 3);
  }

  #hashed(index: number, digest: string): void {
    this.digests[index] = digest;
    for (const delivery of this.deliveries.values()) delivery.hashed(index);
  }

  #allHashed(): boolean {
    for (let index = 0; index < this.pieceCount; index++) if (this.digests[index] === undefined) return false;
    return true;
  }
}
