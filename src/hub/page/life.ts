import { nextTask } from '../../timing/next-task.js';

/** What a page goes through that a hub has to know of. */
export interface PageLife {
  /**
   * It goes away, perhaps to come back at once: a reload, or the back-forward cache. Synchronous.
   */
  leaving(): void;
  /** It is back from the back-forward cache. */
  returned(): void;
  /** It is seen again, or the network is back: whatever waits for a timer should look now. */
  revived(): void;
  /**
   * Its address may have another fragment. Not told by browsers without the Navigation API when the
   * page itself changes its history entry.
   */
  addressChanged(): void;
}

/** Tells of all that until `signal` aborts. */
export function followPage(life: PageLife, signal: AbortSignal): void {
  addEventListener('hashchange', () => life.addressChanged(), { signal });
  addEventListener('popstate', () => life.addressChanged(), { signal });
  // In a task of its own: it is told from within `pushState()`, whose caller is not done yet.
  const changed = (): void => nextTask(() => signal.aborted || life.addressChanged());
  (globalThis as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', changed, {
    signal,
  });
  addEventListener('pagehide', () => life.leaving(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && life.returned(), { signal });
  addEventListener('online', () => life.revived(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || life.revived(), { signal });
}
