/**
 * In bytes: what all decoders of a page may hold together, and therefore also the most for one
 * picture: 50 megapixels, which only a few phones exceed, of four bytes each.
 */
export const MOST_BYTES = 192 * 1024 * 1024;

/** More decoders would take more cores than phones can spare. */
const MOST_AT_ONCE = 3;

/** So that one queue cannot occupy every slot. */
const MOST_OF_A_QUEUE = 2;

/**
 * In ms. A decoder takes a few hundred at most; a player that finds nothing takes 5000. One that
 * takes longer cannot be stopped and still holds its memory. It gives its slot back, but still
 * counts against its queue until it ends, or for a while longer.
 */
const TIMEOUT = { slot: 6000, queue: 30_000 };

/** A decoding that started but did not finish in time, so its result is unknown. */
export class DecodingTimeout extends Error {
  override name = 'DecodingTimeout';
}

/** Options for a decoding. */
export interface Decoding {
  /** In bytes: the most memory that it holds while it runs. */
  readonly cost: number;
  /**
   * The queue that it waits in: the id of the member that sent it, `camera` for photos that were
   * just taken, or the empty string for files of this device.
   */
  readonly queue?: string | undefined;
  /** Abort it to drop the decoding, if it has not started. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly cost: number;
  readonly begin: () => void;
}

interface Queue {
  readonly waiting: Waiting[];
  running: number;
  /**
   * In bytes: the cost of all that ran from this queue. A new queue starts at the level of the
   * others.
   */
  used: number;
}

/**
 * Limits the memory of all decoding in a page. What does not fit waits: first in, first out within
 * a queue, and of the queues the one that has used least is next (fair queueing). So a member who
 * sends a hundred large pictures delays the others by one of them at most. A picture that is larger
 * than the whole budget runs alone.
 */
export class DecodingBudget {
  readonly #most: number;
  readonly #timeout: { readonly slot: number; readonly queue: number };
  readonly #queues = new Map<string, Queue>();
  #held = 0;
  #running = 0;
  /** What the most recently served queue had used before. */
  #level = 0;

  /** `most` is in bytes, `timeout` in ms. */
  constructor(most = MOST_BYTES, timeout = TIMEOUT) {
    this.#most = most;
    this.#timeout = timeout;
  }

  /**
   * Calls `decode` once the budget allows it, and settles like its promise. Rejects with the
   * signal's reason if that is aborted first, or with `DecodingTimeout`.
   */
  run<T>(decode: () => Promise<T>, { cost, queue = '', signal }: Decoding): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const mine = this.#queueNamed(queue);
      const leave = (): void => {
        mine.waiting.splice(mine.waiting.indexOf(waiting), 1);
        reject(signal!.reason as Error);
        this.#next();
      };
      const waiting: Waiting = {
        cost,
        begin: () => {
          signal?.removeEventListener('abort', leave);
          this.#begin(mine, cost, decode, () => reject(new DecodingTimeout())).then(resolve, reject);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      mine.waiting.push(waiting);
      this.#next();
    });
  }

  async #begin<T>(queue: Queue, cost: number, decode: () => Promise<T>, late: () => void): Promise<T> {
    const freeSlot = once(() => {
      this.#held -= cost;
      this.#running -= 1;
      this.#next();
    });
    const freeQueue = once(() => {
      queue.running -= 1;
      this.#next();
    });
    this.#level = queue.used;
    queue.used += cost;
    queue.running += 1;
    this.#held += cost;
    this.#running += 1;
    const timers = [
      setTimeout(() => {
        late();
        freeSlot();
      }, this.#timeout.slot),
      setTimeout(freeQueue, this.#timeout.queue),
    ];
    try {
      return await decode();
    } finally {
      timers.forEach(clearTimeout);
      freeSlot();
      freeQueue();
    }
  }

  #next(): void {
    while (this.#running < MOST_AT_ONCE) {
      const queue = this.#nextQueue();
      const cost = queue?.waiting[0]?.cost ?? 0;
      // Smaller ones may not overtake it, or a large one would never start.
      if (!queue || (this.#running > 0 && this.#held + cost > this.#most)) break;
      queue.waiting.shift()!.begin();
    }
    for (const [name, { waiting, running }] of this.#queues)
      if (waiting.length === 0 && running === 0) this.#queues.delete(name);
  }

  #nextQueue(): Queue | null {
    let next: Queue | null = null;
    for (const queue of this.#queues.values())
      if (
        queue.waiting.length > 0 &&
        queue.running < MOST_OF_A_QUEUE &&
        queue.used < (next?.used ?? Infinity)
      )
        next = queue;
    return next;
  }

  #queueNamed(name: string): Queue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = { waiting: [], running: 0, used: this.#level };
      this.#queues.set(name, queue);
    }
    return queue;
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}

/** The budget of this page. */
export const decoding = new DecodingBudget();
