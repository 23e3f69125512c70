import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { SnapErrorCode } from '../errors.js';
import { withTimeout } from '../timing/abortable.js';
import type { SnapItem } from '../item.js';
import type { Arrival } from '../transfer/receive/arrivals.js';
import type { Description } from '../transfer/transfers.js';
import type { RecipientState } from '../transfer/transfer.js';

/**
 * How long anybody waits for the browser's storage, in ms. It opens within 50 ms, or within a second
 * on a phone that has just started; but where the profile is damaged, or another version of the page
 * holds a lock, it may never answer, and a page where nothing happens for longer looks broken.
 */
export const STORAGE_TIMEOUT = 2_000;

/** A tab that has been in a room: whose records another may adopt once it is dead. */
export interface TabRecord {
  /** The `tabId`. */
  readonly id: string;
  /** The room's tag: follows from its code, and tells nothing of it. */
  readonly room: string;
  /** What shows that somebody is this tab. */
  readonly secret?: string | null;
  /** In `keptTime`. */
  readonly at: number;
}

/** One recipient of something that is being sent, as it was when last heard of. */
export interface StoredRecipient {
  readonly id: string;
  readonly name: string;
  readonly state: RecipientState;
  /** Why, when `state` is `failed` or `cancelled`. */
  readonly code: SnapErrorCode | null;
}

/** What a record of the outbox has, whatever it is about. */
interface OutboxBase {
  /** Of the item, and of the transfer that it becomes. */
  readonly id: string;
  readonly tab: string;
  readonly room: string;
  /** Ascending in the order of capturing and choosing. */
  readonly order: number;
  /** When it last changed, in `keptTime`. */
  readonly at: number;
}

/** Captured or chosen, and not yet sent. */
export interface PendingRecord extends OutboxBase {
  readonly kind: 'pending';
  readonly item: Omit<SnapItem, 'file' | 'imageData'>;
}

/** On its way, or failed with another try to come. */
export interface SendingRecord extends OutboxBase {
  readonly kind: 'sending';
  readonly description: Description;
  readonly size: number;
  readonly recipients: readonly StoredRecipient[];
  /**
   * By which a file is known again when it is chosen anew, should its content not be here; in ms
   * since the epoch, 0 for what was never a file.
   */
  readonly lastModified: number;
}

export type OutboxRecord = PendingRecord | SendingRecord;

/** The bytes of an outbox record, apart from it: it changes often, they never do. */
export interface ContentRecord {
  readonly id: string;
  /** A `File` for an item. Null where only the pixels are sent. */
  readonly file: Blob | null;
  /** Of a raw photo: RGBA, as in `ImageData`. */
  readonly pixels: Uint8Array<ArrayBuffer> | null;
}

/** Something that has arrived whole: should it be offered again, it need not come again. */
export interface ArrivalRecord extends Arrival {
  /** The receiving tab. */
  readonly tab: string;
  readonly at: number;
}

/** A verified piece of something small that is still coming. */
export interface PieceRecord {
  /** The receiving tab. */
  readonly tab: string;
  /** Of the transfer. */
  readonly id: string;
  /**
   * The digest of its offer: pieces of another file under the same id are not taken for its own.
   */
  readonly header: string;
  readonly index: number;
  readonly digest: string;
  readonly bytes: ArrayBuffer;
  readonly at: number;
}

export interface Schema extends DBSchema {
  tabs: { key: string; value: TabRecord };
  outbox: { key: string; value: OutboxRecord; indexes: { tab: string } };
  contents: { key: string; value: ContentRecord };
  arrivals: { key: [string, string, string]; value: ArrivalRecord };
  pieces: { key: [string, string, string, number]; value: PieceRecord };
}

export type Database = IDBPDatabase<Schema>;

/** In ms: neither a partial file nor a record of a dead tab is kept for longer. */
export const KEPT_FOR = 86_400_000;

/** Written when the browser's process has it: surviving a power cut is not worth a stalled page. */
export const RELAXED = { durability: 'relaxed' } as const;

/**
 * The page's one connection, and the same for whoever does not wait for ever. Forgotten when it is
 * closed, or cannot be had.
 */
let connection: Promise<Database | null> | null = null;
let present: Promise<Database | null> | null = null;
/** What it has opened. */
let current: Database | null = null;
/** Who wants to know that the connection was closed. */
const watchers: (() => void)[] = [];

/**
 * The page's one connection to the database `snaptrail`. Null where pages may not store anything
 * (private mode of some browsers, third-party frames): everything then lives as long as the page.
 * Null, too, while a database that should have opened by now has not, as one that another tab keeps
 * at an older version: whoever asks once it has gets it. One that was closed, for another tab or
 * because the person has cleared the site's data, is opened again.
 */
export function database(): Promise<Database | null> {
  if (!present) {
    const opening = opened();
    const limited = withTimeout(opening, STORAGE_TIMEOUT, null);
    present = limited;
    void opening.then(() => {
      if (present === limited) present = opening;
    });
  }
  return present;
}

/** The same, however late it comes. */
export function opened(): Promise<Database | null> {
  connection ??= open().catch(() => {
    connection = present = null;
    return null;
  });
  return connection;
}

/**
 * Calls `onclose` whenever the connection was closed by others: what else the site has stored may
 * be gone, too.
 */
export function watchDatabase(onclose: () => void): void {
  watchers.push(onclose);
}

async function open(): Promise<Database | null> {
  if (!('indexedDB' in globalThis)) return null;
  const db = await openDB<Schema>('snaptrail', 1, {
    upgrade(db) {
      db.createObjectStore('tabs', { keyPath: 'id' });
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('tab', 'tab');
      db.createObjectStore('contents', { keyPath: 'id' });
      db.createObjectStore('arrivals', { keyPath: ['tab', 'id', 'root'] });
      db.createObjectStore('pieces', { keyPath: ['tab', 'id', 'header', 'index'] });
    },
    // A newer version of this script, in another tab, wants to change the stores: let it.
    blocking: () => {
      db.close();
      closed(db);
    },
    terminated: () => closed(db),
  });
  current = db;
  return db;
}

function closed(db: Database): void {
  if (current !== db) return;
  current = connection = present = null;
  for (const watcher of watchers) watcher();
}

/**
 * Runs `step` where there is a database, and once more where that turns out to have been closed
 * meanwhile; null is the result where there is none. Rejects as `step` does.
 */
export async function withDatabase<T>(step: (db: Database) => Promise<T>): Promise<T | null> {
  const db = await database();
  if (!db) return null;
  try {
    return await step(db);
  } catch (thrown) {
    // Before the browser has told so (Indexed Database API, section 4.4).
    if (thrown instanceof DOMException && thrown.name === 'InvalidStateError') closed(db);
    if (current === db) throw thrown;
  }
  const again = await database();
  return again && step(again);
}

/**
 * The same. What cannot be stored is not stored: the page goes on without, and null is the result.
 */
export function attempt<T>(step: (db: Database) => Promise<T>): Promise<T | null> {
  return withDatabase(step).catch(() => null);
}
