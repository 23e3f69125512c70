import { keptTime } from '../timing/kept-time.js';
import type { Arrival, ArrivalLog } from '../transfer/receive/arrivals.js';
import { Batched } from './batched.js';
import { KEPT_FOR, attempt } from './database.js';

const arrivals = new Batched('arrivals');

/**
 * What has arrived in a tab, in this page and in earlier ones, kept in the database. For 24 h: no
 * sender tries for longer.
 */
export class StoredArrivals implements ArrivalLog {
  readonly #tab: string;

  constructor(tab: string) {
    this.#tab = tab;
  }

  /** The oldest first. */
  async read(): Promise<readonly Arrival[]> {
    await arrivals.settled();
    const records = (await attempt((db) => db.getAll('arrivals', ofTab(this.#tab)))) ?? [];
    const oldest = keptTime.now() - KEPT_FOR;
    return records.filter(({ at }) => at > oldest).sort((a, b) => a.at - b.at);
  }

  add(arrival: Arrival): void {
    const record = { ...arrival, tab: this.#tab, at: keptTime.now() };
    arrivals.write((store) => void store.put(record)).catch(() => undefined);
  }

  remove({ id, root }: Arrival): void {
    arrivals.write((store) => void store.delete([this.#tab, id, root])).catch(() => undefined);
  }
}

function ofTab(tab: string): IDBKeyRange {
  return IDBKeyRange.bound([tab], [tab, []]);
}
