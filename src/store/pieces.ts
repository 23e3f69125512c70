import type { Offer } from '../transfer/messages.js';
import type { Sink } from '../transfer/sink.js';
import { RELAXED, attempt } from './database.js';
import type { PieceRecord } from './database.js';

/** In ms: what comes within this time is as quickly sent again, and storing it would only slow it down. */
const WORTH_KEEPING = 1000;

/** Verified pieces of what this tab is receiving in memory, so that it goes on after a reload. */
export class Pieces {
  readonly #tab: string;
  /** Ids of the transfers that have pieces in the database: nobody has to wait for it because of any other. */
  readonly #ids = new Set<string>();

  constructor(tab: string) {
    this.#tab = tab;
  }

  /** Finds what an earlier life of the page has left. */
  async open(): Promise<void> {
    // An array sorts behind every text.
    const ofTab = (): IDBKeyRange => IDBKeyRange.bound([this.#tab], [this.#tab, []]);
    const keys = await attempt((db) => db.getAllKeys('pieces', ofTab()));
    for (const [, id] of keys ?? []) this.#ids.add(id);
  }

  /**
   * Makes a sink in memory outlive the page: what takes longer than a moment is written to the database beside it, piece by piece. The
   * sender does not wait for that; after a reload it hears how far it got. `header`: the digest of the offer.
   */
  async keep(offer: Offer, memory: Sink, header: string): Promise<Sink> {
    const { id } = offer;
    const kept: string[] = [];
    for (const { index, digest, bytes } of await this.#found(id, header)) {
      if (index !== kept.length) break;
      kept.push(digest);
      await memory.write(index * offer.piece, new Uint8Array(bytes), digest);
    }

    const openedAt = performance.now();
    let unwritten: PieceRecord[] = [];
    const flush = (): void => {
      const records = unwritten;
      unwritten = [];
      this.#put(id, records);
    };

    return {
      kept,
      write: async (offset, bytes, digest) => {
        await memory.write(offset, bytes, digest);
        // What is one piece is here or not here; there is nothing in between to keep.
        if (offer.size <= offer.piece) return;
        const index = offset / offer.piece;
        const record = { tab: this.#tab, id, header, index, digest, at: Date.now() };
        unwritten.push({ ...record, bytes: bytes.buffer as ArrayBuffer });
        if (performance.now() - openedAt > WORTH_KEEPING) flush();
      },
      finish: async () => {
        const whole = await memory.finish();
        void this.#remove(id);
        return whole;
      },
      release: async () => {
        if (unwritten.length > 0) flush();
        await memory.release();
      },
      discard: async () => {
        unwritten = [];
        await Promise.all([memory.discard(), this.#remove(id)]);
      },
    };
  }

  async #found(id: string, header: string): Promise<PieceRecord[]> {
    if (!this.#ids.has(id)) return [];
    const found = await attempt((db) => db.getAll('pieces', this.#range(id)));
    return (found ?? []).filter((piece) => piece.header === header);
  }

  #put(id: string, records: readonly PieceRecord[]): void {
    this.#ids.add(id);
    void attempt(async (db) => {
      const transaction = db.transaction('pieces', 'readwrite', RELAXED);
      const { store } = transaction;
      for (const record of records) store.put(record).catch(() => undefined);
      transaction.commit();
      await transaction.done;
    });
  }

  async #remove(id: string): Promise<void> {
    if (this.#ids.delete(id)) await attempt((db) => db.delete('pieces', this.#range(id)));
  }

  #range(id: string): IDBKeyRange {
    return IDBKeyRange.bound([this.#tab, id], [this.#tab, id, []]);
  }
}
