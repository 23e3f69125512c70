/**
 * A clock that jumps to the next timer as soon as the page has nothing else to do, so that minutes
 * pass in milliseconds, and always the same ones. While it is installed, it replaces
 * `performance.now`, `setTimeout` and `clearTimeout`.
 */
export class VirtualTime {
  #now = 1000;
  #made = 0;
  readonly #events = new Map<number, { at: number; run: () => void }>();
  readonly #real = { now: performance.now.bind(performance), setTimeout, clearTimeout };
  /** Digests that another thread is computing. */
  #digesting = 0;

  get now(): number {
    return this.#now;
  }

  install(): void {
    performance.now = () => this.#now;
    globalThis.setTimeout = ((run: () => void, delay = 0) => this.after(delay, run)) as typeof setTimeout;
    globalThis.clearTimeout = (made) => this.#events.delete(Number(made));
    const { subtle } = crypto;
    const digest = subtle.digest.bind(subtle);
    subtle.digest = async (...parameters) => {
      this.#digesting++;
      try {
        return await digest(...parameters);
      } finally {
        this.#digesting--;
      }
    };
  }

  remove(): void {
    performance.now = this.#real.now;
    globalThis.setTimeout = this.#real.setTimeout;
    globalThis.clearTimeout = this.#real.clearTimeout;
    // Uncovers the prototype's.
    delete (crypto.subtle as Partial<SubtleCrypto>).digest;
  }

  /**
   * Runs `run` in `delay` ms, after whatever is already scheduled for that moment. Returns an id
   * for `clearTimeout`.
   */
  after(delay: number, run: () => void): number {
    this.#events.set(++this.#made, { at: this.#now + Math.max(0, delay), run });
    return this.#made;
  }

  /**
   * Lets time pass until `condition` holds. Throws if it does not hold within `limit` ms, or when
   * no timer is left.
   */
  async until(condition: () => boolean, limit = 3_600_000): Promise<void> {
    const end = this.#now + limit;
    for (let idle = 0; !condition(); idle++) {
      // A busy machine may take long over a digest: that is no time of this clock.
      do await task();
      while (this.#digesting > 0);
      if (condition()) return;
      const next = this.#next();
      if (next && next.at <= end) {
        idle = 0;
        this.#now = Math.max(this.#now, next.at);
        next.run();
      } else if (idle > 200) {
        throw new Error(`Still not so at ${Math.round(this.#now)} ms: ${String(condition)}`);
      }
    }
  }

  /** Moves the clock on by `duration` ms without running any timer, as when the page is busy. */
  skip(duration: number): void {
    this.#now += duration;
  }

  /** Lets `duration` ms pass. */
  async pass(duration: number): Promise<void> {
    let over = false;
    this.after(duration, () => (over = true));
    await this.until(() => over);
  }

  #next(): { at: number; run: () => void } | null {
    let first: [number, { at: number; run: () => void }] | null = null;
    for (const entry of this.#events) if (!first || entry[1].at < first[1].at) first = entry;
    if (first) this.#events.delete(first[0]);
    return first?.[1] ?? null;
  }
}

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** Resolves in a task of its own, after those that are already queued. */
export function task(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
