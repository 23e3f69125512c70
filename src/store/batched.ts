import type { StoreNames } from 'idb';
import { RELAXED, database, withDatabase } from './database.js';
import type { Database, Schema } from './database.js';

/** Writes in one transaction, at most: each is a moment of the page's time. */
const MOST = 64;

type Store<Name extends StoreNames<Schema>> = ReturnType<typeof begin<Name>>['store'];

interface Write<Name extends StoreNames<Schema>> {
  readonly step: (store: Store<Name>) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes into one store, in the order in which they were asked for. The first goes at once; what is
 * asked for meanwhile goes in one transaction behind it, since a transaction for each of thousands
 * would keep the page and the disk busy for minutes. Where there is no database nothing happens.
 */
export class Batched<Name extends StoreNames<Schema>> {
  readonly #name: Name;
  #waiting: Write<Name>[] = [];
  #running = false;

  constructor(name: Name) {
    this.#name = name;
  }

  /**
   * Calls `step` when its transaction begins. Resolves when that is complete; rejects when this
   * step has failed, whatever becomes of the others.
   */
  write(step: (store: Store<Name>) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ step, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /**
   * Resolves when all that was asked for so far is written, or has failed: for who wants to read
   * it.
   */
  settled(): Promise<void> {
    return this.#running ? this.write(() => undefined).catch(() => undefined) : Promise.resolve();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      await database();
      const batch = this.#waiting.splice(0, MOST);
      try {
        await withDatabase((db) => this.#transact(db, batch));
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        // One of them has failed, and with it all.
        if (batch.length > 1) await this.#oneByOne(batch);
        else batch[0]!.reject(cause instanceof Error ? cause : new Error(String(cause)));
      }
    }
    this.#running = false;
  }

  async #oneByOne(batch: readonly Write<Name>[]): Promise<void> {
    const ends = batch.map(async (write) => {
      try {
        await withDatabase((db) => this.#transact(db, [write]));
        write.resolve();
      } catch (cause) {
        write.reject(cause instanceof Error ? cause : new Error(String(cause)));
      }
    });
    await Promise.all(ends);
  }

  async #transact(db: Database, batch: readonly Write<Name>[]): Promise<void> {
    const { store, done } = begin(db, this.#name);
    try {
      for (const { step } of batch) step(store);
    } catch (thrown) {
      done.catch(() => undefined);
      store.transaction.abort();
      throw thrown;
    }
    // At once: else it would wait for word from this page, which may be closed by then.
    store.transaction.commit();
    await done;
  }
}

function begin<Name extends StoreNames<Schema>>(db: Database, name: Name) {
  const transaction = db.transaction(name, 'readwrite', RELAXED);
  return { store: transaction.store, done: transaction.done };
}
