/**
 * Keeps the screen on for as long as something is on its way: a phone that locks itself freezes the
 * page, and the transfer with it. A browser that has no such lock (on plain HTTP none has), or does
 * not give it now (the battery is low), costs nothing but that.
 *
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export class WakeLock {
  #wanted: AbortController | null = null;

  /** Whether the screen shall stay on from now on. */
  keep(wanted: boolean): void {
    if (wanted === (this.#wanted !== null)) return;
    this.#wanted?.abort();
    this.#wanted = wanted ? new AbortController() : null;
    if (!this.#wanted) return;
    const { signal } = this.#wanted;
    // A page that is not seen has its lock taken away.
    document.addEventListener('visibilitychange', () => void hold(signal), { signal });
    void hold(signal);
  }
}

/** Takes the lock, if it is to be had, until `signal` aborts. */
async function hold(signal: AbortSignal): Promise<void> {
  const { wakeLock } = navigator as Partial<Navigator>;
  if (!wakeLock || document.visibilityState !== 'visible') return;
  try {
    const lock = await wakeLock.request('screen');
    const release = () => void lock.release();
    if (signal.aborted) release();
    else signal.addEventListener('abort', release, { once: true });
  } catch {
    // Refused: asked again when the page is seen again.
  }
}
