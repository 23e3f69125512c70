import { StoredArrivals } from '../store/arrivals.js';
import { filesOf } from '../store/files.js';
import { Outbox } from '../store/outbox.js';
import type { Held, Owner } from '../store/outbox.js';
import { Pieces } from '../store/pieces.js';
import { sweep } from '../store/sweep.js';
import { markLeaving, restOfReload } from '../store/tab-lock.js';
import { adoptOutbox, outboxOwners, rememberTab } from '../store/tabs.js';
import { Arrivals } from '../transfer/arrivals.js';
import { rootDigest } from '../transfer/digest.js';
import type { Offer } from '../transfer/messages.js';
import { opfsSink } from '../transfer/opfs-sink.js';
import { MemoryBudget } from '../transfer/sink.js';
import type { Sink } from '../transfer/sink.js';

/** In bytes: what is received in memory, and what is copied of files that were picked. */
export const SMALL = 33_554_432;

/** What all hubs of the page receive into memory. */
const memory = new MemoryBudget();

/**
 * What a hub keeps beyond the life of its page, for this tab in this room: what is to be sent, what is half received, and what has
 * arrived. On plain HTTP a tab cannot be told from its duplicate: there nothing is kept.
 */
export class Safekeeping {
  readonly owner: Owner;
  readonly outbox: Outbox;
  /** What has arrived in this tab. */
  arrivals = new Arrivals();
  readonly #pieces: Pieces;
  readonly #files: Promise<FileSystemDirectoryHandle | null>;

  private constructor(owner: Owner) {
    this.owner = owner;
    this.outbox = new Outbox(owner);
    this.#pieces = new Pieces(owner.tab);
    this.#files = filesOf(owner.tab);
  }

  static get possible(): boolean {
    return 'locks' in navigator;
  }

  /** Null where nothing can be kept. */
  static async open(owner: Owner): Promise<Safekeeping | null> {
    if (!Safekeeping.possible) return null;
    const keeping = new Safekeeping(owner);
    const log = new StoredArrivals(owner.tab);
    const [known] = await Promise.all([log.read(), keeping.#pieces.open()]);
    keeping.arrivals = new Arrivals(log, known);
    void rememberTab(owner.tab, owner.room);
    swept ??= sweep(owner.tab, keeping.arrivals.ids);
    return keeping;
  }

  /** Where an offer lands: what is small in memory, the rest on disk. Rejects with `storage-full`. */
  async openSink(offer: Offer): Promise<Sink> {
    const files = await this.#files;
    if (files && (offer.size > SMALL || !memory.fits(offer.size))) {
      // The sweep takes an empty folder for a forgotten one.
      await swept;
      return opfsSink(offer, files);
    }
    return this.#pieces.keep(offer, memory.open(offer), rootDigest(offer, []));
  }

  /** The page goes away, perhaps to come back at once. */
  leaving(): void {
    markLeaving(this.owner.tab);
  }

  /** Other tabs of this browser, dead or alive, that have something to send into this room. */
  forerunners(): Promise<readonly string[]> {
    return outboxOwners(this.owner.room, this.owner.tab);
  }

  /** Takes over what the tab `id` has left, if it was a tab of this browser and is dead. Waits until it can no longer be reloading. */
  async adopt(id: string): Promise<boolean> {
    // A timer may be a moment early by the clock that the tab has left its mark by.
    for (let rest = restOfReload(id); rest > 0; rest = restOfReload(id))
      await new Promise((resolve) => setTimeout(resolve, rest));
    return adoptOutbox(id, this.owner.tab, this.owner.room);
  }

  /** What was pending and on its way when the page went away. */
  held(): Promise<readonly Held[]> {
    return this.outbox.open();
  }
}

/** Where an offer lands while nothing can be kept. */
export function sinkInMemory(offer: Offer): Sink {
  return memory.open(offer);
}

let swept: Promise<void> | null = null;
