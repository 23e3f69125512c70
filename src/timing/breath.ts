import { nextTask } from './next-task.js';

/** In ms: of a frame of 16, what is left beside it is enough to answer a person. */
const AT_A_STRETCH = 8;

/**
 * For work of many small steps: call what this returns after each of them, and await it. When the
 * steps have taken long enough at a stretch, the browser gets its turn.
 */
export function breath(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < AT_A_STRETCH) return undefined;
    return new Promise((resolve) =>
      nextTask(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}
