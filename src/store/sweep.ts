import { StoredArrivals } from './arrivals.js';
import { KEPT_FOR, RELAXED, attempt } from './database.js';
import type { Database } from './database.js';
import { sweepFiles } from './files.js';
import type { RemoveFolder } from './files.js';
import { unmarkLeaving, whileDead } from './tab-lock.js';
import { isForgotten, lastHeard } from './tabs.js';

/** What a sweep has to know of its page. */
export interface Sweeper {
  readonly tab: string;
  /** The digests of the offers of what had arrived in this tab before the page was opened. */
  readonly arrived: readonly string[];
  readonly remove: RemoveFolder;
}

/**
 * Cleans up after transfers and tabs that are long dead: what has not been touched for 24 h and belongs to nobody who was alive since. What the
 * person has in this tab stays, however long they were away.
 */
export async function sweep(page: Sweeper): Promise<void> {
  await attempt(async (db) => {
    const oldest = Date.now() - KEPT_FOR;
    await sweepArrivals(db, oldest);
    await sweepPieces(db, oldest);
    for (const [tab, at] of await lastHeard(db))
      if (tab !== page.tab && isForgotten(at)) await whileDead(tab, () => sweepTab(db, tab));
  });
  const arrivedIn = async (tab: string): Promise<readonly string[]> =>
    (await new StoredArrivals(tab).read()).map(({ header }) => header);
  await sweepFiles({ ...page, arrivedIn }).catch(() => undefined);
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
