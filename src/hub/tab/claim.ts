import { tabLock } from '../../store/tab-lock.js';
import { wait } from '../../timing/abortable.js';

/** In ms: whoever lives has said so by then, also on a machine that is busy. */
const SILENCE = 2_000;
/**
 * How often it is asked until then, in ms: who gets the lock meanwhile has not heard the first
 * question.
 */
const REPEAT = 400;
/**
 * In ms: a page that is being reloaded may still answer in this time, where its successor runs in
 * another process.
 */
const LAST_WORDS = 500;

/** An id, held by this page for as long as it lives. */
export interface Hold {
  /** Says no longer that this page lives, as it is going away. Returns what takes that back. */
  fallSilent(): () => void;
  release(): void;
}

/** What is known of an id that the tab has in its storage. */
export interface Inheritance {
  /**
   * Whether a page of this very tab has left it, on its way out; a duplicated tab has its copy from
   * a page that lives.
   */
  readonly left: boolean;
  /** Whether this page is a reload. */
  readonly reload: boolean;
}

/**
 * Claims an id that the tab has in its storage. Null when it is another's: somebody else lives who
 * has it, or nothing shows that it was this tab's. That the lock is not free at once is no answer:
 * the page before this one may take its time to go. So it is asked who lives; who is frozen, or
 * dying, does not answer.
 */
export async function claimStored(
  locks: LockManager,
  id: string,
  { left, reload }: Inheritance,
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
  // It may have been granted in the same moment.
  const held = await granted;
  if (held || first === true || !(left || reload)) return held;
  // What is left of the page before this one neither lives nor lets go: it never will, as in the
  // back-forward cache.
  return hold(locks, id, { steal: true }, onlost);
}

/**
 * Takes the lock of `id`, and answers for it from then on. Null when another has it. `onlost`: the
 * page was taken for dead, and another has it now.
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
 * Whether a page lives that has the id. Resolves to false, in {@link SILENCE} ms, when nobody says
 * so; or as soon as `signal` aborts.
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

/** Answers whoever asks whether a page lives that has the id. */
export function answerFor(id: string): Hold {
  const channel = channelOf(id);
  let silent = false;
  const answer = (): void => channel?.postMessage('I');
  channel?.addEventListener('message', ({ data }) => data === 'who' && !silent && answer());
  // Who waits for the lock has asked before this page had it.
  answer();
  return {
    fallSilent: () => {
      silent = true;
      return () => (silent = false);
    },
    release: () => channel?.close(),
  };
}

/** Null where pages may not talk to each other, as where storage is forbidden. */
function channelOf(id: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(tabLock(id));
  } catch {
    return null;
  }
}
