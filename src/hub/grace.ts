import { keptTime } from '../timing/kept-time.js';

/**
 * In ms: how long a member is expected back after its page said that it goes away. A phone takes a
 * while to reload a page, and a person to open the link again; after that, they have closed it.
 */
const AWAY = 120_000;

/**
 * In ms: how long a member is expected back that vanished without a word: its battery is empty, it
 * crashed, or it is in a tunnel.
 */
export const VANISHED = 86_400_000;

/** What happens when a member does not come back. */
export interface GraceEvents {
  /** A member whose page went away did not come back: it has left. */
  left(id: string): void;
  /** A member that vanished did not come back in time. */
  expired(id: string): void;
}

/** The grace period of absent members, during which their transfers wait for them. */
export class Grace {
  readonly #events: GraceEvents;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(events: GraceEvents) {
    this.#events = events;
  }

  /** Its page went away, and may come back. */
  away(id: string): void {
    this.#expect(id, AWAY, () => this.#events.left(id));
  }

  /**
   * It vanished at `since`, in {@link keptTime}. Does not prolong the shorter grace of a member
   * whose page went away.
   */
  vanished(id: string, since = keptTime.now()): void {
    if (this.#timers.has(id)) return;
    this.#expect(id, Math.max(0, VANISHED - Math.max(0, keptTime.now() - since)), () =>
      this.#events.expired(id),
    );
  }

  /** It is here again, or will not come back. */
  over(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Expects nobody any more. */
  clear(): void {
    for (const id of [...this.#timers.keys()]) this.over(id);
  }

  #expect(id: string, time: number, done: () => void): void {
    this.over(id);
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      done();
    }, time);
    this.#timers.set(id, timer);
  }
}
