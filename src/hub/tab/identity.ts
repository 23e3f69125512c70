import { withTimeout } from '../../timing/abortable.js';
import { Identity, recallIdentity } from '../../room/identity.js';
import { STORAGE_TIMEOUT } from '../../store/database.js';
import { restOfReload, unmarkLeaving } from '../../store/tab-lock.js';
import { keepSecret } from '../../store/tabs.js';
import type { Former } from '../../store/tabs.js';
import { answerFor, claimStored, hold, isAlive } from './claim.js';
import type { Hold, StoredIdOrigin } from './claim.js';
import { dropLeft, isLeft, storeId, storeLeft, storedId, storedSecret } from './storage.js';

let present: Promise<Identity> | null = null;
let lost = new AbortController();

/**
 * Who this tab is: an id and the secret that proves it, the same after a reload and never the same
 * in two tabs at once. Both are stored in `sessionStorage`, of which a duplicated tab gets a copy;
 * a Web Lock, and the page that answers for it, tell the copy from the original (see claim.ts).
 * Without locks, on plain HTTP, an id is kept only if the page before this one left it when it went
 * away.
 *
 * A new tab takes the id of the first of `formers` that is dead, so that a browser that has crashed
 * comes back as who it was. It takes a new id if its storage does not name the formers in time.
 */
export function tabIdentity(
  formers: () => Promise<readonly Former[]> = () => Promise.resolve([]),
): Promise<Identity> {
  return (present ??= claimIdentity(formers));
}

/**
 * Aborts when another page takes over the id, because this one was frozen and taken for dead. Call
 * {@link tabIdentity} again then.
 */
export function tabLost(): AbortSignal {
  return lost.signal;
}

async function claimIdentity(formers: () => Promise<readonly Former[]>): Promise<Identity> {
  const stored = recallIdentity(storedId() ?? '', storedSecret());
  const locks = (navigator as Partial<Navigator>).locks;
  const origin = { left: stored !== null && isLeft(stored.id), reload: isReload() };
  if (!locks) return withoutLocks(stored, origin);
  if (stored) {
    const held = await claimStored(locks, stored.id, origin, lose);
    if (held) return claimed(stored, held);
  }
  for (const { id, secret } of stored ? [] : await withTimeout(formers(), STORAGE_TIMEOUT, [])) {
    const former = restOfReload(id) === 0 ? recallIdentity(id, secret) : null;
    const held = former && (await hold(locks, id, { ifAvailable: true }, lose));
    if (held) return claimed(former, held);
  }
  const fresh = new Identity();
  return claimed(fresh, await hold(locks, fresh.id, { ifAvailable: true }, lose));
}

async function withoutLocks(stored: Identity | null, { left, reload }: StoredIdOrigin): Promise<Identity> {
  const isOurs = stored && (left || reload) && !(await isAlive(stored.id, new AbortController().signal));
  const identity = isOurs ? stored : new Identity();
  return claimed(identity, answerFor(identity.id));
}

function claimed(identity: Identity, held: Hold | null): Identity {
  const { id, secret } = identity;
  unmarkLeaving(id);
  keepSecret(id, secret);
  storeId(id, secret);
  followPage(id, held);
  return identity;
}

/** Lets the next page of this tab know that this one was here, and went away. */
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
    // The page goes into the back-forward cache. If it comes back, it asks anew who it is.
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

/** Another page has the id now. */
function lose(): void {
  const former = lost;
  lost = new AbortController();
  former.abort();
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload';
}
