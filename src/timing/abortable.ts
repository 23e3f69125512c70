/** Resolves after `ms`. Rejects with the signal's reason as soon as the signal aborts. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  return signal ? orAborted(passed, signal).finally(() => clearTimeout(timer)) : passed;
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as the signal aborts. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason as Error);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

/**
 * Settles as `promise` does, or resolves to `fallback` when that takes longer than `ms`. The
 * promise itself goes on: others may still wait for it.
 */
export function withTimeout<T, U>(promise: Promise<T>, ms: number, fallback: U): Promise<T | U> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(fallback), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
