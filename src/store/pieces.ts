import { keptTime } from '../timing/kept-time.js';
import { Reservation } from '../quota.js';
import type { Offer } from '../transfer/wire/messages.js';
import type { Sink } from '../transfer/sinks/sink.js';
import { RELAXED, attempt } from './database.js';
import type { PieceRecord } from './database.js';
import { readAlone } from './records.js';

/**
 * In ms: what comes within this time is as quickly sent again, and storing it would only slow it
 * down.
 */
const WORTH_KEEPING = 1000;

/** The digest of bytes, as it is in a {@link PieceRecord}. */
type Digest = (bytes: Uint8Array) => Promise<string>;

/** Verified pieces of what this tab is receiving in memory, so that it goes on after a reload. */
export class Pieces {
  readonly #tab: string;
  readonly #digest: Digest;
  /**
   * Digests of the offers that have pieces in the database: nobody has to wait for it because of
   * any other.
   */
  readonly #stored = new Set<string>();
  /**
   * Digests of the offers whose pieces are being kept now: a second member that offers the same has
   * no part in them.
   */
  readonly #keeping = new Set<string>();

  /** `digest`: by which a piece is known to be what it was. */
  constructor(tab: string, digest: Digest) {
    this.#tab = tab;
    this.#digest = digest;
  }

  /** Finds what an earlier life of the page has left. */
  async open(): Promise<void> {
    // An array sorts behind every text.
    const ofTab = (): IDBKeyRange => IDBKeyRange.bound([this.#tab], [this.#tab, []]);
    const keys = await attempt((db) => db.getAllKeys('pieces', ofTab()));
    for (const [, , header] of keys ?? []) this.#stored.add(header);
  }

  /**
   * Makes a sink in memory outlive the page: what takes longer than a moment is written to the
   * database beside it, piece by piece, if there is space for all of it. The sender does not wait
   * for that; after a reload it hears how far it got. `header`: the digest of the offer.
   */
  async keep(offer: Offer, memory: Sink, header: string): Promise<Sink> {
    if (this.#keeping.has(header)) return memory;
    this.#keeping.add(header);
    const kept: string[] = [];
    for (let found = await this.#find(offer, header, 0); found;) {
      await memory.write(kept.length * offer.piece, found.bytes, found.digest);
      kept.push(found.digest);
      found = await this.#find(offer, header, kept.length);
    }
    const copy = new Copy(offer.size - kept.length * offer.piece, {
      put: (records) => this.#put(header, records),
      remove: () => this.#remove(offer.id, header),
    });
    const over = (): unknown => this.#keeping.delete(header);
    return {
      kept,
      write: async (offset, bytes, digest) => {
        await memory.write(offset, bytes, digest);
        // What is one piece is here or not here; there is nothing in between to keep.
        if (offer.size <= offer.piece) return;
        const index = offset / offer.piece;
        const record = { tab: this.#tab, id: offer.id, header, index, digest, at: keptTime.now() };
        copy.add({ ...record, bytes: bytes.buffer as ArrayBuffer });
      },
      finish: async () => {
        const whole = await memory.finish();
        void copy.remove().then(over);
        return whole;
      },
      release: async () => {
        await Promise.all([copy.complete(), memory.release()]);
        over();
      },
      discard: async () => {
        await Promise.all([copy.remove(), memory.discard()]);
        over();
      },
    };
  }

  /**
   * A piece that is here and is what it was: the database does not look at the bytes of large
   * values, which lie in files of their own, and when the power fails such a file may have its
   * length before it has its bytes.
   */
  async #find(
    { id }: Offer,
    header: string,
    index: number,
  ): Promise<{ bytes: Uint8Array; digest: string } | null> {
    if (!this.#stored.has(header)) return null;
    const record = await attempt((db) => readAlone(db, 'pieces', [this.#tab, id, header, index]));
    if (!record) return null;
    const bytes = new Uint8Array(record.bytes);
    return (await this.#digest(bytes)) === record.digest ? { bytes, digest: record.digest } : null;
  }

  async #put(header: string, records: readonly PieceRecord[]): Promise<void> {
    this.#stored.add(header);
    await attempt(async (db) => {
      const transaction = db.transaction('pieces', 'readwrite', RELAXED);
      const { store } = transaction;
      for (const record of records) store.put(record).catch(() => undefined);
      transaction.commit();
      await transaction.done;
    });
  }

  /** Of this offer alone: another member may use its id for something else. */
  async #remove(id: string, header: string): Promise<void> {
    const range = IDBKeyRange.bound([this.#tab, id, header], [this.#tab, id, header, []]);
    if (this.#stored.delete(header)) await attempt((db) => db.delete('pieces', range));
  }
}

/** Where the copy of a transfer is written to. */
interface Store {
  put(records: readonly PieceRecord[]): Promise<void>;
  remove(): Promise<void>;
}

/** The copy in the database of what one sink has in memory. */
class Copy {
  /** In bytes: what is still to come. */
  readonly #missing: number;
  readonly #store: Store;
  readonly #openedAt = performance.now();
  #unwritten: PieceRecord[] = [];
  #written: Promise<void> = Promise.resolve();
  /**
   * Asked for with the first that is written; null when there is none: then it lives as long as the
   * page.
   */
  #reservation: Promise<Reservation | null> | null = null;
  /** Whether nothing is to be written any more. */
  #over = false;

  constructor(missing: number, store: Store) {
    this.#missing = missing;
    this.#store = store;
  }

  add(record: PieceRecord): void {
    if (this.#over) return;
    this.#unwritten.push(record);
    if (performance.now() - this.#openedAt > WORTH_KEEPING) void this.#write();
  }

  /** Nothing comes for now: what is here stays. Never rejects. */
  async complete(): Promise<void> {
    await this.#write();
    this.#end();
  }

  /** It is not needed any more. Never rejects. */
  async remove(): Promise<void> {
    this.#end();
    await this.#store.remove();
  }

  /** Resolves when all that was added is written, in the order in which it was. */
  #write(): Promise<void> {
    const records = this.#unwritten;
    this.#unwritten = [];
    this.#written = this.#written.then(() => this.#put(records));
    return this.#written;
  }

  async #put(records: readonly PieceRecord[]): Promise<void> {
    if (records.length === 0 || this.#over) return;
    this.#reservation ??= Reservation.of(this.#missing).catch(() => null);
    const reservation = await this.#reservation;
    if (!reservation) this.#end();
    if (this.#isOver()) return;
    await this.#store.put(records);
    for (const { bytes } of records) reservation?.use(bytes.byteLength);
  }

  #end(): void {
    this.#over = true;
    this.#unwritten = [];
    void this.#reservation?.then((reservation) => reservation?.end());
  }

  /** A call, not a property: it may have changed over an `await`. */
  #isOver(): boolean {
    return this.#over;
  }
}
