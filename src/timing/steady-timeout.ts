import { nextTask } from './next-task.js';

/**
 * `setTimeout` for what repeats in a hidden tab. Chromium runs a hidden tab's timers once a minute
 * if they were set by timers that were set by timers, five deep; and a PeerServer that hears
 * nothing for a minute gives our id away. A posted message in between breaks the chain. (A worker's
 * timers would not be throttled either, but a strict policy may forbid workers.)
 *
 * Returns a function that cancels it. `delay` is in ms.
 *
 * @see https://developer.chrome.com/blog/timer-throttling-in-chrome-88
 */
export function steadyTimeout(run: () => void, delay: number): () => void {
  let cancelled = false;
  const timer = setTimeout(() => nextTask(() => cancelled || run()), delay);
  return () => {
    cancelled = true;
    clearTimeout(timer);
  };
}
