import { keptTime } from '../timing/kept-time.js';
import { StoredArrivals } from './stored-arrivals.js';
import { KEPT_FOR, RELAXED, attempt } from './database.js';
import type { Database } from './database.js';
import { sweepFiles } from './files.js';
import type { RemoveFolder } from './files.js';
import { changeRecords, outboxRecords } from './records.js';
import { unmarkLeaving, whileDead } from './tab-lock.js';
import { isForgotten, lastHeard } from './tabs.js';

/** In ms: the clocks of two pages of one origin differ by less, unless one has slept. */
const AHEAD = KEPT_FOR;

/** What a sweep needs to know about its page. */
export interface Sweeper {
  readonly tab: string;
  /** The digests of the offers that had arrived in this tab before the page was opened. */
  readonly arrived: readonly string[];
  readonly remove: RemoveFolder;
}

/**
 * Removes what transfers and tabs have left that are long dead: everything that has not been used
 * for 24 h, and whose tab has not lived since. What the person has in this tab stays, however long
 * they were away.
 */
export async function sweep(page: Sweeper): Promise<void> {
  await attempt(async (db) => {
    const oldest = keptTime.now() - KEPT_FOR;
    await correctDates(db).catch(() => undefined);
    await sweepArrivals(db, oldest);
    await sweepPieces(db, oldest);
    for (const [tab, at] of await lastHeard(db))
      if (tab !== page.tab && isForgotten(at)) await whileDead(tab, () => sweepTab(db, tab));
  });
  const arrivedIn = async (tab: string): Promise<readonly string[]> =>
    (await new StoredArrivals(tab).read()).map(({ header }) => header);
  await sweepFiles({ ...page, arrivedIn }).catch(() => undefined);
}

/**
 * Dates records from now that were written while the clock was ahead: else they would stay too
 * long.
 */
async function correctDates(db: Database): Promise<void> {
  const now = keptTime.now();
  const isAhead = ({ at }: { readonly at: number }): boolean => at > now + AHEAD;
  for (const name of ['tabs', 'arrivals', 'pieces'] as const) {
    const { store, done } = db.transaction(name, 'readwrite', RELAXED);
    for await (const cursor of store)
      if (isAhead(cursor.value)) void cursor.update({ ...cursor.value, at: now });
    await done;
  }
  for (const tab of new Set((await outboxRecords(db)).filter(isAhead).map((record) => record.tab)))
    await changeRecords(db, tab, (record) => (isAhead(record) ? { ...record, at: now } : null));
}

async function sweepArrivals(db: Database, oldest: number): Promise<void> {
  const { store, done } = db.transaction('arrivals', 'readwrite', RELAXED);
  for await (const cursor of store) if (cursor.value.at < oldest) void cursor.delete();
  await done;
}

async function sweepPieces(db: Database, oldest: number): Promise<void> {
  const { store, done } = db.transaction('pieces', 'readwrite', RELAXED);
  for await (const cursor of store) if (cursor.value.at < oldest) void cursor.delete();
  await done;
}

/** Removes the records of one dead tab, whose lock is held. */
async function sweepTab(db: Database, tab: string): Promise<void> {
  // Before its lock was held, it could still report that it is alive.
  if (!isForgotten((await lastHeard(db)).get(tab) ?? 0)) return;
  const transaction = db.transaction(['tabs', 'outbox', 'contents'], 'readwrite', RELAXED);
  for (const id of await transaction.objectStore('outbox').index('tab').getAllKeys(tab)) {
    void transaction.objectStore('outbox').delete(id);
    void transaction.objectStore('contents').delete(id);
  }
  void transaction.objectStore('tabs').delete(tab);
  await transaction.done;
  unmarkLeaving(tab);
}
