import { keptTime } from '../timing/kept-time.js';
import { KEPT_FOR, RELAXED, attempt } from './database.js';
import type { Database, TabRecord } from './database.js';
import { changeRecords, outboxRecords } from './records.js';
import { whileDead } from './tab-lock.js';

/** What shows who this page's tabs are, by id. */
const secrets = new Map<string, string>();

/**
 * Whoever goes on for the tab once it is dead is to be able to show that it is that one. Written
 * down with the room that the tab enters.
 */
export function keepSecret(id: string, secret: string): void {
  secrets.set(id, secret);
}

/**
 * Remembers that the tab is in the room, and lives, for others to find what it leaves should it
 * die.
 */
export async function rememberTab(id: string, room: string): Promise<void> {
  const record = { id, room, at: keptTime.now(), secret: secrets.get(id) ?? null };
  await attempt(async (db) => {
    const transaction = db.transaction('tabs', 'readwrite', RELAXED);
    transaction.store.put(record).catch(() => undefined);
    // At once: the page may be going away.
    transaction.commit();
    await transaction.done;
  });
}

/**
 * When each tab was last heard of, by id, in `keptTime`: by its own record, or by what it has
 * written into its outbox. What a dead one has left is as old as this, however long it lived
 * before.
 */
export async function lastHeard(db: Database): Promise<ReadonlyMap<string, number>> {
  const [tabs, outbox] = await Promise.all([db.getAll('tabs'), outboxRecords(db)]);
  const heard = new Map<string, number>();
  const note = (tab: string, at: number): unknown => heard.set(tab, Math.max(at, heard.get(tab) ?? 0));
  for (const { id, at } of tabs) note(id, at);
  for (const { tab, at } of outbox) note(tab, at);
  return heard;
}

/** Whether a tab that was last heard of then is long forgotten, should it be dead. */
export function isForgotten(at: number): boolean {
  return at < keptTime.now() - KEPT_FOR;
}

/** A tab that was here before, and what shows who it is; null where that is not known. */
export type Former = Required<Pick<TabRecord, 'id' | 'secret'>>;

/**
 * The tabs that were last in that room, dead or alive, the latest first. A tab that is opened anew
 * looks among them for a dead one to be: so a browser that has crashed is the same member when it
 * comes back, and goes on receiving what it was receiving.
 */
export async function tabsOf(room: string): Promise<readonly Former[]> {
  const all = (await attempt((db) => db.getAll('tabs'))) ?? [];
  return all
    .filter((tab) => tab.room === room && !isForgotten(tab.at))
    .sort((a, b) => b.at - a.at)
    .map(({ id, secret = null }) => ({ id, secret }));
}

/**
 * Makes the outbox of a dead tab our own. True when something came of it. Two tabs never both
 * adopt: its lock is held meanwhile.
 */
export async function adoptOutbox(dead: string, tab: string, room: string): Promise<boolean> {
  const adopted = await whileDead(dead, () =>
    attempt((db) => changeRecords(db, dead, (record) => (record.room === room ? { ...record, tab } : null))),
  );
  return (adopted ?? 0) > 0;
}

/** All tabs but `self` whose outbox holds something for that room, and that are not forgotten. */
export async function outboxOwners(room: string, self: string): Promise<readonly string[]> {
  const owners = await attempt(async (db) => {
    const [records, heard] = await Promise.all([outboxRecords(db), lastHeard(db)]);
    return records
      .filter((record) => record.room === room && record.tab !== self)
      .map(({ tab }) => tab)
      .filter((tab) => !isForgotten(heard.get(tab) ?? 0));
  });
  return [...new Set(owners)];
}
