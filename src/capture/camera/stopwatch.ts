/** Measures time that can be interrupted, and calls back when a limit is reached. */
export class Stopwatch {
  readonly #limit: number;
  readonly #reached: () => void;
  #before = 0;
  /** By `performance.now()`; null while it stands still. */
  #since: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Stands still at first. `limit` is in ms; `Infinity` for none. */
  constructor(limit: number, reached: () => void) {
    this.#limit = limit;
    this.#reached = reached;
  }

  /** In ms. */
  get elapsed(): number {
    return this.#before + (this.#since === null ? 0 : performance.now() - this.#since);
  }

  start(): void {
    if (this.#since !== null) return;
    this.#since = performance.now();
    if (this.#limit < Infinity) this.#timer = setTimeout(this.#reached, this.#limit - this.#before);
  }

  stop(): void {
    this.#before = this.elapsed;
    this.#since = null;
    clearTimeout(this.#timer);
  }
}
