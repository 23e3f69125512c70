import type { Arrival, ArrivalLog } from '../transfer/arrivals.js';
import { KEPT_FOR, RELAXED, attempt } from './database.js';

/** What has arrived in a tab, in this page and in earlier ones. Kept for 24 h: a sender does not wait for longer. */
export class StoredArrivals implements ArrivalLog {
  readonly #tab: string;

  constructor(tab: string) {
    this.#tab = tab;
  }

  /** The oldest first. */
  async read(): Promise<readonly Arrival[]> {
    const records = (await attempt((db) => db.getAll('arrivals', ofTab(this.#tab)))) ?? [];
    const oldest = Date.now() - KEPT_FOR;
    return records.filter(({ at }) => at > oldest).sort((a, b) => a.at - b.at);
  }

  add(arrival: Arrival): void {
    const record = { ...arrival, tab: this.#tab, at: Date.now() };
    void attempt(async (db) => {
      const transaction = db.transaction('arrivals', 'readwrite', RELAXED);
      void transaction.store.put(record);
      transaction.commit();
      await transaction.done;
    });
  }

  remove({ id, root }: Arrival): void {
    void attempt((db) => db.delete('arrivals', [this.#tab, id, root]));
  }
}

function ofTab(tab: string): IDBKeyRange {
  return IDBKeyRange.bound([tab], [tab, []]);
}
