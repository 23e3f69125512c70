import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { SnapErrorCode } from '../errors.js';
import { withTimeout } from '../timing/abortable.js';
import type { SnapItem } from '../item.js';
import type { Arrival } from '../transfer/receive/arrivals.js';
import type { Description } from '../transfer/transfers.js';
import type { RecipientState } from '../transfer/transfer.js';

/**
 * How long anybody waits for the browser's storage, in ms. It opens within 50 ms, or within a
 * second on a phone that has just started; but where the profile is damaged, or another version of
 * the page holds a lock, it may never answer, and a page where nothing happens for longer looks
 * broken.
 */
export const STORAGE_TIMEOUT = 2_000;

/** A tab that has been in a room. Once it is dead, another tab may adopt its records. */
export interface TabRecord {
  /** The `tabId`. */
  readonly id: string;
  /** The room's tag: derived from its code, and reveals nothing about it. */
  readonly room: string;
  /** The secret of its identity: whoever has it can prove to be this tab. */
  readonly secret?: string | null;
  /** In `keptTime`. */
  readonly at: number;
}

/** One recipient of a transfer that is being sent, as last heard of. */
export interface StoredRecipient {
  readonly id: string;
  readonly name: string;
  readonly state: RecipientState;
  /** Why, when `state` is `failed` or `cancelled`. */
  readonly code: SnapErrorCode | null;
}

/** What every record of the outbox has. */
interface OutboxBase {
  /** The id of the item, and of the transfer that it becomes. */
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
   * Identifies the file if its content is not stored and the person chooses it again: in ms since
   * the epoch, 0 for what was never a file.
   */
  readonly lastModified: number;
}

export type OutboxRecord = PendingRecord | SendingRecord;

/** The bytes of an outbox record. Stored apart: the record changes often, the bytes never do. */
export interface ContentRecord {
  readonly id: string;
  /** A `File` for an item. Null where only the pixels are sent. */
  readonly file: Blob | null;
  /** The pixels of a raw photo: RGBA, as in `ImageData`. */
  readonly pixels: Uint8Array<ArrayBuffer> | null;
}

/** Something that has arrived: if it is offered again, its bytes need not be sent again. */
export interface ArrivalRecord extends Arrival {
  /** The receiving tab. */
  readonly tab: string;
  readonly at: number;
}

/** A verified piece of a small file that is still being received. */
export interface PieceRecord {
  /** The receiving tab. */
  readonly tab: string;
  /** The id of the offer. */
  readonly id: string;
  /** The digest of the offer: pieces of another file under the same id do not count. */
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

/** In ms: partial files and records of dead tabs are kept for 24 h. */
export const KEPT_FOR = 86_400_000;

/** Does not wait for the disk: surviving a power cut is not worth a stalled page. */
export const RELAXED = { durability: 'relaxed' } as const;

/**
 * The page's one connection; `present` gives up waiting for it after a while. Both are reset when
 * it is closed, or cannot be opened.
 */
let connection: Promise<Database | null> | null = null;
let present: Promise<Database | null> | null = null;
/** The open database. */
let current: Database | null = null;
/** Called when the connection was closed. */
const watchers: (() => void)[] = [];

/**
 * Resolves with the page's one connection to the database `snaptrail`. Null where pages may not
 * store anything (private mode of some browsers, third-party frames): then everything lives as long
 * as the page. Also null while opening takes too long, as when another tab keeps an older version
 * open; later calls get it once it has opened. A connection that was closed, for another tab or
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

/** The same, but waits for as long as it takes. */
export function opened(): Promise<Database | null> {
  connection ??= open().catch(() => {
    connection = present = null;
    return null;
  });
  return connection;
}

/**
 * Calls `onclose` whenever something else has closed the connection: other data of the site may be
 * gone, too.
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
    // A newer version of this script, in another tab, is waiting to change the stores.
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
 * Runs `step` on the database, and once more if that turns out to have been closed meanwhile.
 * Resolves with null where there is no database; rejects as `step` does.
 */
export async function withDatabase<T>(step: (db: Database) => Promise<T>): Promise<T | null> {
  const db = await database();
  if (!db) return null;
  try {
    return await step(db);
  } catch (thrown) {
    // Closed, but not yet notified (Indexed Database API, section 4.4).
    if (thrown instanceof DOMException && thrown.name === 'InvalidStateError') closed(db);
    if (current === db) throw thrown;
  }
  const again = await database();
  return again && step(again);
}

/** The same, but resolves with null if `step` rejects: the page works on without what is stored. */
export function attempt<T>(step: (db: Database) => Promise<T>): Promise<T | null> {
  return withDatabase(step).catch(() => null);
}
