import { cleanFileName } from '../file-name.js';
import type { SnapItem } from '../snap-item.js';
import type { SendingRecord } from '../store/database.js';
import { pendingItem, recipientError } from '../store/outbox.js';
import type { Held, Owner } from '../store/outbox.js';
import type { Exchange } from '../transfer/exchange.js';
import type { Offer } from '../transfer/messages.js';
import type { Sink } from '../transfer/sink.js';
import { blobSource, bytesSource } from '../transfer/source.js';
import type { Source } from '../transfer/source.js';
import type { Transfer } from '../transfer/transfer.js';
import { SMALL, Safekeeping, sinkInMemory } from './safekeeping.js';
import type { Parcel } from './sendable.js';

/** What a hub lets go on. */
export interface ContinuityParts {
  readonly exchange: Exchange;
  /** These were pending when the page went away. */
  restored(items: readonly SnapItem[]): void;
  /** This transfer goes on; its recipients were last heard of at `at`, in ms since the epoch. */
  resumed(transfer: Transfer, at: number): void;
}

/**
 * Lets a hub go on where an earlier life of its page has ended: writes down what is pending and on its way, and brings it back. What happens
 * before the hub is in a room is written down once it is.
 */
export class Continuity {
  readonly #parts: ContinuityParts;
  #keeping: Safekeeping | null = null;
  /** What is to be written down, for as long as there is nowhere to. */
  #waiting: ((keeping: Safekeeping) => void)[] = [];
  /** Items that were captured here, or copied: kept whatever their size. */
  readonly #copied = new Set<string>();
  /** Transfers whose file is to be chosen again, and when that file was last changed. */
  readonly #missing = new Map<Transfer, number>();

  constructor(parts: ContinuityParts) {
    this.#parts = parts;
  }

  /** The hub goes into a room, or back into one. `pending`: what it brings along. Resolves when everything is back. */
  async enter(owner: Owner, pending: readonly SnapItem[]): Promise<void> {
    const { exchange } = this.#parts;
    const same = this.#keeping?.owner.room === owner.room && this.#keeping.owner.tab === owner.tab;
    if (exchange.room === '') exchange.moved(owner.room);
    exchange.room = owner.room;
    if (same) return;
    // What is captured and sent meanwhile waits: it belongs to neither the room before nor anybody else's.
    this.#keeping = null;
    const keeping = await Safekeeping.open(owner);
    if (exchange.room !== owner.room) return;
    this.#keeping = keeping;
    if (!keeping) return;
    exchange.arrivals = keeping.arrivals;
    await this.#restore(keeping);
    for (const step of this.#waiting.splice(0)) step(keeping);
    for (const item of pending) this.keep(item, !this.#copied.has(item.id));
    for (const dead of await keeping.forerunners()) void this.succeed(dead);
  }

  /** Everything that was meant for this room is meant for that one from now on. */
  async move(room: string): Promise<void> {
    this.#parts.exchange.moved(room);
    const keeping = this.#keeping;
    this.#keeping = null;
    await keeping?.outbox.move(room);
  }

  /** Goes on for a member that is gone, if it was another tab of this browser. */
  async succeed(id: string): Promise<void> {
    const keeping = this.#keeping;
    if ((await keeping?.adopt(id)) && keeping === this.#keeping && keeping) await this.#restore(keeping);
  }

  /** The page goes away, perhaps to come back at once. Synchronous. */
  leaving(): void {
    this.#keeping?.leaving();
  }

  /** Something is pending. Of large files that were `chosen`, there is no copy: the person has them. */
  keep(item: SnapItem, chosen: boolean): void {
    if (chosen && item.file.size > SMALL) return;
    this.#copied.add(item.id);
    this.#whenKept(({ outbox }) => void outbox.keepPending(item));
  }

  /** Something is sent, as `transfer`. */
  sending({ description, source, content }: Parcel, transfer: Transfer): void {
    const copied = this.#copied.has(description.id);
    this.#whenKept(({ outbox }) => {
      const bytes = copied || source.size > SMALL ? {} : contentOf(content);
      void outbox.keepSending(transfer, description, { ...bytes, lastModified: lastModified(content) });
    });
  }

  /** A transfer has changed. */
  follow(transfer: Transfer): void {
    if (transfer.direction === 'receive') return;
    if (transfer.state === 'delivered' || transfer.state === 'cancelled') this.#missing.delete(transfer);
    this.#whenKept(({ outbox }) => void outbox.follow(transfer));
  }

  /** The person wants no more of it. */
  drop(id: string): void {
    this.#whenKept(({ outbox }) => void outbox.drop(id));
  }

  /** Goes on with a transfer whose file has been chosen again. Null when this is another file, or none is missing. */
  resupply(file: Blob): Transfer | null {
    if (!(file instanceof File)) return null;
    for (const [transfer, changedAt] of this.#missing) {
      if (cleanFileName(transfer.name) !== cleanFileName(file.name)) continue;
      if (transfer.size !== file.size || changedAt !== file.lastModified || transfer.state !== 'failed')
        continue;
      this.#parts.exchange.resupply(transfer, blobSource(file));
      return transfer;
    }
    return null;
  }

  /** Where an offer lands. */
  openSink(offer: Offer): Promise<Sink> {
    return this.#keeping ? this.#keeping.openSink(offer) : Promise.resolve(sinkInMemory(offer));
  }

  async #restore(keeping: Safekeeping): Promise<void> {
    const held = await keeping.held();
    // Another room was entered while it was read: what was sent into this one never goes into that.
    if (this.#parts.exchange.room !== keeping.owner.room) return;
    for (const { record, content } of held) if (content) this.#copied.add(record.id);
    this.#parts.restored(held.map(pendingItem).filter((item) => item !== null));
    for (const each of held) {
      if (each.record.kind === 'sending') this.#resume(each.record, each.content);
      // Captured in the last moment of a page, which had no time or place for its bytes.
      else if (!each.content) void keeping.outbox.drop(each.record.id);
    }
  }

  #resume(record: SendingRecord, content: Held['content']): void {
    const { description, size, at } = record;
    const recipients = record.recipients.map((each) => ({ ...each, error: recipientError(each) }));
    const source = sourceOf(content);
    const transfer = this.#parts.exchange.restore(source, size, description, recipients);
    if (!source) this.#missing.set(transfer, record.lastModified);
    this.#parts.resumed(transfer, at);
  }

  #whenKept(step: (keeping: Safekeeping) => void): void {
    if (this.#keeping) step(this.#keeping);
    else if (Safekeeping.possible) this.#waiting.push(step);
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
