import { REMEMBERED } from './transfer.js';

/**
 * What is known of each peer, connected or not: a new connection makes nobody anew. Whoever was
 * heard of longest ago is forgotten first.
 */
export class PerPeer<T> {
  readonly #make: () => T;
  readonly #known = new Map<string, T>();

  constructor(make: () => T) {
    this.#make = make;
  }

  of(id: string): T {
    const known = this.#known.get(id) ?? this.#make();
    this.#known.delete(id);
    this.#known.set(id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED) this.#known.delete(oldest!);
    return known;
  }
}
