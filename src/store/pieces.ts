import { keptTime } from '../timing/kept-time.js';
import { SerialQueue } from '../timing/serial.js';
import { Reservation } from '../quota.js';
import type { Offer } from '../transfer/wire/messages.js';
import type { Sink } from '../transfer/sinks/sink.js';
import { RELAXED, attempt } from './database.js';
import type { PieceRecord } from './database.js';
import { readAlone } from './records.js';

/** In ms: what arrives within this time is as quickly sent again; storing it would slow it down. */
const WORTH_KEEPING = 1000;

/** Computes the digest of a {@link PieceRecord}. */
type Digest = (bytes: Uint8Array) => Promise<string>;

/**
 * Stores the verified pieces of what this tab is receiving in memory, so that it resumes after a
 * reload.
 */
export class Pieces {
  readonly #tab: string;
  readonly #digest: Digest;
  /** Digests of the offers with pieces in the database: no other offer has to wait for it. */
  readonly #stored = new Set<string>();
  /** Digests of the offers whose pieces are being stored now: only for the first of two senders. */
  readonly #keeping = new Set<string>();

  /** `digest` verifies pieces that are read back. */
  constructor(tab: string, digest: Digest) {
    this.#tab = tab;
    this.#digest = digest;
  }

  /** Finds out which pieces an earlier page has left. */
  async open(): Promise<void> {
    // An array sorts behind every string.
    const ofTab = (): IDBKeyRange => IDBKeyRange.bound([this.#tab], [this.#tab, []]);
    const keys = await attempt((db) => db.getAllKeys('pieces', ofTab()));
    for (const [, , header] of keys ?? []) this.#stored.add(header);
  }

  /**
   * Wraps a sink in memory, so that its pieces survive the page: unless the transfer is very short,
   * they are also written to the database, if there is space for all of them. The sender does not
   * wait for that. `header`: the digest of the offer.
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
        // A file of one piece has nothing to resume from.
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
   * Reads a piece, if it is stored and undamaged. The database keeps large values in files of their
   * own and does not check them: after a power failure such a file may have its length but not its
   * bytes.
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

  /** Removes the pieces of this offer alone: another member may use its id for something else. */
  async #remove(id: string, header: string): Promise<void> {
    const range = IDBKeyRange.bound([this.#tab, id, header], [this.#tab, id, header, []]);
    if (this.#stored.delete(header)) await attempt((db) => db.delete('pieces', range));
  }
}

/** Where a copy is written. */
interface Store {
  put(records: readonly PieceRecord[]): Promise<void>;
  remove(): Promise<void>;
}

/** Copies to the database what one sink has in memory. */
class Copy {
  /** How many bytes are still to come. */
  readonly #missing: number;
  readonly #store: Store;
  readonly #openedAt = performance.now();
  #unwritten: PieceRecord[] = [];
  readonly #writes = new SerialQueue();
  /**
   * Made with the first write. Resolves with null when there is no space: then nothing is copied.
   */
  #reservation: Promise<Reservation | null> | null = null;
  /** Whether writing has ended. */
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

  /** Writes what is left, which stays for a later page. Never rejects. */
  async complete(): Promise<void> {
    await this.#write();
    this.#end();
  }

  /** Ends writing and removes the copy. Never rejects. */
  async remove(): Promise<void> {
    this.#end();
    await this.#store.remove();
  }

  /** Resolves when everything that was added is written. */
  #write(): Promise<void> {
    const records = this.#unwritten;
    this.#unwritten = [];
    return this.#writes.run(() => this.#put(records));
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
