import type { StoreValue } from 'idb';
import { SnapError } from '../errors.js';
import { keptTime } from '../timing/kept-time.js';
import type { SnapItem } from '../item.js';
import type { Description } from '../transfer/transfers.js';
import type { Transfer } from '../transfer/transfer.js';
import { Batched } from './batched.js';
import { attempt, opened } from './database.js';
import type { ContentRecord, OutboxRecord, StoredRecipient, Schema, SendingRecord } from './database.js';
import { changeRecords, outboxRecords, readAlone } from './records.js';

/** The page's: whatever room it is in, there is one database. */
const records = new Batched('outbox');
const contents = new Batched('contents');

/** Whose an outbox is: a tab, in one room. What was meant for a room is never sent into another. */
export interface Owner {
  readonly tab: string;
  /** The room's tag. */
  readonly room: string;
}

/**
 * What is sent: its bytes, unless they are here already or too many, and how to know the file again
 * when it is chosen anew.
 */
export interface Content {
  readonly file?: Blob;
  readonly pixels?: Uint8Array<ArrayBuffer>;
  /** In ms since the epoch; 0 for what was never a file. */
  readonly lastModified: number;
}

/** What an outbox held when the page was opened. */
export interface Held {
  readonly record: OutboxRecord;
  /** Null for a file that was too large to be kept, or cannot be read. */
  readonly content: ContentRecord | null;
  /** Whether there is a content, which the browser failed to read: perhaps for good. */
  readonly unreadable: boolean;
}

/**
 * What this tab has captured or chosen and not yet delivered, beyond the life of the page.
 * Everything is written behind the page's back, in the order of the calls, as soon as there is a
 * database; where nothing can be stored, nothing happens. But where things can be stored, and there
 * is no more space, `keepPending` and `keepSending` reject with `storage-full`: who knows that the
 * page keeps things should know when it does not.
 */
