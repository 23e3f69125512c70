import { nextTask } from '../../timing/next-task.js';

/** What a hub does when something happens to its page. */
export interface PageListener {
  /**
   * The page goes away, perhaps to come back at once: a reload, or the back-forward cache.
   * Synchronous.
   */
  leaving(): void;
  /** The page is back from the back-forward cache. */
  returned(): void;
  /** The page is visible again, or the network is back: retry now what waits for a timer. */
  revived(): void;
  /**
   * The address may have another fragment. Browsers without the Navigation API do not notify when
   * the page itself changes its history entry.
   */
  addressChanged(): void;
}

/** Calls whatever `listener` returns at that time, until `signal` aborts. */
export function followPage(listener: () => PageListener, signal: AbortSignal): void {
  addEventListener('hashchange', () => listener().addressChanged(), { signal });
  addEventListener('popstate', () => listener().addressChanged(), { signal });
  // In a later task: the event fires within `pushState()`, whose caller is not done yet.
  const changed = (): void => nextTask(() => signal.aborted || listener().addressChanged());
  (globalThis as { navigation?: EventTarget }).navigation?.addEventListener('currententrychange', changed, {
    signal,
  });
  addEventListener('pagehide', () => listener().leaving(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && listener().returned(), { signal });
  addEventListener('online', () => listener().revived(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || listener().revived(), { signal });
}
