/**
 * Calls `away` once the page has been hidden for `ms` without a break. If `away` returns false, it
 * is called again after the same time. Ends when `signal` aborts.
 */
export function whenAway(ms: number, away: () => boolean, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = (): void => {
    clearTimeout(timer);
    if (!document.hidden || signal.aborted) return;
    timer = setTimeout(() => {
      if (!away()) arm();
    }, ms);
  };
  arm();
  document.addEventListener('visibilitychange', arm, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

/** Calls `listener` when the page is visible, at once if it is. */
export function whenVisible(listener: () => void, signal: AbortSignal): void {
  const look = (): void => {
    if (!document.hidden) listener();
  };
  look();
  if (!signal.aborted) document.addEventListener('visibilitychange', look, { signal });
}
