import type { StoreNames } from 'idb';
import { RELAXED, database, withDatabase } from './database.js';
import type { Database, Schema } from './database.js';

/** The most writes in one transaction: each takes a moment of the page's time. */
const MAX_BATCH = 64;

type Store<Name extends StoreNames<Schema>> = ReturnType<typeof begin<Name>>['store'];

interface Write<Name extends StoreNames<Schema>> {
  readonly step: (store: Store<Name>) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes to one object store, in the order of the calls. The first write starts at once; those that
 * come meanwhile share the next transaction, since thousands of transactions would keep the page
 * and the disk busy for minutes. Where there is no database, writing does nothing.
 */
export class Batched<Name extends StoreNames<Schema>> {
  readonly #name: Name;
  #waiting: Write<Name>[] = [];
  #running = false;

  constructor(name: Name) {
    this.#name = name;
  }

  /**
   * Calls `step` when its transaction begins. Resolves when that is complete; rejects if this step
   * has failed, whatever became of the others.
   */
  write(step: (store: Store<Name>) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ step, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Resolves when every write so far has completed or failed, so that reading sees them. */
  settled(): Promise<void> {
    return this.#running ? this.write(() => undefined).catch(() => undefined) : Promise.resolve();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      await database();
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        await withDatabase((db) => this.#transact(db, batch));
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        // One step has failed, and the whole transaction with it.
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
    // Without this, the transaction would wait for this page, which may be closed by then.
    store.transaction.commit();
    await done;
  }
}

function begin<Name extends StoreNames<Schema>>(db: Database, name: Name) {
  const transaction = db.transaction(name, 'readwrite', RELAXED);
  return { store: transaction.store, done: transaction.done };
}
