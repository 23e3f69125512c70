/**
 * A map of bounded size whose entries have owners. When it is full, it forgets the oldest entry of
 * the owner that has most: nobody can make us forget what others have sent.
 */
export class FairMap<V> {
  readonly #limit: number;
  readonly #ownerOf: (value: V) => string;
  /** The oldest first. */
  readonly #entries = new Map<string, V>();
  /** The keys of each owner, the oldest first: a full map is not searched from end to end. */
  readonly #keys = new Map<string, Set<string>>();

  constructor(limit: number, ownerOf: (value: V) => string) {
    this.#limit = limit;
    this.#ownerOf = ownerOf;
  }

  /** The oldest first. */
  values(): V[] {
    return [...this.#entries.values()];
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Puts it in as the newest entry. Returns what is forgotten for it, if anything is. */
  set(key: string, value: V): V | undefined {
    this.delete(key);
    this.#entries.set(key, value);
    const owner = this.#ownerOf(value);
    this.#keys.set(owner, (this.#keys.get(owner) ?? new Set()).add(key));
    return this.#entries.size > this.#limit ? this.delete(this.#keyToForget()) : undefined;
  }

  /** Returns what was there. */
  delete(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    const owner = this.#ownerOf(value);
    const keys = this.#keys.get(owner)!;
    keys.delete(key);
    if (keys.size === 0) this.#keys.delete(owner);
    return value;
  }

  clear(): void {
    this.#entries.clear();
    this.#keys.clear();
  }

  #keyToForget(): string {
    let most = new Set<string>();
    for (const keys of this.#keys.values()) if (keys.size > most.size) most = keys;
    const [oldest] = most;
    return oldest!;
  }
}

/**
 * The oldest of the owner that has most, by the same rule. `all`: the oldest first, at least one.
 */
export function oldestOfMost<T>(all: readonly T[], ownerOf: (each: T) => string): T {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(ownerOf(each), (counts.get(ownerOf(each)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return all.find((each) => counts.get(ownerOf(each)) === most)!;
}