export class Outbox {
  readonly #owner: Owner;
  /** What was last written of a transfer that is being sent, and is not written again. */
  readonly #known = new Map<string, SendingRecord>();
  /**
   * What waits for its turn in the database, by id. What has been delivered by then is not written
   * at all.
   */
  readonly #unwritten = new Map<string, OutboxRecord>();
  readonly #unwrittenContents = new Map<string, ContentRecord>();
  #order = keptTime.now();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** Everything in it, in the order in which it was captured and chosen. */
  async open(): Promise<readonly Held[]> {
    const { tab, room } = this.#owner;
    await Promise.all([records.settled(), contents.settled()]);
    const found = (await attempt((db) => outboxRecords(db, tab))) ?? [];
    const mine = found.filter((record) => record.room === room).sort((a, b) => a.order - b.order);
    for (const record of mine)
      if (record.kind === 'sending' && !this.#known.has(record.id)) this.#known.set(record.id, record);
    return Promise.all(mine.map(withContent));
  }

  /** Captured or chosen, and not yet sent. */
  async keepPending(item: SnapItem): Promise<void> {
    const { file, imageData, ...rest } = item;
    const pixels = imageData && pixelsOf(imageData);
    const record = { ...this.#base(item.id), kind: 'pending', item: rest } as const;
    await this.#put(record, { id: item.id, file, pixels });
  }

  /**
   * On its way from now on. It may have been pending before, under the same id: then its bytes are
   * here.
   */
  async keepSending(transfer: Transfer, description: Description, content: Content): Promise<void> {
    const { id, size } = transfer;
    const { file = null, pixels = null, lastModified } = content;
    const record: SendingRecord = {
      ...this.#base(id),
      ...{ kind: 'sending', description, size, recipients: recipientsOf(transfer), lastModified },
    };
    this.#known.set(id, record);
    await this.#put(record, file || pixels ? { id, file, pixels } : null);
  }

  /**
   * Follows a transfer: writes down where its recipients are, and lets go of it once nothing more
   * is to come of it.
   */
  async follow(transfer: Transfer): Promise<void> {
    if (transfer.state === 'delivered' || transfer.state === 'cancelled') return this.drop(transfer.id);
    const known = this.#known.get(transfer.id);
    if (!known) return;
    const recipients = recipientsOf(transfer);
    if (JSON.stringify(recipients) === JSON.stringify(known.recipients)) return;
    const record = { ...known, recipients, at: keptTime.now() };
    this.#known.set(transfer.id, record);
    // Where there is no space, what was known before will do.
    await this.#put(record, null).catch(() => undefined);
  }

  /** It is meant for another room from now on. */
  async move(room: string): Promise<void> {
    for (const [id, record] of this.#unwritten) this.#unwritten.set(id, { ...record, room });
    await attempt(async (db) => {
      const mine = (record: OutboxRecord): boolean => record.room === this.#owner.room;
      await changeRecords(db, this.#owner.tab, (record) => (mine(record) ? { ...record, room } : null));
    });
  }

  /** Nobody follows it any more; what was written of it stays. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** It was delivered, cancelled or removed. */
  async drop(id: string): Promise<void> {
    this.#known.delete(id);
    this.#unwritten.delete(id);
    this.#unwrittenContents.delete(id);
    await opened();
    await Promise.allSettled([
      records.write((store) => void store.delete(id)),
      contents.write((store) => void store.delete(id)),
    ]);
  }

  /**
   * The record does not wait for the bytes, nor does the one that follows it when the item is sent:
   * a page that dies while they are written still knows, when it comes back, what it was sending.
   * Rejects with `storage-full`.
   */
  async #put(record: OutboxRecord, content: ContentRecord | null): Promise<void> {
    const { id } = record;
    this.#unwritten.set(id, record);
    if (content) this.#unwrittenContents.set(id, content);
    await opened();
    const ends = await Promise.allSettled([
      put(records, this.#unwritten, id),
      ...(content ? [put(contents, this.#unwrittenContents, id)] : []),
    ]);
    for (const end of ends) {
      const cause: unknown = end.status === 'rejected' ? end.reason : null;
      if (cause instanceof Error && cause.name === 'QuotaExceededError')
        throw new SnapError('storage-full', { cause, detail: `a reload would lose ${id}` });
    }
  }

  #base(id: string): { id: string; tab: string; room: string; order: number; at: number } {
    this.#order = Math.max(this.#order + 1, keptTime.now());
    return { id, ...this.#owner, order: this.#order, at: keptTime.now() };
  }
}

/** Writes what waits under this id when its turn comes, unless it was dropped by then. */
async function put<Name extends 'outbox' | 'contents'>(
  stored: Batched<Name>,
  unwritten: Map<string, StoreValue<Schema, Name>>,
  id: string,
): Promise<void> {
  let value: StoreValue<Schema, Name> | undefined;
  try {
    await stored.write((store) => {
      value = unwritten.get(id);
      if (value) store.put(value).catch(() => undefined);
    });
  } finally {
    if (value === unwritten.get(id)) unwritten.delete(id);
  }
}

/**
 * In a transaction of its own: large values may be damaged or gone, and would take the others
 * along.
 */
async function withContent(record: OutboxRecord): Promise<Held> {
  const content = await attempt(async (db) => ({ found: await readAlone(db, 'contents', record.id) }));
  return { record, content: content?.found ?? null, unreadable: content === null };
}

function recipientsOf(transfer: Transfer): StoredRecipient[] {
  return transfer.recipients.map(({ id, name, state, error }) => ({
    id,
    name,
    // It is on its way to nobody while the page is not there.
    state: state === 'sending' ? 'waiting' : state,
    code: error?.code ?? null,
  }));
}

/** The exact pixels, as bytes. */
export function pixelsOf({ data }: ImageData): Uint8Array<ArrayBuffer> {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** An item that was pending, as it was. */
export function pendingItem({ record, content }: Held): SnapItem | null {
  if (record.kind !== 'pending' || !(content?.file instanceof File)) return null;
  const { width, height } = record.item;
  const pixels = content.pixels && new Uint8ClampedArray(content.pixels);
  const imageData = pixels && new ImageData(pixels, width, height);
  return Object.freeze({ ...record.item, file: content.file, imageData });
}

/** Where a recipient was, as an error that can be shown again. */
export function recipientError({ code }: StoredRecipient): SnapError | null {
  return code && new SnapError(code);
}
