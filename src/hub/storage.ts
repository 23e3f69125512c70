import { wait, withTimeout } from '../timing/abortable.js';
import { StoredArrivals } from '../store/stored-arrivals.js';
import { STORAGE_TIMEOUT, opened, watchDatabase } from '../store/database.js';
import { filesOf } from '../store/files.js';
import { Outbox } from '../store/outbox.js';
import type { Held, Owner } from '../store/outbox.js';
import { Pieces } from '../store/pieces.js';
import { sweep } from '../store/sweep.js';
import { markLeaving, restOfReload } from '../store/tab-lock.js';
import { adoptOutbox, outboxOwners } from '../store/tabs.js';
import { Upkeep } from '../store/upkeep.js';
import { Arrivals } from '../transfer/receive/arrivals.js';
import { headerDigest, sha256 } from '../transfer/wire/digest.js';
import type { Offer } from '../transfer/wire/messages.js';
import { opfsSink, removeLeftover } from '../transfer/sinks/opfs-sink.js';
import { MemoryBudget } from '../transfer/sinks/sink.js';
import type { Sink } from '../transfer/sinks/sink.js';
import { checkFiles } from './file-life.js';

/** In bytes: what is received in memory, and what is copied of files that were picked. */
export const SMALL = 33_554_432;

/** In bytes for each ms: a slow disk. */
const SLOWEST = 50_000;

/** What all hubs of the page receive into memory. */
const memory = new MemoryBudget();

// The database is closed when the site's data is cleared.
watchDatabase(() => void checkFiles());

/**
 * What a hub keeps beyond the life of its page, for this tab in this room: what is to be sent, what
 * is half received, and what has arrived. On plain HTTP a tab cannot be told from its duplicate:
 * there nothing is kept.
 */
export class HubStorage {
  readonly owner: Owner;
  readonly outbox: Outbox;
  /** What has arrived in this tab. */
  readonly arrivals: Arrivals;
  readonly #log: StoredArrivals;
  readonly #pieces: Pieces;

  constructor(owner: Owner) {
    this.owner = owner;
    this.outbox = new Outbox(owner);
    this.#log = new StoredArrivals(owner.tab);
    this.arrivals = new Arrivals(this.#log);
    this.#pieces = new Pieces(owner.tab, sha256);
  }

  /** Whether a page like this one can keep anything. */
  static get possible(): boolean {
    return 'locks' in navigator;
  }

  /** Finds what an earlier life of the page has left, once there is a database: perhaps never. */
  async open(): Promise<void> {
    await opened();
    const [known] = await Promise.all([this.#log.read(), this.#pieces.open()]);
    this.arrivals.recall(known);
    this.#upkeep.enter(this.owner.room);
  }

  /**
   * Where an offer lands: what is small in memory, at once, and the rest on disk; where the disk
   * has no room, or fails, all that fits into memory. Rejects with `storage-full`, or
   * `storage-failed`.
   */
  async openSink(offer: Offer): Promise<Sink> {
    if (offer.size > SMALL || !memory.fits(offer.size)) {
      try {
        // Each time anew: a person may clear the site's data while the page is open.
        const files = await withTimeout(filesOf(this.owner.tab), STORAGE_TIMEOUT, null);
        const opening = files && opfsSink(offer, files, memory);
        // What an earlier life has left is read first.
        const sink = opening && (await withTimeout(opening, STORAGE_TIMEOUT + offer.size / SLOWEST, null));
        if (sink) return sink;
        // Should it open later, nobody needs it any more.
        opening?.then(
          (late) => late.release(),
          () => undefined,
        );
      } catch (thrown) {
        if (!memory.fits(offer.size)) throw thrown;
      }
    }
    return this.#pieces.keep(offer, memory.open(offer), headerDigest(offer));
  }

  /** Everything that was left to this tab is its own now: what remains may be swept. */
  settled(): void {
    this.#upkeep.begin();
  }

  /** The page goes away, perhaps to come back at once. */
  leaving(): void {
    markLeaving(this.owner.tab);
  }

  /** Other tabs of this browser, dead or alive, that have something to send into this room. */
  forerunners(): Promise<readonly string[]> {
    return outboxOwners(this.owner.room, this.owner.tab);
  }

  /**
   * Takes over what the tab `id` has left, if it was a tab of this browser and is dead. Waits until
   * it can no longer be reloading.
   */
  async adopt(id: string): Promise<boolean> {
    // A timer may be a moment early by the clock that the tab has left its mark by.
    for (let rest = restOfReload(id); rest > 0; rest = restOfReload(id)) await wait(rest);
    return adoptOutbox(id, this.owner.tab, this.owner.room);
  }

  /** What was pending and on its way when the page went away. */
  held(): Promise<readonly Held[]> {
    return this.outbox.open();
  }

  /**
   * The page's, made when the first of its hubs knows what arrived before: what arrives from now on
   * is not to be swept.
   */
  get #upkeep(): Upkeep {
    const page = {
      tab: this.owner.tab,
      arrived: this.arrivals.all.map(({ header }) => header),
      remove: removeLeftover,
    };
    return (upkeep ??= new Upkeep(page.tab, () => sweep(page), life.signal));
  }
}

/** Where an offer lands while nothing can be kept. */
export function sinkInMemory(offer: Offer): Sink {
  return memory.open(offer);
}

/** For as long as the page lives, as its tab's lock, whatever becomes of its hubs. */
const life = new AbortController();
let upkeep: Upkeep | null = null;
