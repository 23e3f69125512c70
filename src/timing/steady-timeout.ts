import { nextTask } from './next-task.js';

/**
 * `setTimeout` for what repeats itself in a tab that nobody looks at. Chromium lets a hidden tab's
 * timers run once a minute when they were set by timers that were set by timers, five deep; a
 * PeerServer that hears nothing for a minute gives our id away. A message to ourselves in between
 * breaks the chain. (A worker's timers would run, too, but a strict policy may forbid the worker.)
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
