import { STORAGE_PATIENCE, inTime } from '../in-time.js';
import { randomId } from '../snap-item.js';
import { restOfReload, tabLock, unmarkLeaving } from '../store/tab-lock.js';

const STORED = 'snaptrail-tab';

/**
 * A reloaded page asks for the lock while the old one may still be going away. A duplicated tab waits this long in vain: short enough not
 * to be noticed, long enough for a document to be torn down. In ms.
 */
const HANDOVER = 500;

let present: Promise<string> | null = null;

/**
 * Who this tab is: 128 random bits as 32 hexadecimal digits, the same after a reload, never the same in two tabs at once. The id is kept in
 * `sessionStorage`, which a duplicated tab gets a copy of; a Web Lock tells the copy from the original. Where there are no locks (plain
 * HTTP) nothing could, so there every page load is somebody new.
 *
 * A tab that is opened anew becomes the first of `formers` that is dead: a browser that has crashed comes back as who it was, unless its storage
 * does not say in time who that is.
 */
export function tabId(
  formers: () => Promise<readonly string[]> = () => Promise.resolve([]),
): Promise<string> {
  return (present ??= claimTabId(formers));
}

async function claimTabId(formers: () => Promise<readonly string[]>): Promise<string> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) return randomId();
  const stored = readStored();
  if (stored && (await hold(locks, stored, { signal: AbortSignal.timeout(HANDOVER) })))
    return claimed(stored);
  for (const former of stored ? [] : await inTime(formers(), STORAGE_PATIENCE, [])) {
    if (restOfReload(former) === 0 && (await hold(locks, former, { ifAvailable: true })))
      return claimed(former);
  }
  const fresh = randomId();
  await hold(locks, fresh, { ifAvailable: true });
  return claimed(fresh);
}

/** Takes the lock of `id` for as long as this page lives. False when another tab keeps it. */
function hold(locks: LockManager, id: string, options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    locks
      .request(tabLock(id), options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined);
      })
      .catch(() => resolve(false));
  });
}

function claimed(id: string): string {
  unmarkLeaving(id);
  writeStored(id);
  return id;
}

/** Storage may be forbidden to a page (third-party frames): then the tab is known for this page load only. */
function readStored(): string | null {
  try {
    const stored = sessionStorage.getItem(STORED);
    return stored && /^[0-9a-f]{32}$/.test(stored) ? stored : null;
  } catch {
    return null;
  }
}

function writeStored(id: string): void {
  try {
    sessionStorage.setItem(STORED, id);
  } catch {
    return;
  }
}
