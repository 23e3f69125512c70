/**
 * A map of bounded size that forgets what was used longest ago: the least recently used entry.
 *
 * @example
 * ```ts
 * const pieces = new Lru<number, Uint8Array>(8);
 * pieces.set(0, bytes);
 * pieces.get(0); // used again, so it is forgotten after the others
 * ```
 */
export class Lru<K, V> {
  #limit: number;
  /** The least recently used first. */
  readonly #entries = new Map<K, V>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The most entries that are kept. */
  set limit(limit: number) {
    this.#limit = limit;
    this.#evict();
  }

  /** Whether there is an entry; asking does not use it. */
  has(key: K): boolean {
    return this.#entries.has(key);
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#use(key, value);
    return value;
  }

  /** The entry of this key, made by `create` if there is none. */
  getOrCreate(key: K, create: () => V): V {
    const value = this.#entries.get(key) ?? create();
    this.set(key, value);
    return value;
  }

  /** The least recently used first; asking uses none. */
  values(): V[] {
    return [...this.#entries.values()];
  }

  set(key: K, value: V): void {
    this.#use(key, value);
    this.#evict();
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  #use(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }

  #evict(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) return;
      this.#entries.delete(oldest);
    }
  }
}
