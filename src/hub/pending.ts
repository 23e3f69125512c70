import type { SnapItem } from '../item.js';
import { SnapError } from '../errors.js';
import { itemFromFile } from '../capture/item-from-file.js';
import { yielding } from '../timing/yielding.js';
import { SerialQueue, inOrder } from '../timing/serial.js';
import type { CaptureDevice } from './hub-element.js';
import { LazyList } from './lazy-list.js';

/** How many chosen files are decoded ahead: one for each decoder, and one that is being read. */
const AHEAD = 3;

/** What the queue notifies its hub of. */
export interface PendingEvents {
  changed(): void;
  /** An item was added; `chosen`: it is a file that was picked, dropped or pasted. */
  added(item: SnapItem, chosen: boolean): void;
  /** Sends an item. Called in the order in which sending was requested. */
  send(item: SnapItem): Promise<void>;
  failed(error: SnapError): void;
}

/** The queue of what was captured or chosen and not yet sent. It sends in the order of requests. */
export class Pending {
  readonly #events: PendingEvents;
  readonly #items = new LazyList<string, SnapItem>();
  /** For each choice that is still being read, the items that it has given so far. */
  readonly #choices = new Set<SnapItem[]>();
  readonly #removed = new WeakSet<SnapItem>();
  readonly #chosen = new WeakSet<SnapItem>();
  /**
   * Where each item belongs, so that a removed one can go back there: the oldest has the lowest.
   */
  readonly #ranks = new WeakMap<SnapItem, number>();
  #highest = 0;
  #lowest = 0;
  /**
   * Snaps and choices end in any order; what is to be sent goes in the order in which it was asked
   * for.
   */
  readonly #steps = new SerialQueue();

  constructor(events: PendingEvents) {
    this.#events = events;
  }

  /** Oldest first. */
  get items(): readonly SnapItem[] {
    return this.#items.items;
  }

  get length(): number {
    return this.#items.length;
  }

  add(item: SnapItem, { chosen = false } = {}): void {
    if (this.#items.get(item.id)) return;
    this.#items.add(item.id, item);
    this.#ranks.set(item, ++this.#highest);
    if (chosen) this.#chosen.add(item);
    this.#events.changed();
    this.#events.added(item, chosen);
  }

  /** Puts the items from before a reload in front of those captured since. */
  bringBack(items: readonly SnapItem[]): void {
    const fresh = items.filter(({ id }) => !this.#items.get(id));
    if (fresh.length === 0) return;
    for (const item of [...fresh].reverse()) this.#ranks.set(item, --this.#lowest);
    this.#items.addBefore(fresh.map((item) => [item.id, item]));
    this.#events.changed();
  }

  /** Returns false when it was not here. */
  remove(item: SnapItem): boolean {
    if (!this.#has(item)) return false;
    this.#removed.add(item);
    this.#items.delete(item.id);
    this.#events.changed();
    return true;
  }

  /** Undoes the removal of an item, which goes back to where it was. */
  restore(item: SnapItem): void {
    if (!this.#removed.delete(item) || this.#items.get(item.id)) return;
    const next = this.items.find((each) => this.#rankOf(each) > this.#rankOf(item));
    this.#items.insert(item.id, item, next?.id ?? null);
    this.#events.changed();
    this.#events.added(item, this.#chosen.has(item));
  }

  /** Sends these items; null: all that are here now, or come of a choice made before. */
  send(items: readonly SnapItem[] | null): void {
    if (items) return this.#inTurn(() => this.#sendNow(items));
    const all = [this.items, ...this.#choices];
    this.#inTurn(() => {
      const meant = new Set(all.flat());
      return this.#sendNow(this.items.filter((item) => meant.has(item)));
    });
  }

  /**
   * Takes a photo now; with `send`, sends it once everything requested before it was sent. The
   * camera reports its own failures.
   */
  capture(camera: CaptureDevice, send: boolean): void {
    const shot = camera.snap().catch(() => null);
    this.#inTurn(async () => {
      const item = await shot;
      // The item is not here if the page cancelled `snap-captured`.
      if (item && send && this.#has(item)) await this.#sendNow([item]);
    });
  }

  /** Adds files, or sends them with `send`, each as soon as it and those before it are decoded. */
  choose(files: readonly File[], send: boolean): void {
    const choice: SnapItem[] = [];
    this.#choices.add(choice);
    this.#inTurn(async () => {
      for await (const made of inOrder(files, AHEAD, (file) => itemFromFile(file).catch(unreadable))) {
        if (made instanceof SnapError) {
          this.#events.failed(made);
          continue;
        }
        choice.push(made);
        this.add(made, { chosen: true });
        if (send) await this.#sendNow([made]);
      }
      this.#choices.delete(choice);
    });
  }

  async #sendNow(items: readonly SnapItem[]): Promise<void> {
    if (items.length === 0) return;
    for (const { id } of items) this.#items.delete(id);
    this.#events.changed();
    const yieldIfDue = yielding();
    for (const item of items) {
      try {
        await this.#events.send(item);
      } catch (thrown) {
        this.#items.add(item.id, item);
        this.#events.changed();
        this.#events.failed(unreadable(thrown));
      }
      await yieldIfDue();
    }
  }

  #rankOf(item: SnapItem): number {
    return this.#ranks.get(item) ?? Infinity;
  }

  #has(item: SnapItem): boolean {
    return this.#items.get(item.id) === item;
  }

  #inTurn(step: () => Promise<void>): void {
    this.#steps.run(step).catch((thrown: unknown) => this.#events.failed(unreadable(thrown)));
  }
}

function unreadable(thrown: unknown): SnapError {
  return SnapError.from(thrown, 'source-unreadable');
}
