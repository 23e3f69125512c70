import { nextTask } from '../timing/next-task.js';

/** In ms: nobody sees more than one change a frame. */
const FRAME = 16;
/** The share of time left to everything else: bytes have to move while lists render. */
const SHARE_LEFT = 0.75;
/** In ms: the longest that a person waits to see progress. */
const MOST = 300;

/**
 * Throttles what follows changes, such as rendering. It runs in a task of its own: at once after a
 * quiet time, else at most once a frame, and less often when it takes long.
 */
export class Rhythm {
  readonly #step: () => void;
  #due = false;
  /** Whether it is still being measured how long the last run took. The next waits for that. */
  #measuring = false;
  /** In ms. */
  #readyAt = -Infinity;

  constructor(step: () => void) {
    this.#step = step;
  }

  /** Something has changed. */
  wake(): void {
    if (this.#due) return;
    this.#due = true;
    if (!this.#measuring) this.#schedule();
  }

  #schedule(): void {
    const wait = this.#readyAt - performance.now();
    if (wait <= 0) nextTask(() => this.#run());
    else setTimeout(() => nextTask(() => this.#run()), wait);
  }

  #run(): void {
    this.#due = false;
    this.#measuring = true;
    const began = performance.now();
    // Include what follows in microtasks, such as the rendering of elements.
    nextTask(() => {
      const took = performance.now() - began;
      this.#readyAt = began + Math.max(FRAME, Math.min(MOST, took / (1 - SHARE_LEFT)));
      this.#measuring = false;
      if (this.#due) this.#schedule();
    });
    this.#step();
  }
}
