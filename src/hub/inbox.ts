import { itemFromFile, itemFromImageData } from '../capture/item-from-file.js';
import { makeItem } from '../capture/make-item.js';
import type { SnapErrorCode } from '../errors.js';
import type { SnapOffer } from '../events.js';
import { cleanFileName } from '../file-name.js';
import type { SnapItem } from '../item.js';
import type { Peer } from '../transfer/transfers.js';
import type { Offer } from '../transfer/wire/messages.js';
import type { StoredContent } from '../transfer/sinks/sink.js';
import type { Transfer } from '../transfer/transfer.js';
import { isAccepted } from './accept.js';
import { giveBack, own } from './file-life.js';
import { LazyList } from './lazy-list.js';

/** Which offers a hub accepts. */
export interface OfferLimits {
  /** As in `<input accept>`. */
  readonly accept: string;
  /** In bytes. */
  readonly maxSize: number;
}

/** What an inbox notifies its hub of. */
export interface InboxEvents {
  /** Called once an item is in `items`. */
  arrived(item: SnapItem, transfer: Transfer): void;
  /** The file of an item can no longer be read. */
  lost(item: SnapItem): void;
}

/** Who has sent an item, and what that member calls it. */
export interface Origin {
  readonly sender: string;
  readonly offerId: string;
}

const origins = new WeakMap<SnapItem, Origin>();

/** Null for an item that did not arrive in this page. */
export function originOf(item: SnapItem): Origin | null {
  return origins.get(item) ?? null;
}

/** The items that have arrived. */
export class Inbox {
  readonly #events: InboxEvents;
  readonly #items = new LazyList<SnapItem, SnapItem>({ newestFirst: true });

  constructor(events: InboxEvents) {
    this.#events = events;
  }

  /** Newest first. */
  get items(): readonly SnapItem[] {
    return this.#items.items;
  }

  /** Takes over what another inbox of the page had, newest first. */
  restore(items: readonly SnapItem[]): void {
    this.#items.addBefore([...items].reverse().map((item) => [item, item]));
  }

  /** Returns false when it was not here. */
  remove(item: SnapItem): boolean {
    if (!this.#items.delete(item)) return false;
    giveBack(item.file);
    return true;
  }

  /**
   * Makes an item of a file that has arrived, and owns its place in storage, `taken`. Resolves with
   * a function that puts the item into `items`.
   */
  async prepare(
    transfer: Transfer,
    content: Blob,
    offer: Offer,
    from: Peer,
    taken: StoredContent,
  ): Promise<() => void> {
    const item = await arrivedItem(transfer, content, offer, from);
    return () => {
      // Raw pixels are in memory, and so is the picture that was made of them.
      if (item.imageData) taken.discard();
      else if (taken.onDisk) own(item.file, taken, () => this.#events.lost(item));
      origins.set(item, { sender: from.id, offerId: offer.id });
      this.#items.add(item, item);
      this.#events.arrived(item, transfer);
    };
  }
}

/**
 * Decides about an offer: first by the hub's settings, then by asking the page. Resolves to null to
 * accept it, else to the code of the refusal.
 */
export async function decide(
  offer: SnapOffer,
  { accept, maxSize }: OfferLimits,
  ask: (offer: SnapOffer) => Promise<boolean>,
): Promise<SnapErrorCode | null> {
  if (offer.size > maxSize) return 'transfer-too-large';
  if (!isAccepted(offer, accept)) return 'transfer-type-refused';
  return (await ask(offer)) ? null : 'transfer-declined';
}

/**
 * In ms: how long a file that has arrived waits for a decoder that is busy with others. A photo is
 * to be shown within three seconds, whatever other members send.
 */
const DECODE_TIMEOUT = 1000;

/**
 * The kind of an item is decided by its bytes, not by its sender. Stops looking when the transfer
 * is cancelled.
 */
async function arrivedItem(transfer: Transfer, content: Blob, offer: Offer, from: Peer): Promise<SnapItem> {
  const { id, name, preview } = transfer;
  const cancelled = new AbortController();
  transfer.finished.catch((error: unknown) => cancelled.abort(error));
  const whose = { queue: from.id, signal: cancelled.signal };
  const known = { id, from: { id: from.id, name: from.name }, takenAt: offer.takenAt, preview };
  if (offer.format === 'rgba') {
    const pixels = new Uint8ClampedArray(await content.arrayBuffer());
    const image = new ImageData(pixels, offer.width, offer.height);
    // A picture that is too large for this device's canvas can still be saved as raw bytes.
    const raw = (): SnapItem => makeItem('file', new File([content], cleanFileName(name)), known);
    return itemFromImageData(image, { ...known, ...whose, name }).catch(raw);
  }
  const file = new File([content], cleanFileName(name), { type: content.type, lastModified: offer.takenAt });
  // The file is complete: one that cannot be decoded can still be saved.
  const { width, height } = offer;
  const said = { arrived: true, size: { width, height }, timeout: DECODE_TIMEOUT };
  return itemFromFile(file, { ...known, ...whose, ...said }).catch(() =>
    makeItem('file', file, { ...known, preview: null }),
  );
}
