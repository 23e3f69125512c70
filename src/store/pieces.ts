import type { Offer } from '../transfer/messages.js';
import type { Sink } from '../transfer/sink.js';
import { RELAXED, attempt } from './database.js';
import type { PieceRecord } from './database.js';

/** In ms: what comes within this time is as quickly sent again, and storing it would only slow it down. */
const WORTH_KEEPING = 1000;

/** Whose pieces these are. */
export interface PiecesOf {
  /** The receiving tab. */
  readonly tab: string;
  /** The digest of the offer. */
  readonly header: string;
}

/**
 * Makes a sink in memory outlive the page: what takes longer than a moment is written to the database beside it, piece by piece. The
 * sender does not wait for that; after a reload it hears how far it got.
 */
export async function keptPieces(offer: Offer, memory: Sink, { tab, header }: PiecesOf): Promise<Sink> {
  const range = (): IDBKeyRange => IDBKeyRange.bound([tab, offer.id], [tab, offer.id, '\uffff']);
  // What is one piece is here or not here; there is nothing in between to keep.
  const found = offer.size > offer.piece ? await attempt((db) => db.getAll('pieces', range())) : null;
  const kept: string[] = [];
  for (const { index, digest, bytes } of (found ?? []).filter((piece) => piece.header === header)) {
    if (index !== kept.length) break;
    kept.push(digest);
    await memory.write(index * offer.piece, new Uint8Array(bytes), digest);
  }

  const openedAt = performance.now();
  let unwritten: PieceRecord[] = [];
  /** Whether there is anything in the database. */
  let written = (found?.length ?? 0) > 0;
  const flush = (): void => {
    const records = unwritten;
    unwritten = [];
    written = true;
    void attempt(async (db) => {
      const { store, done } = db.transaction('pieces', 'readwrite', RELAXED);
      for (const record of records) store.put(record).catch(() => undefined);
      await done;
    });
  };
  const remove = async (): Promise<void> => {
    unwritten = [];
    if (written) await attempt((db) => db.delete('pieces', range()));
  };

  return {
    kept,
    async write(offset, bytes, digest) {
      await memory.write(offset, bytes, digest);
      if (offer.size <= offer.piece) return;
      const index = offset / offer.piece;
      const record = { tab, id: offer.id, header, index, digest, at: Date.now() };
      unwritten.push({ ...record, bytes: bytes.buffer as ArrayBuffer });
      if (performance.now() - openedAt > WORTH_KEEPING) flush();
    },
    async finish() {
      const whole = await memory.finish();
      void remove();
      return whole;
    },
    async release() {
      if (unwritten.length > 0) flush();
      await memory.release();
    },
    async discard() {
      await Promise.all([memory.discard(), remove()]);
    },
  };
}
