import { KEPT_FOR, RELAXED, attempt } from './database.js';
import type { Database } from './database.js';
import { sweepFiles } from './files.js';
import { unmarkLeaving, whileDead } from './tab-lock.js';

/**
 * Cleans up after transfers and tabs that are long dead, once a page: what has not been touched for 24 h and belongs to nobody who is alive.
 * What the person has in this tab stays, however long they were away. `arrived`: the ids of what has arrived in this tab.
 */
export async function sweep(self: string, arrived: readonly string[]): Promise<void> {
  await attempt(async (db) => {
    const oldest = Date.now() - KEPT_FOR;
    await sweepArrivals(db, oldest);
    await sweepPieces(db, oldest);
    for (const tab of await deadSince(db, self, oldest))
      await whileDead(tab, () => sweepTab(db, tab, oldest));
  });
  await sweepFiles(self, arrived).catch(() => undefined);
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

async function deadSince(db: Database, self: string, oldest: number): Promise<Set<string>> {
  const [tabs, outbox] = await Promise.all([db.getAll('tabs'), db.getAll('outbox')]);
  const owners = [...tabs.map(({ id, at }) => ({ tab: id, at })), ...outbox];
  return new Set(owners.filter(({ tab, at }) => tab !== self && at < oldest).map(({ tab }) => tab));
}

/** The records of one tab that is dead: its lock is held. */
async function sweepTab(db: Database, tab: string, oldest: number): Promise<void> {
  const transaction = db.transaction(['tabs', 'outbox', 'contents'], 'readwrite', RELAXED);
  const records = await transaction.objectStore('outbox').index('tab').getAll(tab);
  const old = records.filter(({ at }) => at < oldest);
  for (const { id } of old) {
    void transaction.objectStore('outbox').delete(id);
    void transaction.objectStore('contents').delete(id);
  }
  if (old.length === records.length) {
    void transaction.objectStore('tabs').delete(tab);
    unmarkLeaving(tab);
  }
  await transaction.done;
}
