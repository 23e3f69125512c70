/** In ms: the threshold of the Long Tasks specification. Shorter tasks are not reported. */
const LONG = 50;

/** In ms: the interval of the fallback; browsers clamp nested timers to this. */
const TICK = 4;

/**
 * Finds the longest task. The browser reports tasks of 50 ms and more. For shorter ones, the
 * longest gap between timers is an upper bound (several short tasks in a row look like one).
 */
export class MainThread {
  #reported: number[] = [];
  #longestGap = 0;
  #lastTick = 0;
  #timer: number | undefined;
  readonly #observer = new PerformanceObserver((list) => this.#note(list.getEntries()));

  watch(): void {
    this.#observer.disconnect();
    this.#reported = [];
    this.#longestGap = 0;
    this.#observer.observe({ type: 'longtask' });
    clearTimeout(this.#timer);
    this.#lastTick = performance.now();
    this.#tick();
  }

  longest(): number {
    this.#note(this.#observer.takeRecords());
    clearTimeout(this.#timer);
    return this.#reported.length > 0 ? Math.max(...this.#reported) : Math.min(LONG, this.#longestGap);
  }

  #note(entries: PerformanceEntryList): void {
    this.#reported.push(...entries.map(({ duration }) => duration));
  }

  #tick(): void {
    const now = performance.now();
    this.#longestGap = Math.max(this.#longestGap, now - this.#lastTick - TICK);
    this.#lastTick = now;
    this.#timer = window.setTimeout(() => this.#tick(), TICK);
  }
}
