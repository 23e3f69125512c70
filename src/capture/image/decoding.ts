/**
 * In bytes: what all decoders of a page may hold at once, and so the most that one may: a picture
 * of 50 megapixels, the largest that phones take but for a few, at four bytes each.
 */
export const MOST_BYTES = 192 * 1024 * 1024;

/** More decoders at once than this keep more cores busy than phones have to spare. */
const MOST_AT_ONCE = 3;

/** So that nobody has all the places. */
const MOST_OF_A_QUEUE = 2;

/**
 * In ms. A decoder takes some hundred at most, a player that finds nothing five thousand; one that
 * does not end gives its place back. It can't be stopped, and still holds what it holds: so whoever
 * it is for gets no other before it has ended, or for a while longer.
 */
const TIMEOUT = { slot: 6000, queue: 30_000 };

/** What has begun and takes too long. What it is of is not known, then. */
export class DecodingTimeout extends Error {
  override name = 'DecodingTimeout';
}

/** What is to be decoded. */
export interface Decoding {
  /** In bytes: what it holds at most while it runs. */
  readonly cost: number;
  /** Whose it is: the id of the member that sent it, or the empty string for this device's own. */
  readonly queue?: string | undefined;
  /** Aborted when nobody wants it any more: then it does not begin. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly cost: number;
  readonly begin: () => void;
}

interface Queue {
  readonly waiting: Waiting[];
  running: number;
  /** In bytes, of all that has run, counted on from where the others were when it came. */
  used: number;
}

/**
 * One budget for all that makes pixels of files in a page. What does not fit waits: within a queue
 * in the order in which it came, and of the queues that which has used least is next, so that a
 * member with a hundred large pictures delays the others' by one of them at most. What is larger
 * than the whole budget runs alone.
 */
export class DecodingBudget {
  readonly #most: number;
  readonly #timeout: { readonly slot: number; readonly queue: number };
  readonly #queues = new Map<string, Queue>();
  #held = 0;
  #running = 0;
  /** What the queue that was served last had used before. */
  #level = 0;

  /** `most` in bytes; `timeout` in ms. */
  constructor(most = MOST_BYTES, timeout = TIMEOUT) {
    this.#most = most;
    this.#timeout = timeout;
  }

  /**
   * Resolves as `decode` does, which is called once there is room. Rejects as it does, with the
   * reason of the signal, or with `DecodingTimeout`.
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
      // It is not overtaken: what is large would never get its turn.
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

/** The page's own. */
export const decoding = new DecodingBudget();
