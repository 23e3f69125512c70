/**
 * Time that passes when there is nothing left to do: what is scheduled happens at once, in the
 * order of its moments. While it is installed, `performance.now`, `setTimeout` and `clearTimeout`
 * of the page go by it.
 */
export class VirtualTime {
  #now = 1000;
  #made = 0;
  readonly #events = new Map<number, { at: number; run: () => void }>();
  readonly #real = { now: performance.now.bind(performance), setTimeout, clearTimeout };

  get now(): number {
    return this.#now;
  }

  install(): void {
    performance.now = () => this.#now;
    globalThis.setTimeout = ((run: () => void, delay = 0) => this.after(delay, run)) as typeof setTimeout;
    globalThis.clearTimeout = (made) => this.#events.delete(Number(made));
  }

  remove(): void {
    performance.now = this.#real.now;
    globalThis.setTimeout = this.#real.setTimeout;
    globalThis.clearTimeout = this.#real.clearTimeout;
  }

  /**
   * Runs `run` in `delay` ms, after what was scheduled for that moment before. Returns what
   * `clearTimeout` takes.
   */
  after(delay: number, run: () => void): number {
    this.#events.set(++this.#made, { at: this.#now + Math.max(0, delay), run });
    return this.#made;
  }

  /**
   * Lets time pass until `condition` holds. Throws when nothing more happens, or `limit` ms were
   * not enough.
   */
  async until(condition: () => boolean, limit = 3_600_000): Promise<void> {
    const end = this.#now + limit;
    for (let idle = 0; !condition(); idle++) {
      // What was set off comes first: digests are computed in another thread.
      await task();
      if (condition()) return;
      const next = this.#next();
      if (next && next.at <= end) {
        idle = 0;
        this.#now = Math.max(this.#now, next.at);
        next.run();
      } else if (idle > 200) {
        throw new Error(`In vain until ${Math.round(this.#now)} ms: ${String(condition)}`);
      }
    }
  }

  /** The page is busy for `duration` ms, in which nothing happens. */
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

/** Resolves in a task of its own. */
export function task(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
