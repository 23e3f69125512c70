import { steadyTimeout } from '../timing/steady-timeout.js';

/** Time and chance. The simulation in the tests has its own. */
export interface Clock {
  /** In ms, from any origin, never backwards. */
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

/** Attempts in vain after which it is hopeless: about a minute of them. */
const HOPELESS_AFTER = 12;

/**
 * Waits between attempts, in ms: the first, the most, and, if it shall be less eager once it looks
 * hopeless, that.
 */
export interface Waits {
  readonly first: number;
  readonly most: number;
  readonly hopeless?: number;
}

/**
 * How long to wait after `attempts` attempts in vain, in ms: doubling from the first to the most,
 * less up to a third at random, so that those who lost the same server at the same moment do not
 * all come back at the same moment.
 */
export function backoff(attempts: number, { first, most, hopeless = most }: Waits, clock: Clock): number {
  const wait = attempts > HOPELESS_AFTER ? hopeless : Math.min(first * 2 ** (attempts - 1), most);
  return wait * (1 - clock.random() / 3);
}
