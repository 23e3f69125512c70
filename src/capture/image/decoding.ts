/**
 * In bytes: what all decoders of a page may hold at once, and so the most that one may: a picture
 * of 50 megapixels, the largest that phones take but for a few, at four bytes each.
 */
export const MOST_BYTES = 192 * 1024 * 1024;

/** More decoders at once than this keep more cores busy than phones have to spare. */
const MOST_AT_ONCE = 3;

/** So that nobody has all the places. */
const MOST_OF_A_SHARE = 2;

/**
 * In ms. A decoder takes some hundred at most, a player that finds nothing five thousand; one that
 * does not end gives its place back. It can't be stopped, and still holds what it holds: so whoever
 * it is for gets no other before it has ended, or for a while longer.
 */
const TIMEOUT = { place: 6000, share: 30_000 };

/** What has begun and takes too long. What it is of is not known, then. */
export class DecodingTimeout extends Error {
  override name = 'DecodingTimeout';
}

/** What is to be decoded. */
export interface Decoding {
  /** In bytes: what it holds at most while it runs. */
  readonly cost: number;
  /** Whose it is: the id of the member that sent it, or the empty string for this device's own. */
  readonly share?: string | undefined;
  /** Aborted when nobody wants it any more: then it does not begin. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly cost: number;
  readonly begin: () => void;
}

interface Share {
  readonly waiting: Waiting[];
  running: number;
  /** In bytes, of all that has run, counted on from where the others were when it came. */
  used: number;
}

/**
 * One budget for all that makes pixels of files in a page. What does not fit waits: within a share
 * in the order in which it came, and of the shares that which has used least is next, so that a
 * member with a hundred large pictures delays the others' by one of them at most. What is larger
 * than the whole budget runs alone.
 */
export class DecodingBudget {
  readonly #most: number;
  readonly #timeout: { readonly place: number; readonly share: number };
  readonly #shares = new Map<string, Share>();
  #held = 0;
  #running = 0;
  /** What the share that was served last had used before. */
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
  run<T>(decode: () => Promise<T>, { cost, share = '', signal }: Decoding): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const mine = this.#shareOf(share);
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

  async #begin<T>(share: Share, cost: number, decode: () => Promise<T>, late: () => void): Promise<T> {
    const place = once(() => {
      this.#held -= cost;
      this.#running -= 1;
      this.#next();
    });
    const turn = once(() => {
      share.running -= 1;
      this.#next();
    });
    this.#level = share.used;
    share.used += cost;
    share.running += 1;
    this.#held += cost;
    this.#running += 1;
    const timers = [
      setTimeout(() => {
        late();
        place();
      }, this.#timeout.place),
      setTimeout(turn, this.#timeout.share),
    ];
    try {
      return await decode();
    } finally {
      timers.forEach(clearTimeout);
      place();
      turn();
    }
  }

  #next(): void {
    while (this.#running < MOST_AT_ONCE) {
      const share = this.#nextShare();
      const cost = share?.waiting[0]?.cost ?? 0;
      // It is not overtaken: what is large would never get its turn.
      if (!share || (this.#running > 0 && this.#held + cost > this.#most)) break;
      share.waiting.shift()!.begin();
    }
    for (const [name, { waiting, running }] of this.#shares)
      if (waiting.length === 0 && running === 0) this.#shares.delete(name);
  }

  #nextShare(): Share | null {
    let next: Share | null = null;
    for (const share of this.#shares.values())
      if (
        share.waiting.length > 0 &&
        share.running < MOST_OF_A_SHARE &&
        share.used < (next?.used ?? Infinity)
      )
        next = share;
    return next;
  }

  #shareOf(name: string): Share {
    let share = this.#shares.get(name);
    if (!share) {
      share = { waiting: [], running: 0, used: this.#level };
      this.#shares.set(name, share);
    }
    return share;
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
