import type { SnapItem } from '../../item.js';

/** Finds out what has changed in the received items since the last call. */
export class ReceivedChanges {
  #items: readonly SnapItem[] = [];
  #known: Set<string> | null = null;

  /** Whether anything was read since the last reset: only then does a change mean something. */
  get known(): boolean {
    return this.#known !== null;
  }

  /** Starts over: what a new hub already has does not count as added. */
  reset(): void {
    this.#known = null;
  }

  /**
   * `added`: newest first, empty on the first call. `changed`: whether items were added or removed;
   * also true for a copy of the list.
   */
  read(items: readonly SnapItem[]): { added: readonly SnapItem[]; changed: boolean } {
    const known = this.#known;
    if (known && items === this.#items) return { added: [], changed: false };
    const before = this.#items;
    this.#items = items;
    // The usual change, items added at the front, is recognized without looking at the others.
    const fresh = known ? items.findIndex(({ id }) => known.has(id)) : -1;
    if (known && fresh >= 0 && fresh + before.length === items.length && items.at(-1) === before.at(-1)) {
      const added = items.slice(0, fresh);
      for (const { id } of added) known.add(id);
      return { added, changed: true };
    }
    this.#known = new Set(items.map(({ id }) => id));
    if (!known) return { added: [], changed: true };
    const added = items.filter(({ id }) => !known.has(id));
    return { added, changed: added.length > 0 || known.size !== items.length };
  }
}
