import { STORAGE_PATIENCE, inTime } from '../in-time.js';
import { randomId } from '../snap-item.js';
import { restOfReload, unmarkLeaving } from '../store/tab-lock.js';
import { answerFor, claimStored, hold, isAlive } from './tab-claim.js';
import type { Hold } from './tab-claim.js';
import { dropLeft, isLeft, storeId, storeLeft, storedId } from './tab-storage.js';

let present: Promise<string> | null = null;
let lost = new AbortController();

/**
 * Who this tab is: 128 random bits as 32 hexadecimal digits, the same after a reload, never the same in two tabs at once. The id is kept in
 * `sessionStorage`, which a duplicated tab gets a copy of; a Web Lock, and who answers for it, tell the copy from the original (see tab-claim.ts).
 * Where there are no locks (plain HTTP), an id is kept only when the page before this one has left it behind.
 *
 * A tab that is opened anew becomes the first of `formers` that is dead: a browser that has crashed comes back as who it was, unless its storage
 * does not say in time who that is.
 */
export function tabId(
  formers: () => Promise<readonly string[]> = () => Promise.resolve([]),
): Promise<string> {
  return (present ??= claimTabId(formers));
}

/** Aborts when another page has become who this one was: it was frozen, and taken for dead. Ask for {@link tabId} anew. */
export function tabLost(): AbortSignal {
  return lost.signal;
}

async function claimTabId(formers: () => Promise<readonly string[]>): Promise<string> {
  const stored = storedId();
  const locks = (navigator as Partial<Navigator>).locks;
  const inheritance = { left: stored !== null && isLeft(stored), reload: isReload() };
  if (!locks) return withoutLocks(stored, inheritance.left);
  if (stored !== null) {
    const held = await claimStored(locks, stored, inheritance, lose);
    if (held) return claimed(stored, held);
  }
  for (const former of stored ? [] : await inTime(formers(), STORAGE_PATIENCE, [])) {
    const held = restOfReload(former) === 0 ? await hold(locks, former, { ifAvailable: true }, lose) : null;
    if (held) return claimed(former, held);
  }
  const fresh = randomId();
  return claimed(fresh, await hold(locks, fresh, { ifAvailable: true }, lose));
}

async function withoutLocks(stored: string | null, left: boolean): Promise<string> {
  const isOurs = stored !== null && left && !(await isAlive(stored, AbortSignal.timeout(STORAGE_PATIENCE)));
  const id = isOurs ? stored : randomId();
  return claimed(id, answerFor(id));
}

function claimed(id: string, held: Hold | null): string {
  unmarkLeaving(id);
  storeId(id);
  followPage(id, held);
  return id;
}

/** The next page of this tab shall know that this one was here, and has gone. */
function followPage(id: string, held: Hold | null): void {
  const following = new AbortController();
  const { signal } = following;
  let speakAgain: (() => void) | undefined;
  const forget = (): void => {
    following.abort();
    present = null;
  };
  const leave = ({ persisted }: PageTransitionEvent): void => {
    storeLeft(id);
    speakAgain = held?.fallSilent();
    if (!persisted) return;
    // It may be kept for later, with all that it holds; should it come back, it asks anew who it is.
    forget();
    held?.release();
  };
  const stay = (): void => {
    speakAgain?.();
    dropLeft();
  };
  addEventListener('pagehide', leave, { signal });
  addEventListener('pageshow', stay, { signal });
  lost.signal.addEventListener('abort', forget, { signal });
}

/** Another page is who this one was. */
function lose(): void {
  const former = lost;
  lost = new AbortController();
  former.abort();
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload';
}
