/**
 * Things in the order in which they came, each found by its key at once. Who looks at all of them
 * gets an array that is another one after a change; it is made when somebody looks, so that a
 * change costs the same however many there are.
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

  get(key: Key): Item | undefined {
    return this.#known.get(key);
  }

  /** One with the same key goes, and with it its place. */
  add(key: Key, item: Item): void {
    this.#known.delete(key);
    this.#known.set(key, item);
    this.#items = null;
  }

  /** These came before all others, the oldest first. */
  addBefore(entries: Iterable<readonly [Key, Item]>): void {
    this.#known = new Map([...entries, ...this.#known]);
    this.#items = null;
  }

  /** False when it was not here. */
  delete(key: Key): boolean {
    if (!this.#known.delete(key)) return false;
    this.#items = null;
    return true;
  }
}
