import type { StoreKey, StoreNames, StoreValue } from 'idb';
import { RELAXED } from './database.js';
import type { Database, OutboxRecord, Schema } from './database.js';

/**
 * Reads the outbox of `tab`, or of all tabs. Each record is read in a transaction of its own: one
 * that is unreadable, after a power failure or on a damaged disk, fails its whole transaction.
 */
export async function outboxRecords(db: Database, tab?: string): Promise<readonly OutboxRecord[]> {
  const records = await Promise.all(
    (await keysOf(db, tab)).map((id) => readAlone(db, 'outbox', id).catch(() => undefined)),
  );
  return records.filter((record) => record !== undefined);
}

/**
 * Reads one value in a transaction of its own. Resolves with undefined when there is none; rejects
 * when it cannot be read.
 */
export async function readAlone<Name extends StoreNames<Schema>>(
  db: Database,
  name: Name,
  key: StoreKey<Schema, Name>,
): Promise<StoreValue<Schema, Name> | undefined> {
  const { store, done } = db.transaction(name);
  const [value] = await Promise.all([store.get(key), done]);
  return value;
}

/**
 * Changes the records in the outbox of `tab`, each in a transaction of its own for the same reason.
 * `change` returns null to leave a record as it is. Resolves with how many were changed.
 */
export async function changeRecords(
  db: Database,
  tab: string,
  change: (record: OutboxRecord) => OutboxRecord | null,
): Promise<number> {
  const changed = (await keysOf(db, tab)).map(async (id) => {
    const { store, done } = db.transaction('outbox', 'readwrite', RELAXED);
    const step = async (): Promise<boolean> => {
      const record = await store.get(id);
      const next = record?.tab === tab ? change(record) : null;
      if (next) await store.put(next);
      return next !== null;
    };
    const [isChanged] = await Promise.all([step(), done]);
    return isChanged;
  });
  const ends = await Promise.all(changed.map((one) => one.catch(() => false)));
  return ends.filter(Boolean).length;
}

function keysOf(db: Database, tab?: string): Promise<string[]> {
  return tab === undefined ? db.getAllKeys('outbox') : db.getAllKeysFromIndex('outbox', 'tab', tab);
}
