import { SnapError } from '../errors.js';
import { withTimeout } from '../timing/abortable.js';
import type { SnapItem } from '../item.js';
import { STORAGE_TIMEOUT } from '../store/database.js';
import type { SendingRecord } from '../store/database.js';
import { pendingItem, recipientError } from '../store/outbox.js';
import type { Held, Owner } from '../store/outbox.js';
import type { Transfers } from '../transfer/transfers.js';
import type { Offer } from '../transfer/wire/messages.js';
import type { Sink } from '../transfer/sinks/sink.js';
import { blobSource, bytesSource } from '../transfer/send/source.js';
import type { Source } from '../transfer/send/source.js';
import type { Transfer } from '../transfer/transfer.js';
import { Rechoose } from './rechoose.js';
import { SMALL, HubStorage, sinkInMemory } from './storage.js';
import type { Payload } from './sendable.js';

/** What a hub resumes with, and what it is notified of. */
export interface ResumeParts {
  readonly transfers: Transfers;
  /** These items were pending when the page went away. */
  restored(items: readonly SnapItem[]): void;
  /** A transfer resumes. `at`, in `keptTime`: when its recipients were last heard of. */
  resumed(transfer: Transfer, at: number): void;
  /** The bytes of a resumed transfer are here: they were stored, or are chosen again. */
  supplied(transfer: Transfer, payload: Payload): void;
  /**
   * Something could not be stored: it is sent all the same, but a reload would lose it. Or
   * something stored could not be read.
   */
  failed(error: SnapError): void;
}

/**
 * Lets a hub resume after a reload: stores what is pending and what is being sent, and brings it
 * back. Until the hub is in a room, it remembers what to store, and stores it then.
 *
 * It may touch three things, and nothing else:
 *
 * - this tab's {@link HubStorage} for the present room, with its outbox. What a dead tab of the
 *   same browser left for that room is moved into it, as is what another `Resume` of the page has
 *   kept, when its hub goes on in this one;
 * - the transfers of its hub: it restores those that were being sent, supplies a file that was
 *   chosen again, opens the sinks of received ones, and sets the room and the arrivals that they
 *   go by;
 * - the hub's queue and its error, through {@link ResumeParts}.
 *
 * It knows neither the room's connections nor the page: who is here is the session's business, and
 * who this tab is comes in with `enter`.
 */
export class Resume {
  readonly #parts: ResumeParts;
  #storage: HubStorage | null = null;
  /** Resolves when what `#storage` holds is back, or after `STORAGE_TIMEOUT`. */
  #entered: Promise<void> = Promise.resolve();
  /** What to store as soon as there is a storage. */
  #waiting: ((storage: HubStorage) => void)[] = [];
  /** Ids of the items that are stored with their bytes, whatever their size. */
  readonly #copied = new Set<string>();
  /** Ids of what was stored with its bytes: it comes back after a reload. */
  readonly #safe = new Set<string>();
  /** Ids whose failure to be stored was reported. */
  readonly #reported = new Set<string>();
  readonly #rechoose = new Rechoose();

  constructor(parts: ResumeParts) {
    this.#parts = parts;
  }

