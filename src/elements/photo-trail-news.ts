import type { SnapItem } from '../snap-item.js';

/** What has arrived since the last look. */
export class TrailNews {
  #known: ReadonlySet<string> | null = null;

  /** Begins anew: what a new hub already has is no news. */
  reset(): void {
    this.#known = null;
  }

  /** `added`: newest first, empty at the first look. `changed`: whether anything came or went. */
  read(items: readonly SnapItem[]): { added: readonly SnapItem[]; changed: boolean } {
    const known = this.#known;
    this.#known = new Set(items.map(({ id }) => id));
    if (!known) return { added: [], changed: true };
    const added = items.filter(({ id }) => !known.has(id));
    return { added, changed: added.length > 0 || known.size !== items.length };
  }
}
