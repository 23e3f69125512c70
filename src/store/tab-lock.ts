/**
 * Every tab holds a Web Lock of its own while it lives; a reload lets go of it for a moment, a
 * crash for good. Whoever gets it may be sure that its tab is dead, and that nobody else is
 * adopting what it has left.
 */
export function tabLock(id: string): string {
  return `snaptrail-tab-${id}`;
}

/**
 * In ms: a tab that has said goodbye may be reloading. One that takes longer loses nothing: another
 * tab of its room goes on for it.
 */
export const RELOAD = 5_000;

/**
 * Runs `step` while holding the lock of the dead tab `id`. Null, without running it, while the tab
 * lives, or where there are no locks.
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
    // Storage is forbidden to the page, as in third-party frames: nobody can be told to be dead. Or
    // the tab has come back and taken its lock away, in the midst of it: what was begun counts.
  }
  return done;
}

/**
 * Says, as the page goes away, that the tab may come back at once. Synchronous, so that it works in
 * `pagehide`.
 */
export function markLeaving(id: string): void {
  try {
    localStorage.setItem(leftKey(id), String(Date.now()));
  } catch {
    return;
  }
}

/** The tab is here (again). */
export function unmarkLeaving(id: string): void {
  try {
    localStorage.removeItem(leftKey(id));
  } catch {
    return;
  }
}

/**
 * In ms: for how long the tab `id` may still be reloading; 0 for one that has crashed, or left long
 * ago.
 */
export function restOfReload(id: string): number {
  try {
    const ago = Date.now() - Number(localStorage.getItem(leftKey(id)) ?? -Infinity);
    // Not in the future, unless the clock was put back: then nobody knows, and nobody waits.
    return ago >= 0 && ago < RELOAD ? RELOAD - ago : 0;
  } catch {
    return 0;
  }
}

function leftKey(id: string): string {
  return `snaptrail-left-${id}`;
}
