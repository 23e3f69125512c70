import { wait } from './wait.js';

/**
 * Counts from `seconds` to 1, calling `tick` with each number, one a second. Rejects with the
 * signal's reason once it is aborted.
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
