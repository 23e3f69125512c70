import { itemFromFile, itemFromImageData } from '../capture/item-from-file.js';
import { makeItem } from '../capture/make-item.js';
import type { SnapErrorCode } from '../errors.js';
import type { SnapPeer } from '../events.js';
import { SnapReceiveEvent } from '../events.js';
import { cleanFileName } from '../file-name.js';
import type { SnapItem } from '../item.js';
import type { Partner } from '../transfer/transfers.js';
import type { Offer } from '../transfer/wire/messages.js';
import type { StoredContent } from '../transfer/sinks/sink.js';
import type { Transfer } from '../transfer/transfer.js';
import { isAccepted } from './accept.js';
import { giveBack, own } from './file-life.js';
import { LazyList } from './lazy-list.js';

/** What a hub lets in. */
export interface Admission {
  /** As in `<input accept>`. */
  readonly accept: string;
  /** In bytes. */
  readonly maxSize: number;
}

/** What an inbox tells its hub. */
export interface InboxEvents {
  /** Called once an item is in `items`. */
  arrived(item: SnapItem, transfer: Transfer): void;
  /** The file of an item is gone. */
  lost(item: SnapItem): void;
}

/** What has arrived. */
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

  /** Another inbox of the page has had these, newest first. */
  restore(items: readonly SnapItem[]): void {
    this.#items.addBefore([...items].reverse().map((item) => [item, item]));
  }

  /** False when it was not here. */
  remove(item: SnapItem): boolean {
    if (!this.#items.delete(item)) return false;
    giveBack(item.file);
    return true;
  }

  /** Makes an item of what has come, and takes `taken`. Resolves with what puts it into `items`. */
  async prepare(
    transfer: Transfer,
    content: Blob,
    offer: Offer,
    from: Partner,
    taken: StoredContent,
  ): Promise<() => void> {
    const item = await arrivedItem(transfer, content, offer, from);
    return () => {
      // The pixels are in memory, and so is the picture that was made of them.
      if (item.imageData) taken.discard();
      else if (taken.onDisk) own(item.file, taken, () => this.#events.lost(item));
      this.#items.add(item, item);
      this.#events.arrived(item, transfer);
    };
  }
}

/**
 * Decides about an offer: first by the hub's attributes, then by asking the page with a cancelable
 * `snap-receive` on `hub`. Null: it is wanted; else the code of the refusal.
 */
export async function decide(
  hub: HTMLElement,
  admission: Admission,
  transfer: Transfer,
  from: SnapPeer,
): Promise<SnapErrorCode | null> {
  const { id, name, size, type, preview } = transfer;
  if (size > admission.maxSize) return 'transfer-too-large';
  if (!isAccepted({ name, type }, admission.accept)) return 'transfer-type-refused';
  const event = new SnapReceiveEvent({ id, name, type, size, preview, from });
  if (!hub.dispatchEvent(event)) return 'transfer-declined';
  return (await (event.response ?? true)) ? null : 'transfer-declined';
}

/**
 * In ms: for how long what has arrived waits until it is known what it is, when much else is being
 * decoded. A photo that somebody is waiting for is shown within three seconds, whatever others
 * send.
 */
const TIMEOUT = 1000;

/**
 * What an item is, is decided by its bytes, not by its sender. What is cancelled meanwhile is not
 * looked into.
 */
async function arrivedItem(
  transfer: Transfer,
  content: Blob,
  offer: Offer,
  from: Partner,
): Promise<SnapItem> {
  const { id, name, preview } = transfer;
  const cancelled = new AbortController();
  transfer.finished.catch((error: unknown) => cancelled.abort(error));
  const whose = { queue: from.id, signal: cancelled.signal };
  const known = { id, from: { id: from.id, name: from.name }, takenAt: offer.takenAt, preview };
  if (offer.format === 'rgba') {
    const pixels = new Uint8ClampedArray(await content.arrayBuffer());
    const image = new ImageData(pixels, offer.width, offer.height);
    // A picture that is too large for this device's canvas can still be saved as what it is.
    const raw = (): SnapItem => makeItem('file', new File([content], cleanFileName(name)), known);
    return itemFromImageData(image, { ...known, ...whose, name }).catch(raw);
  }
  const file = new File([content], cleanFileName(name), { type: content.type, lastModified: offer.takenAt });
  // It is whole: what cannot be looked into can still be saved.
  const { width, height } = offer;
  const said = { arrived: true, size: { width, height }, timeout: TIMEOUT };
  return itemFromFile(file, { ...known, ...whose, ...said }).catch(() =>
    makeItem('file', file, { ...known, preview: null }),
  );
}
