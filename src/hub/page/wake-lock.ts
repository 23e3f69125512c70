/**
 * Keeps the screen on while something is being sent or received: a phone that locks itself freezes
 * the page, and the transfer with it. Does nothing when the browser has no wake lock, as on plain
 * HTTP, or refuses it, as with a low battery.
 *
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export class WakeLock {
  #wanted: AbortController | null = null;

  /** Keeps the screen on from now on, or no longer. */
  keep(wanted: boolean): void {
    if (wanted === (this.#wanted !== null)) return;
    this.#wanted?.abort();
    this.#wanted = wanted ? new AbortController() : null;
    if (!this.#wanted) return;
    const { signal } = this.#wanted;
    // The browser releases the lock when the page is hidden.
    document.addEventListener('visibilitychange', () => void hold(signal), { signal });
    void hold(signal);
  }
}

/** Takes the lock, if the browser grants it, until `signal` aborts. */
async function hold(signal: AbortSignal): Promise<void> {
  const { wakeLock } = navigator as Partial<Navigator>;
  if (!wakeLock || document.visibilityState !== 'visible') return;
  try {
    const lock = await wakeLock.request('screen');
    const release = () => void lock.release();
    if (signal.aborted) release();
    else signal.addEventListener('abort', release, { once: true });
  } catch {
    // It was refused: try again when the page is visible again.
  }
}
