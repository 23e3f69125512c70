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

/** One of each per page: there is one database for all rooms. */
const records = new Batched('outbox');
const contents = new Batched('contents');

/** An outbox belongs to a tab in one room: what was meant for a room never goes to another. */
export interface Owner {
  readonly tab: string;
  /** The room's tag: see `TabRecord.room`. */
  readonly room: string;
}

/**
 * The bytes of what is sent, unless they are stored already or too many; and what identifies the
 * file if the person has to choose it again.
 */
export interface Content {
  readonly file?: Blob;
  readonly pixels?: Uint8Array<ArrayBuffer>;
  /** In ms since the epoch; 0 for what was never a file. */
  readonly lastModified: number;
}

/** One entry of an outbox, as it is found when the page opens. */
export interface Held {
  readonly record: OutboxRecord;
  /** Null if the file was too large to be stored, or cannot be read. */
  readonly content: ContentRecord | null;
  /** Whether content is stored but the browser failed to read it, perhaps for good. */
  readonly unreadable: boolean;
}

/**
 * Keeps what this tab has captured or chosen, until it is delivered: so that it survives the page.
 *
 * Everything is written in the background, in the order of the calls, as soon as there is a
 * database; where nothing can be stored, nothing happens. But where things can be stored, and the
 * space runs out, `keepPending` and `keepSending` reject with `storage-full`: a person who relies
 * on reloading should learn when that would lose something.
 */
export class Outbox {
  readonly #owner: Owner;
  /** The latest record of each transfer that is being sent, so that only changes are written. */
  readonly #known = new Map<string, SendingRecord>();
  /** Records that wait to be written, by id. Once delivered, they are not written at all. */
  readonly #unwritten = new Map<string, OutboxRecord>();
  readonly #unwrittenContents = new Map<string, ContentRecord>();
  #order = keptTime.now();

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** Reads all its entries, in the order in which they were captured and chosen. */
  async open(): Promise<readonly Held[]> {
    const { tab, room } = this.#owner;
    await Promise.all([records.settled(), contents.settled()]);
    const found = (await attempt((db) => outboxRecords(db, tab))) ?? [];
    const mine = found.filter((record) => record.room === room).sort((a, b) => a.order - b.order);
    for (const record of mine)
      if (record.kind === 'sending' && !this.#known.has(record.id)) this.#known.set(record.id, record);
    return Promise.all(mine.map(withContent));
  }

  /** Stores an item that was captured or chosen, and is not yet sent. */
  async keepPending(item: SnapItem): Promise<void> {
    const { file, imageData, ...rest } = item;
    const pixels = imageData && pixelsOf(imageData);
    const record = { ...this.#base(item.id), kind: 'pending', item: rest } as const;
    await this.#put(record, { id: item.id, file, pixels });
  }

  /**
   * Stores a transfer that is being sent from now on. Its item may have been pending before, under
   * the same id: then its bytes are stored already.
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

  /** Stores the progress of a transfer's recipients, or drops it once it is over for good. */
  async follow(transfer: Transfer): Promise<void> {
    if (transfer.state === 'delivered' || transfer.state === 'cancelled') return this.drop(transfer.id);
    const known = this.#known.get(transfer.id);
    if (!known) return;
    const recipients = recipientsOf(transfer);
    if (JSON.stringify(recipients) === JSON.stringify(known.recipients)) return;
    const record = { ...known, recipients, at: keptTime.now() };
    this.#known.set(transfer.id, record);
    // Without space for it, the former record will do.
    await this.#put(record, null).catch(() => undefined);
  }

  /** Everything in it is meant for another room from now on. */
  async move(room: string): Promise<void> {
    for (const [id, record] of this.#unwritten) this.#unwritten.set(id, { ...record, room });
    await attempt(async (db) => {
      const mine = (record: OutboxRecord): boolean => record.room === this.#owner.room;
      await changeRecords(db, this.#owner.tab, (record) => (mine(record) ? { ...record, room } : null));
    });
  }

  /** Stops following a transfer; its record stays. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Removes the entry: it was delivered, cancelled or removed. */
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
   * Neither this record nor a later one waits for the bytes: even if the page dies while they are
   * being written, the next page knows what it was sending. Rejects with `storage-full`.
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

/** Writes what waits under this id, unless it is dropped before that. */
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
 * Reads in a transaction of its own: a large value that is damaged or gone would fail all others.
 */
async function withContent(record: OutboxRecord): Promise<Held> {
  const content = await attempt(async (db) => ({ found: await readAlone(db, 'contents', record.id) }));
  return { record, content: content?.found ?? null, unreadable: content === null };
}

function recipientsOf(transfer: Transfer): StoredRecipient[] {
  return transfer.recipients.map(({ id, name, state, error }) => ({
    id,
    name,
    // Without the page, it is being sent to nobody.
    state: state === 'sending' ? 'waiting' : state,
    code: error?.code ?? null,
  }));
}

/** The exact pixels, as bytes. */
export function pixelsOf({ data }: ImageData): Uint8Array<ArrayBuffer> {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Restores an item that was pending; null for an entry that is not one, or has no file. */
export function pendingItem({ record, content }: Held): SnapItem | null {
  if (record.kind !== 'pending' || !(content?.file instanceof File)) return null;
  const { width, height } = record.item;
  const pixels = content.pixels && new Uint8ClampedArray(content.pixels);
  const imageData = pixels && new ImageData(pixels, width, height);
  return Object.freeze({ ...record.item, file: content.file, imageData });
}

/** Restores the error of a recipient. */
export function recipientError({ code }: StoredRecipient): SnapError | null {
  return code && new SnapError(code);
}
