import { keptTime } from '../timing/kept-time.js';
import { StoredArrivals } from './stored-arrivals.js';
import { KEPT_FOR, RELAXED, attempt } from './database.js';
import type { Database } from './database.js';
import { sweepFiles } from './files.js';
import type { RemoveFolder } from './files.js';
import { changeRecords, outboxRecords } from './records.js';
import { unmarkLeaving, whileDead } from './tab-lock.js';
import { isForgotten, lastHeard } from './tabs.js';

/** In ms: pages of one origin do not differ by so much, unless one has slept. */
const AHEAD = KEPT_FOR;

/** What a sweep has to know of its page. */
export interface Sweeper {
  readonly tab: string;
  /** The digests of the offers of what had arrived in this tab before the page was opened. */
  readonly arrived: readonly string[];
  readonly remove: RemoveFolder;
}

/**
 * Cleans up after transfers and tabs that are long dead: what has not been touched for 24 h and
 * belongs to nobody who was alive since. What the person has in this tab stays, however long they
 * were away.
 */
export async function sweep(page: Sweeper): Promise<void> {
  await attempt(async (db) => {
    const oldest = keptTime.now() - KEPT_FOR;
    await setRight(db).catch(() => undefined);
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
 * What was written down while the clock was ahead counts from now on: else it would be kept for as
 * long as that was.
 */
async function setRight(db: Database): Promise<void> {
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

/** The records of one tab that is dead: its lock is held. */
async function sweepTab(db: Database, tab: string): Promise<void> {
  // Until its lock was held, it could yet say that it lives.
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
