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

/**
 * In bytes: files up to this size are received into memory, and chosen files up to this size are
 * stored with their bytes.
 */
export const SMALL = 33_554_432;

/** The speed of a slow disk, in bytes per ms. */
const SLOWEST = 50_000;

/** The memory into which all hubs of the page receive. */
const memory = new MemoryBudget();

// Clearing the site's data closes the database: look whether the files are still there.
watchDatabase(() => void checkFiles());

/**
 * What a hub stores beyond the life of its page, for this tab in this room: what is to be sent,
 * what is half received, and what has arrived. On plain HTTP nothing is stored: without Web Locks a
 * tab cannot be told from its duplicate.
 */
export class HubStorage {
  readonly owner: Owner;
  readonly outbox: Outbox;
  /** The headers of what has arrived in this tab. */
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

  /** Whether this page can store anything. */
  static get possible(): boolean {
    return 'locks' in navigator;
  }

  /**
   * Reads what an earlier life of the page left, as soon as the database opens. Never resolves if
   * it does not.
   */
  async open(): Promise<void> {
    await opened();
    const [known] = await Promise.all([this.#log.read(), this.#pieces.open()]);
    this.arrivals.recall(known);
    this.#upkeep.enter(this.owner.room);
  }

  /**
   * Opens a sink for the bytes of an offer: in memory for a small file, at once; on disk for a
   * large one, or in memory if the disk is full or fails and the file fits. Rejects with
   * `storage-full` or `storage-failed`.
   */
  async openSink(offer: Offer): Promise<Sink> {
    if (offer.size > SMALL || !memory.fits(offer.size)) {
      try {
        // Open the folder each time: the person may clear the site's data while the page is open.
        const files = await withTimeout(filesOf(this.owner.tab), STORAGE_TIMEOUT, null);
        const opening = files && opfsSink(offer, files, memory);
        // Opening reads what an earlier life of the page received, so allow for the size.
        const sink = opening && (await withTimeout(opening, STORAGE_TIMEOUT + offer.size / SLOWEST, null));
        if (sink) return sink;
        // Nobody needs the sink if it opens later.
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

  /** This tab has adopted everything that was left to it: what remains may be swept. */
  settled(): void {
    this.#upkeep.begin();
  }

  /** The page goes away, perhaps to come back at once. */
  leaving(): void {
    markLeaving(this.owner.tab);
  }

  /** Ids of other tabs of this browser, dead or alive, that have something to send to this room. */
  forerunners(): Promise<readonly string[]> {
    return outboxOwners(this.owner.room, this.owner.tab);
  }

  /**
   * Takes over what the tab `id` left, if it was a tab of this browser and is dead. Waits until it
   * can no longer be reloading. Resolves to whether it took anything over.
   */
  async adopt(id: string): Promise<boolean> {
    // In a loop: a timer may fire a moment early by the clock that the mark was written with.
    for (let rest = restOfReload(id); rest > 0; rest = restOfReload(id)) await wait(rest);
    return adoptOutbox(id, this.owner.tab, this.owner.room);
  }

  /** What was pending and being sent when the page went away. */
  held(): Promise<readonly Held[]> {
    return this.outbox.open();
  }

  /**
   * The upkeep of the whole page. It is made once its first hub knows what arrived before, so that
   * the sweep spares what arrives from now on.
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

/** Opens a sink for the bytes of an offer while nothing can be stored. */
export function sinkInMemory(offer: Offer): Sink {
  return memory.open(offer);
}

/** Upkeep goes on for as long as the page lives, as its tab's lock does, whatever its hubs do. */
const life = new AbortController();
let upkeep: Upkeep | null = null;
