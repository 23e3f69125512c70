import { KEPT_FOR, RELAXED, attempt } from './database.js';
import { whileDead } from './tab-lock.js';

/** Remembers that the tab is in the room, for others to find what it leaves should it die. */
export async function rememberTab(id: string, room: string): Promise<void> {
  const record = { id, room, at: Date.now() };
  await attempt((db) => db.put('tabs', record));
}

/**
 * The tabs that were last in that room, dead or alive, the latest first. A tab that is opened anew looks among them for a dead one to be: so a
 * browser that has crashed is the same member when it comes back, and goes on receiving what it was receiving.
 */
export async function tabsOf(room: string): Promise<readonly string[]> {
  const all = (await attempt((db) => db.getAll('tabs'))) ?? [];
  const oldest = Date.now() - KEPT_FOR;
  return all
    .filter((tab) => tab.room === room && tab.at > oldest)
    .sort((a, b) => b.at - a.at)
    .map(({ id }) => id);
}

/** Makes the outbox of a dead tab our own. True when something came of it. Two tabs never both adopt: its lock is held meanwhile. */
export async function adoptOutbox(dead: string, tab: string, room: string): Promise<boolean> {
  const adopted = await whileDead(dead, () =>
    attempt(async (db) => {
      const { store, done } = db.transaction('outbox', 'readwrite', RELAXED);
      const records = (await store.index('tab').getAll(dead)).filter((record) => record.room === room);
      for (const record of records) void store.put({ ...record, tab });
      await done;
      return records.length > 0;
    }),
  );
  return adopted ?? false;
}

/** All tabs but `self` whose outbox holds something for that room. */
export async function outboxOwners(room: string, self: string): Promise<readonly string[]> {
  const records = (await attempt((db) => db.getAll('outbox'))) ?? [];
  const owners = records.filter((record) => record.room === room && record.tab !== self);
  return [...new Set(owners.map(({ tab }) => tab))];
}
