import { nextTask } from '../timing/next-task.js';

/** In ms: nobody sees more than one change in a frame. */
const FRAME = 16;
/** Of the time, what is left to all else: bytes have to go on while lists are rendered. */
const SHARE_LEFT = 0.75;
/** In ms: a person should not have to wait for longer to see how far it is. */
const MOST = 300;

/**
 * Runs what is to be done after changes, in a task of its own: at once after a quiet time, and else
 * as often as a frame and what it takes allow.
 */
export class Rhythm {
  readonly #step: () => void;
  #due = false;
  /**
   * Until it is known how long the last step took: whatever comes meanwhile has to wait for that,
   * too.
   */
  #measuring = false;
  /** In ms. */
  #readyAt = -Infinity;

  constructor(step: () => void) {
    this.#step = step;
  }

  /** There is a change. */
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
    // What follows in microtasks, as the rendering of an element, is part of it.
    nextTask(() => {
      const took = performance.now() - began;
      this.#readyAt = began + Math.max(FRAME, Math.min(MOST, took / (1 - SHARE_LEFT)));
      this.#measuring = false;
      if (this.#due) this.#schedule();
    });
    this.#step();
  }
}
