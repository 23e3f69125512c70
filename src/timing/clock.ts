import { steadyTimeout } from './steady-timeout.js';

/** Time and chance, so that tests can simulate both. */
export interface Clock {
  /** In ms from any origin; never goes backwards. */
  now(): number;
  /** At least 0, less than 1. For jitter only, never for secrets. */
  random(): number;
  setTimeout(run: () => void, delay: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  random: () => Math.random(),
  setTimeout: steadyTimeout,
  clearTimeout: (cancel) => (cancel as () => void)(),
};

/**
 * Calls `run` once, `delay` ms from now, unless `signal` aborts or the returned function is called
 * before.
 */
export function after(clock: Clock, delay: number, signal: AbortSignal, run: () => void): () => void {
  const cancel = () => {
    clock.clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  };
  const timer = clock.setTimeout(() => {
    cancel();
    if (!signal.aborted) run();
  }, delay);
  signal.addEventListener('abort', cancel, { once: true });
  return cancel;
}

/** Resolves `delay` ms from now; never, once `signal` has aborted. */
export function pause(clock: Clock, delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => after(clock, delay, signal, resolve));
}
