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

/** What a hub lets go on. */
export interface ResumeParts {
  readonly transfers: Transfers;
  /** These were pending when the page went away. */
  restored(items: readonly SnapItem[]): void;
  /** This transfer goes on; its recipients were last heard of at `at`, in `keptTime`. */
  resumed(transfer: Transfer, at: number): void;
  /**
   * There is no room to keep something: it is sent all the same, but a reload would lose it. Or
   * what was kept cannot be read.
   */
  failed(error: SnapError): void;
}

/**
 * Lets a hub go on where an earlier life of its page has ended: writes down what is pending and on
 * its way, and brings it back. What happens before the hub is in a room is written down once it is.
 */
export class Resume {
  readonly #parts: ResumeParts;
  #storage: HubStorage | null = null;
  /** Resolves when what `#storage` holds is back, or has been waited for long enough. */
  #entered: Promise<void> = Promise.resolve();
  /** What is to be written down, for as long as there is nowhere to. */
  #waiting: ((storage: HubStorage) => void)[] = [];
  /** Items that were captured here, or copied: kept whatever their size. */
  readonly #copied = new Set<string>();
  /** What there was no room for. */
  readonly #unkept = new Set<string>();
  readonly #rechoose = new Rechoose();

  constructor(parts: ResumeParts) {
    this.#parts = parts;
  }

  /**
   * The hub goes into a room, or back into one. `pending`: what it brings along. Resolves when
   * everything is back; or without it, when the browser's storage does not answer: should it do so
   * later, everything is back then.
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
    this.#entered = withTimeout(this.#goOn(storage), STORAGE_TIMEOUT, undefined);
    await this.#entered;
  }

  /** Everything that was meant for this room is meant for that one from now on. */
  async move(room: string): Promise<void> {
    this.#parts.transfers.moved(room);
    const storage = this.#storage;
    this.#storage = null;
    await storage?.outbox.move(room);
  }

  /** Goes on for a member that is gone, if it was another tab of this browser. */
  async succeed(id: string): Promise<void> {
    const storage = this.#storage;
    if ((await storage?.adopt(id)) && storage === this.#storage && storage) await this.#restore(storage);
  }

  /** The page goes away, perhaps to come back at once. Synchronous. */
  leaving(): void {
    this.#storage?.leaving();
  }

  /** Has what `other`, which was never in a room, was to write down. */
  takeOver(other: Resume): void {
    for (const id of other.#copied) this.#copied.add(id);
    for (const step of other.#waiting.splice(0)) this.#whenKept(step);
  }

  /** Whether there is to be a copy of that item. */
  copies(id: string): boolean {
    return this.#copied.has(id);
  }

  /**
   * Something is pending. Of large files that were `chosen`, there is no copy: the person has them.
   */
  keep(item: SnapItem, chosen: boolean): void {
    if (chosen && item.file.size > SMALL) return;
    this.#copied.add(item.id);
    this.#whenKept(({ outbox }) => this.#tell(item.id, outbox.keepPending(item)));
  }

  /** Something is sent, as `transfer`. */
  sending({ description, source, content }: Payload, transfer: Transfer): void {
    const copied = this.#copied.has(description.id);
    this.#whenKept(({ outbox }) => {
      const bytes = copied || source.size > SMALL ? {} : contentOf(content);
      const kept = { ...bytes, lastModified: lastModified(content) };
      this.#tell(transfer.id, outbox.keepSending(transfer, description, kept));
    });
  }

  /** A transfer has changed. */
  follow(transfer: Transfer): void {
    if (transfer.direction === 'receive') return;
    if (transfer.state === 'delivered' || transfer.state === 'cancelled') {
      this.#rechoose.delete(transfer);
      this.#release(transfer.id);
    }
    this.#whenKept(({ outbox }) => void outbox.follow(transfer));
  }

  /** The person wants no more of it. */
  drop(id: string): void {
    this.#release(id);
    this.#whenKept(({ outbox }) => void outbox.drop(id));
  }

  /**
   * A transfer that has ended is not the page's any more: the next life of the page may find what
   * the outbox still holds of it.
   */
  forget(transfer: Transfer): void {
    this.#rechoose.delete(transfer);
    this.#storage?.outbox.forget(transfer.id);
  }

  /**
   * Goes on with a transfer whose file has been chosen again. Null when this is another file, or
   * none is missing.
   */
  resupply(file: Blob): Transfer | null {
    const transfer = file instanceof File ? this.#rechoose.transferOf(file) : null;
    if (transfer) this.#parts.transfers.resupply(transfer, blobSource(file));
    return transfer;
  }

  /** Where an offer lands. */
  openSink(offer: Offer): Promise<Sink> {
    return this.#storage ? this.#storage.openSink(offer) : Promise.resolve(sinkInMemory(offer));
  }

  async #goOn(storage: HubStorage): Promise<void> {
    await storage.open();
    if (this.#storage !== storage) return;
    await this.#restore(storage);
    void this.#inherit(storage);
  }

  /** Before anything is swept: what is too old to be adopted is all that may be. */
  async #inherit(storage: HubStorage): Promise<void> {
    const forerunners = await storage.forerunners();
    await Promise.allSettled(forerunners.map((dead) => this.succeed(dead)));
    storage.settled();
  }

