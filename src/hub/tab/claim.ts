import { tabLock } from '../../store/tab-lock.js';
import { wait } from '../../timing/abortable.js';

/** In ms: a live page answers within this time, also on a busy machine. */
const SILENCE = 2_000;
/**
 * In ms: how often to ask until then. A page that gets the lock meanwhile missed the first
 * question.
 */
const REPEAT = 400;
/**
 * In ms: how long a page that is being reloaded may still answer, if the next runs in another
 * process.
 */
const LAST_WORDS = 500;

/** An id that this page holds for as long as it lives. */
export interface Hold {
  /** Stops answering for this page, as it goes away. Returns a function that takes that back. */
  fallSilent(): () => void;
  release(): void;
}

/** What is known of an id that the tab has in its storage. */
export interface StoredIdOrigin {
  /**
   * Whether a page of this very tab left it when it went away. A duplicated tab has copied it from
   * a live page.
   */
  readonly left: boolean;
  /** Whether this page is a reload. */
  readonly reload: boolean;
}

/**
 * Claims an id that the tab has in its storage. Resolves to null when the id belongs to another
 * page that is alive, or when nothing shows that it was this tab's.
 *
 * That the lock is held says little: the page before this one may take its time to go. So this also
 * asks whether a page with the id is alive; a frozen or dying page does not answer.
 */
export async function claimStored(
  locks: LockManager,
  id: string,
  { left, reload }: StoredIdOrigin,
  onlost: () => void,
): Promise<Hold | null> {
  const free = await hold(locks, id, { ifAvailable: true }, onlost);
  if (free) return free;
  const waiting = new AbortController();
  const granted = hold(locks, id, { signal: waiting.signal }, onlost);
  const lives = (reload && !left ? wait(LAST_WORDS) : Promise.resolve()).then(() =>
    isAlive(id, waiting.signal),
  );
  const first = await Promise.race([granted, lives]);
  waiting.abort();
  // The lock may have been granted at the same moment.
  const held = await granted;
  if (held || first === true || !(left || reload)) return held;
  // The page before this one neither answers nor lets go, as in the back-forward cache.
  return hold(locks, id, { steal: true }, onlost);
}

/**
 * Takes the lock of `id`, and answers for it from then on. Resolves to null when another page has
 * it. Calls `onlost` when another page takes this one for dead and steals the lock.
 */
export function hold(
  locks: LockManager,
  id: string,
  options: LockOptions,
  onlost: () => void,
): Promise<Hold | null> {
  return new Promise((resolve) => {
    let stop: (() => void) | null = null;
    locks
      .request(tabLock(id), options, (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => {
          const answering = answerFor(id);
          stop = () => answering.release();
          resolve({
            fallSilent: () => answering.fallSilent(),
            release: () => {
              answering.release();
              release();
            },
          });
        });
      })
      .catch(() => {
        resolve(null);
        stop?.();
        if (stop) onlost();
      });
  });
}

/**
 * Whether a page with the id is alive. Resolves to false when none answers within {@link SILENCE}
 * ms, or as soon as `signal` aborts.
 */
export function isAlive(id: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const channel = channelOf(id);
    const ask = (): void => channel?.postMessage('who');
    const timers = [setInterval(ask, REPEAT), setTimeout(() => end(false), SILENCE)];
    const end = (lives: boolean): void => {
      for (const timer of timers) clearTimeout(timer);
      channel?.close();
      resolve(lives);
    };
    channel?.addEventListener('message', ({ data }) => data === 'I' && end(true));
    signal.addEventListener('abort', () => end(false), { once: true });
    ask();
  });
}

/** Answers other pages that ask whether a page with the id is alive. */
export function answerFor(id: string): Hold {
  const channel = channelOf(id);
  let silent = false;
  const answer = (): void => channel?.postMessage('I');
  channel?.addEventListener('message', ({ data }) => data === 'who' && !silent && answer());
  // Answer at once: a page that waits for the lock asked before this page had it.
  answer();
  return {
    fallSilent: () => {
      silent = true;
      return () => (silent = false);
    },
    release: () => channel?.close(),
  };
}

/** Null when the browser allows no channel between pages, as when storage is forbidden. */
function channelOf(id: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(tabLock(id));
  } catch {
    return null;
  }
}
