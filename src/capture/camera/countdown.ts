import { wait } from '../../timing/abortable.js';

/**
 * Counts down from `seconds` to 1, once a second, and calls `tick` with each number. Rejects with
 * the signal's reason when that is aborted.
 */
export async function countDown(
  seconds: number,
  tick: (left: number) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let left = Math.ceil(seconds); left > 0; left -= 1) {
    tick(left);
    await wait(1000, signal);
  }
}
