/**
 * A list in order of insertion, with fast look-up by key. `items` is a new array after each change,
 * made when somebody reads it, so that the cost of a change does not grow with the list.
 */
export class LazyList<Key, Item> {
  readonly #newestFirst: boolean;
  /** The oldest first. */
  #known = new Map<Key, Item>();
  #items: readonly Item[] | null = [];

  constructor({ newestFirst = false } = {}) {
    this.#newestFirst = newestFirst;
  }

  get items(): readonly Item[] {
    if (!this.#items) {
      const items = [...this.#known.values()];
      this.#items = this.#newestFirst ? items.reverse() : items;
    }
    return this.#items;
  }

  get length(): number {
    return this.#known.size;
  }

  get(key: Key): Item | undefined {
    return this.#known.get(key);
  }

  /** Adds an item at the newest end. It replaces an item with the same key, wherever that was. */
  add(key: Key, item: Item): void {
    this.#known.delete(key);
    this.#known.set(key, item);
    this.#items = null;
  }

  /** Adds items at the oldest end, the oldest first. */
  addBefore(entries: Iterable<readonly [Key, Item]>): void {
    this.#known = new Map([...entries, ...this.#known]);
    this.#items = null;
  }

  /** Adds an item before the one with the key `next`; at the newest end if there is none. */
  insert(key: Key, item: Item, next: Key | null): void {
    const entries = [...this.#known];
    const at = entries.findIndex(([each]) => each === next);
    entries.splice(at < 0 ? entries.length : at, 0, [key, item]);
    this.#known = new Map(entries);
    this.#items = null;
  }

  /** Returns false when there is no such item. */
  delete(key: Key): boolean {
    if (!this.#known.delete(key)) return false;
    this.#items = null;
    return true;
  }
}