  /**
   * The hub enters a room, for the first time or again. `pending`: what it brings along. Resolves
   * when everything is back, or after `STORAGE_TIMEOUT` when the browser's storage does not answer.
   * If it answers later, everything comes back then.
   */
  async enter(owner: Owner, pending: readonly SnapItem[]): Promise<void> {
    const { transfers } = this.#parts;
    const same = this.#storage?.owner.room === owner.room && this.#storage.owner.tab === owner.tab;
    if (transfers.room === '') transfers.moved(owner.room);
    transfers.room = owner.room;
    if (same) return this.#entered;
    this.#storage = null;
    if (!HubStorage.possible) return;
    const storage = new HubStorage(owner);
    this.#storage = storage;
    transfers.arrivals = storage.arrivals;
    for (const step of this.#waiting.splice(0)) step(storage);
    for (const item of pending) this.keep(item, !this.#copied.has(item.id));
    this.#entered = withTimeout(this.#comeBack(storage), STORAGE_TIMEOUT, undefined);
    await this.#entered;
  }

  /** Moves everything that is meant for the present room to the one with the tag `room`. */
  async move(room: string): Promise<void> {
    this.#parts.transfers.moved(room);
    const storage = this.#storage;
    this.#storage = null;
    await storage?.outbox.move(room);
  }

  /** Takes over what a member left that is gone, if it was another tab of this browser. */
  async succeed(id: string): Promise<void> {
    const storage = this.#storage;
    if ((await storage?.adopt(id)) && storage === this.#storage && storage) await this.#restore(storage);
  }

  /** The page goes away, perhaps to come back at once. Synchronous. */
  leaving(): void {
    this.#storage?.leaving();
  }

  /** Takes over what `other`, which was never in a room, was to store. */
  takeOver(other: Resume): void {
    for (const id of other.#copied) this.#copied.add(id);
    for (const step of other.#waiting.splice(0)) this.#whenStored(step);
  }

  /** Whether what has this id comes back after a reload, with its bytes. */
  isSafe(id: string): boolean {
    return this.#safe.has(id);
  }

  /** Whether that item is stored with its bytes, or will be. */
  copies(id: string): boolean {
    return this.#copied.has(id);
  }

  /**
   * Stores a pending item. The bytes of a large file that was `chosen` are not stored: the person
   * has the file.
   */
  keep(item: SnapItem, chosen: boolean): void {
    if (chosen && item.file.size > SMALL) return;
    this.#copied.add(item.id);
    this.#whenStored(({ outbox }) => this.#written(item.id, outbox.keepPending(item), true));
  }

  /** Stores what is sent as `transfer`. */
  sending({ description, source, content }: Payload, transfer: Transfer): void {
    const copied = this.#copied.has(description.id);
    this.#whenStored(({ outbox }) => {
      const small = source.size <= SMALL;
      const bytes = copied || !small ? {} : contentOf(content);
      const kept = { ...bytes, lastModified: lastModified(content) };
      this.#written(transfer.id, outbox.keepSending(transfer, description, kept), copied || small);
    });
  }

  /** Stores how far a transfer is, and frees what it no longer needs. */
  follow(transfer: Transfer): void {
    if (transfer.direction === 'receive') return;
    if (transfer.state === 'delivered' || transfer.state === 'cancelled') {
      this.#rechoose.delete(transfer);
      this.#release(transfer.id);
    }
    this.#whenStored(({ outbox }) => void outbox.follow(transfer));
  }

  /** Drops what is stored under `id`: the person has removed it. */
  drop(id: string): void {
    this.#release(id);
    this.#whenStored(({ outbox }) => void outbox.drop(id));
  }

  /**
   * The page no longer shows an ended transfer. What the outbox still holds of it stays for the
   * next life of the page.
   */
  forget(transfer: Transfer): void {
    this.#rechoose.delete(transfer);
    this.#storage?.outbox.forget(transfer.id);
  }

  /**
   * Resumes the transfer that waits for this file to be chosen again. Returns null when none waits
   * for it.
   */
  resupply(file: Blob): Transfer | null {
    const waiting = file instanceof File ? this.#rechoose.find(file) : null;
    if (!waiting) return null;
    const { transfer, description } = waiting;
    const source = blobSource(file);
    this.#parts.transfers.resupply(transfer, source);
    this.#parts.supplied(transfer, { source, description, content: file });
    return transfer;
  }

  /** Opens a sink for the bytes of an offer. */
  openSink(offer: Offer): Promise<Sink> {
    return this.#storage ? this.#storage.openSink(offer) : Promise.resolve(sinkInMemory(offer));
  }

  async #comeBack(storage: HubStorage): Promise<void> {
    await storage.open();
    if (this.#storage !== storage) return;
    await this.#restore(storage);
    void this.#inherit(storage);
  }

  /** Adopts what dead tabs left before the sweep, which may then delete whatever is left. */
  async #inherit(storage: HubStorage): Promise<void> {
    const forerunners = await storage.forerunners();
    await Promise.allSettled(forerunners.map((dead) => this.succeed(dead)));
    storage.settled();
  }

  async #restore(storage: HubStorage): Promise<void> {
    const held = await storage.held();
    // The hub entered another room meanwhile: what was meant for this room must never go there.
    if (this.#parts.transfers.room !== storage.owner.room) return;
    // This page has an item already if it stored it itself.
    const fresh = held.filter(({ record }) => record.kind === 'sending' || !this.#copied.has(record.id));
    for (const { record, content } of fresh) {
      if (!content) continue;
      this.#copied.add(record.id);
      this.#safe.add(record.id);
    }
    this.#parts.restored(fresh.map(pendingItem).filter((item) => item !== null));
    for (const each of fresh) {
      if (each.record.kind === 'sending') this.#resume(each.record, each.content);
      // Keep what cannot be read now: it may be readable another time.
      else if (each.unreadable)
        this.#parts.failed(new SnapError('source-unreadable', { detail: each.record.id }));
      // The item was captured just before the page went away: its bytes were never stored.
      else if (!each.content) void storage.outbox.drop(each.record.id);
    }
  }

  #resume(record: SendingRecord, content: Held['content']): void {
    const { description, size, at } = record;
    const recipients = record.recipients.map((each) => ({ ...each, error: recipientError(each) }));
    const bytes = content?.pixels ?? content?.file ?? null;
    const source = bytes && sourceOf(bytes);
    const transfer = this.#parts.transfers.restore(source, size, description, recipients);
    if (bytes && source) this.#parts.supplied(transfer, { source, description, content: bytes });
    else this.#rechoose.add(transfer, { changedAt: record.lastModified, description });
    this.#parts.resumed(transfer, at);
  }

  /**
   * What has this id is being `written`; `whole`: with its bytes. Reports once for each id that it
   * could not be stored.
   */
  #written(id: string, written: Promise<void>, whole: boolean): void {
    written.then(
      () => whole && !this.#reported.has(id) && this.#safe.add(id),
      (thrown: unknown) => {
        if (this.#reported.has(id)) return;
        this.#reported.add(id);
        this.#parts.failed(SnapError.from(thrown, 'storage-failed'));
      },
    );
  }

  /** Forgets an id under which nothing is stored any more. */
  #release(id: string): void {
    this.#copied.delete(id);
    this.#safe.delete(id);
    this.#reported.delete(id);
  }

  #whenStored(step: (storage: HubStorage) => void): void {
    if (this.#storage) step(this.#storage);
    else if (HubStorage.possible) this.#waiting.push(step);
  }
}

function contentOf(
  content: Blob | Uint8Array<ArrayBuffer>,
): { file: Blob } | { pixels: Uint8Array<ArrayBuffer> } {
  return content instanceof Blob ? { file: content } : { pixels: content };
}

function sourceOf(content: Payload['content']): Source {
  return content instanceof Blob ? blobSource(content) : bytesSource(content);
}

/** 0 for a Blob that the page has made: it has no date, and cannot be chosen again. */
function lastModified(content: Blob | Uint8Array): number {
  return content instanceof File ? content.lastModified : 0;
}
