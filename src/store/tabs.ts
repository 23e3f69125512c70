import { keptTime } from '../timing/kept-time.js';
import { KEPT_FOR, RELAXED, attempt } from './database.js';
import type { Database, TabRecord } from './database.js';
import { changeRecords, outboxRecords } from './records.js';
import { whileDead } from './tab-lock.js';

/** The secrets of this page's tabs, by id. */
const secrets = new Map<string, string>();

/**
 * Keeps the secret of a tab's identity, so that whoever continues for it once it is dead can prove
 * to be that member. It is stored when the tab enters a room.
 */
export function keepSecret(id: string, secret: string): void {
  secrets.set(id, secret);
}

/** Records that the tab is in the room and alive, so that others find what it leaves if it dies. */
export async function rememberTab(id: string, room: string): Promise<void> {
  const record = { id, room, at: keptTime.now(), secret: secrets.get(id) ?? null };
  await attempt(async (db) => {
    const transaction = db.transaction('tabs', 'readwrite', RELAXED);
    transaction.store.put(record).catch(() => undefined);
    // Without waiting for requests: the page may be going away.
    transaction.commit();
    await transaction.done;
  });
}

/**
 * When each tab was last alive, by id, in `keptTime`: by its own record, or by what it has written
 * to its outbox. The age of what a dead tab has left counts from here.
 */
export async function lastHeard(db: Database): Promise<ReadonlyMap<string, number>> {
  const [tabs, outbox] = await Promise.all([db.getAll('tabs'), outboxRecords(db)]);
  const heard = new Map<string, number>();
  const note = (tab: string, at: number): unknown => heard.set(tab, Math.max(at, heard.get(tab) ?? 0));
  for (const { id, at } of tabs) note(id, at);
  for (const { tab, at } of outbox) note(tab, at);
  return heard;
}

/** Whether a tab that was last alive at `at` has nothing left to be adopted, if it is dead. */
export function isForgotten(at: number): boolean {
  return at < keptTime.now() - KEPT_FOR;
}

/** A tab that was in a room before; `secret` is null if unknown. */
export type Former = Required<Pick<TabRecord, 'id' | 'secret'>>;

/**
 * The tabs that were last in that room, dead or alive, the latest first. A new tab takes on the
 * identity of a dead one among them: so a browser that has crashed comes back as the same member,
 * and resumes what it was receiving.
 */
export async function tabsOf(room: string): Promise<readonly Former[]> {
  const all = (await attempt((db) => db.getAll('tabs'))) ?? [];
  return all
    .filter((tab) => tab.room === room && !isForgotten(tab.at))
    .sort((a, b) => b.at - a.at)
    .map(({ id, secret = null }) => ({ id, secret }));
}

/**
 * Moves what is in the outbox of a dead tab, for this room, to `tab`. Resolves with whether there
 * was anything. Two tabs never adopt the same outbox: the lock of the dead tab is held meanwhile.
 */
export async function adoptOutbox(dead: string, tab: string, room: string): Promise<boolean> {
  const adopted = await whileDead(dead, () =>
    attempt((db) => changeRecords(db, dead, (record) => (record.room === room ? { ...record, tab } : null))),
  );
  return (adopted ?? 0) > 0;
}

/**
 * The tabs other than `self` with something for that room in their outbox, unless it is too old.
 */
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
