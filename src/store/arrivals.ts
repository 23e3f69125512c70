import { KEPT_FOR, RELAXED, attempt } from './database.js';

/** Ids remembered for one tab. */
const MOST = 1000;

/**
 * What has arrived here, in this page and in earlier ones of the same tab, so that nothing arrives twice when only the last word of a
 * transfer was lost. Remembered for 24 h: a sender does not wait for longer.
 */
export class Arrivals {
  readonly #tab: string;
  /** Root digests by id, the oldest first. */
  readonly #roots = new Map<string, string>();

  constructor(tab: string) {
    this.#tab = tab;
  }

  async open(): Promise<void> {
    const records = (await attempt((db) => db.getAll('arrivals', ofTab(this.#tab)))) ?? [];
    const oldest = Date.now() - KEPT_FOR;
    for (const { id, root, at } of records.sort((a, b) => a.at - b.at))
      if (at > oldest) this.#roots.set(id, root);
  }

  /** The root digest under which it has arrived, or null. */
  root(id: string): string | null {
    return this.#roots.get(id) ?? null;
  }

  get ids(): readonly string[] {
    return [...this.#roots.keys()];
  }

  /** It is whole, and the page has it. */
  add(id: string, root: string): void {
    this.#roots.set(id, root);
    const surplus = [...this.#roots.keys()].slice(0, Math.max(0, this.#roots.size - MOST));
    for (const each of surplus) this.#roots.delete(each);
    const record = { tab: this.#tab, id, root, at: Date.now() };
    void attempt(async (db) => {
      const transaction = db.transaction('arrivals', 'readwrite', RELAXED);
      void transaction.store.put(record);
      for (const each of surplus) void transaction.store.delete([this.#tab, each]);
      transaction.commit();
      await transaction.done;
    });
  }

  /** It was not what it was taken for. */
  forget(id: string): void {
    this.#roots.delete(id);
    void attempt((db) => db.delete('arrivals', [this.#tab, id]));
  }
}

function ofTab(tab: string): IDBKeyRange {
  return IDBKeyRange.bound([tab, ''], [tab, '\uffff']);
}
