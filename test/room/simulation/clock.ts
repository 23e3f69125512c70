import type { Clock } from '../../../src/timing/clock.js';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Time that passes only when the test says so, and as fast as the machine can. Starts at 0; in ms.
 */
export class SimulatedClock {
  now = 0;
  #timers: Timer[] = [];
  #seed: number;
  readonly #turn = new MessageChannel();

  constructor(seed = 1) {
    this.#seed = seed;
  }

  /** Mulberry32: the same numbers for the same seed. */
  readonly random = (): number => {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  schedule(delay: number, run: () => void): Timer {
    const timer = { at: this.now + Math.max(delay, 0), run };
    const place = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(place < 0 ? this.#timers.length : place, 0, timer);
    return timer;
  }

  cancel(timer: unknown): void {
    const place = this.#timers.indexOf(timer as Timer);
    if (place >= 0) this.#timers.splice(place, 1);
  }

  /** Lets `duration` ms pass. */
  async pass(duration: number): Promise<void> {
    const end = this.now + duration;
    await this.#settle();
    while (this.#timers[0] && this.#timers[0].at <= end) await this.#step();
    this.now = end;
  }

  /**
   * Lets time pass until `condition` holds. Resolves to how many ms that took; rejects after
   * `limit`.
   */
  async until(condition: () => boolean, limit: number): Promise<number> {
    const start = this.now;
    await this.#settle();
    while (!condition()) {
      const next = this.#timers[0];
      if (!next || next.at > start + limit)
        throw new Error(`Not within ${limit} ms: ${condition.toString()}`);
      await this.#step();
    }
    return this.now - start;
  }

  async #step(): Promise<void> {
    const { at, run } = this.#timers.shift()!;
    this.now = at;
    run();
    // What falls on the same moment and promises that follow from it.
    if (this.#timers[0]?.at !== at) await this.#settle();
  }

  /** A whole task, so that every promise that can has settled. */
  #settle(): Promise<void> {
    return new Promise((resolve) => {
      this.#turn.port1.onmessage = () => resolve();
      this.#turn.port2.postMessage(null);
    });
  }
}

/** The clock of one page: stands still while the page is frozen, and stops when it is dead. */
export class PageClock implements Clock {
  readonly #clock: SimulatedClock;
  #state: 'running' | 'frozen' | 'dead' = 'running';
  #due: (() => void)[] = [];
  #cancelled = new Set<() => void>();

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  get running(): boolean {
    return this.#state === 'running';
  }

  get dead(): boolean {
    return this.#state === 'dead';
  }

  now(): number {
    return this.#clock.now;
  }

  random(): number {
    return this.#clock.random();
  }

  setTimeout(run: () => void, delay: number): unknown {
    const task = () => this.run(task, run);
    return { timer: this.#clock.schedule(delay, task), task };
  }

  clearTimeout(handle: unknown): void {
    const { timer, task } = handle as { timer: unknown; task: () => void };
    this.#clock.cancel(timer);
    this.#cancelled.add(task);
  }

  /** Runs `work` in the page: now, when it thaws, or never. */
  run(task: () => void, work: () => void): void {
    if (this.#state === 'frozen') this.#due.push(() => !this.#cancelled.has(task) && work());
    else if (this.#state === 'running') work();
  }

  freeze(): void {
    if (this.#state === 'running') this.#state = 'frozen';
  }

  thaw(): void {
    if (this.#state === 'frozen') this.#state = 'running';
    for (const work of this.#due.splice(0)) work();
  }

  kill(): void {
    this.#state = 'dead';
  }
}
