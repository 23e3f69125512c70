import { nextTask } from './next-task.js';

/** In ms. Out of a frame of 16 ms, the rest is enough to respond to input. */
const SLICE = 8;

/**
 * For work of many small steps: await what the returned function returns after each step. Once the
 * steps have taken 8 ms without a break, it yields to the browser.
 *
 * @example
 *
 * ```ts
 * const yieldIfDue = yielding();
 * for (const item of items) {
 *   handle(item);
 *   await yieldIfDue();
 * }
 * ```
 */
export function yielding(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE) return undefined;
    return new Promise((resolve) =>
      nextTask(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}
