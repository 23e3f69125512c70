/**
 * The name of a tab's Web Lock. Every tab holds its own while it lives; a reload releases it for a
 * moment, a crash for good. Whoever holds the lock of another tab knows that this tab is dead, and
 * that nobody else is adopting what it has left.
 */
export function tabLock(id: string): string {
  return `snaptrail-tab-${id}`;
}

/**
 * In ms: a tab that was left less than this ago may be reloading. One that takes longer loses
 * nothing: another tab in its room continues for it.
 */
export const RELOAD = 5_000;

/**
 * Runs `step` while holding the lock of the dead tab `id`. Resolves with null, without running it,
 * if the tab lives, or where there are no locks.
 */
export async function whileDead<T>(id: string, step: () => Promise<T>): Promise<T | null> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) return null;
  let done: Promise<T> | null = null;
  try {
    await locks.request(tabLock(id), { ifAvailable: true }, (lock) => {
      if (lock && restOfReload(id) === 0) done = step();
      return done;
    });
  } catch {
    // Locks are forbidden to the page, as in third-party frames: then no tab is known to be dead.
    // Or the tab has come back and stolen its lock meanwhile: a step that has begun still counts.
  }
  return done;
}

/**
 * Records, as the page goes away, that the tab may be reloading. Synchronous, so that it works in
 * `pagehide`.
 */
export function markLeaving(id: string): void {
  try {
    localStorage.setItem(leftKey(id), String(Date.now()));
  } catch {
    return;
  }
}

/** Records that the tab is here, or will not come back. */
export function unmarkLeaving(id: string): void {
  try {
    localStorage.removeItem(leftKey(id));
  } catch {
    return;
  }
}

/**
 * For how long, in ms, the tab `id` may still be reloading; 0 for one that has crashed, or left
 * long ago.
 */
export function restOfReload(id: string): number {
  try {
    const ago = Date.now() - Number(localStorage.getItem(leftKey(id)) ?? -Infinity);
    // Negative if the clock was put back: then nobody knows, and nobody waits.
    return ago >= 0 && ago < RELOAD ? RELOAD - ago : 0;
  } catch {
    return 0;
  }
}

function leftKey(id: string): string {
  return `snaptrail-left-${id}`;
}
