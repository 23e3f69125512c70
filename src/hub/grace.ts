import { keptTime } from '../timing/kept-time.js';

/**
 * In ms: for how long a member is awaited whose page has gone away. A phone takes its time to
 * reload a page, or the person to open the link again; longer ago, they have closed it.
 */
const AWAY = 120_000;

/**
 * In ms: for how long a member is awaited that vanished without a word: its battery was empty, or
 * it crashed, or it is in a tunnel.
 */
export const VANISHED = 86_400_000;

/** What becomes of a member that does not come back. */
export interface GraceEvents {
  /** Its page went away for good. */
  left(id: string): void;
  /** It vanished, and nobody waits any longer. */
  expired(id: string): void;
}

/** Members that are not here, and are awaited as senders and recipients. */
export class Grace {
  readonly #events: GraceEvents;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(events: GraceEvents) {
    this.#events = events;
  }

  /** Its page has gone away, and may come again. */
  away(id: string): void {
    this.#await(id, AWAY, () => this.#events.left(id));
  }

  /** It vanished; `since` when, in {@link keptTime}. One that is away already has said why. */
  vanished(id: string, since = keptTime.now()): void {
    if (this.#timers.has(id)) return;
    this.#await(id, Math.max(0, VANISHED - Math.max(0, keptTime.now() - since)), () =>
      this.#events.expired(id),
    );
  }

  /** It is here, or will not come. */
  over(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Nobody waits for anybody any more. */
  clear(): void {
    for (const id of [...this.#timers.keys()]) this.over(id);
  }

  #await(id: string, patience: number, done: () => void): void {
    this.over(id);
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      done();
    }, patience);
    this.#timers.set(id, timer);
  }
}