  async #restore(storage: HubStorage): Promise<void> {
    const held = await storage.held();
    // Another room was entered while it was read: what was sent into this one never goes into that.
    if (this.#parts.transfers.room !== storage.owner.room) return;
    // What is pending in this page already was not left by another.
    const fresh = held.filter(({ record }) => record.kind === 'sending' || !this.#copied.has(record.id));
    for (const { record, content } of fresh) if (content) this.#copied.add(record.id);
    this.#parts.restored(fresh.map(pendingItem).filter((item) => item !== null));
    for (const each of fresh) {
      if (each.record.kind === 'sending') this.#resume(each.record, each.content);
      // It may be readable another time.
      else if (each.unreadable)
        this.#parts.failed(new SnapError('source-unreadable', { detail: each.record.id }));
      // Captured in the last moment of a page, which had no time or place for its bytes.
      else if (!each.content) void storage.outbox.drop(each.record.id);
    }
  }

  #resume(record: SendingRecord, content: Held['content']): void {
    const { description, size, at } = record;
    const recipients = record.recipients.map((each) => ({ ...each, error: recipientError(each) }));
    const source = sourceOf(content);
    const transfer = this.#parts.transfers.restore(source, size, description, recipients);
    if (!source) this.#rechoose.add(transfer, record.lastModified);
    this.#parts.resumed(transfer, at);
  }

  /** Tells once of each thing that cannot be kept. */
  #tell(id: string, written: Promise<void>): void {
    written.catch((thrown: unknown) => {
      if (this.#unkept.has(id)) return;
      this.#unkept.add(id);
      this.#parts.failed(SnapError.from(thrown, 'storage-failed'));
    });
  }

  /** Nothing is kept under this id any more. */
  #release(id: string): void {
    this.#copied.delete(id);
    this.#unkept.delete(id);
  }

  #whenKept(step: (storage: HubStorage) => void): void {
    if (this.#storage) step(this.#storage);
    else if (HubStorage.possible) this.#waiting.push(step);
  }
}

function contentOf(
  content: Blob | Uint8Array<ArrayBuffer>,
): { file: Blob } | { pixels: Uint8Array<ArrayBuffer> } {
  return content instanceof Blob ? { file: content } : { pixels: content };
}

function sourceOf(content: Held['content']): Source | null {
  if (content?.pixels) return bytesSource(content.pixels);
  return content?.file ? blobSource(content.file) : null;
}

/** A Blob that the page has made has no date: it cannot be chosen again. */
function lastModified(content: Blob | Uint8Array): number {
  return content instanceof File ? content.lastModified : 0;
}
