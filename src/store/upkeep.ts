import { keptTime } from '../timing/kept-time.js';
import { rememberTab } from './tabs.js';

/**
 * In ms: often, beside the 24 h after which what a dead tab has left is given up; and nothing to a
 * page that is open for that long.
 */
const HOUR = 3_600_000;

/**
 * What a page does for what is stored: every hour, and whenever somebody turns to it or away from
 * it, it says that its tab lives, so that the age of what it leaves is counted from its death; and
 * every hour it cleans up after those that are dead.
 */
export class Upkeep {
  readonly #tab: string;
  readonly #sweep: () => Promise<void>;
  #room: string | null = null;
  #swept = false;

  /** Until `signal` aborts. */
  constructor(tab: string, sweep: () => Promise<void>, signal: AbortSignal) {
    this.#tab = tab;
    this.#sweep = sweep;
    const alive = (): void => this.#alive();
    const timer = setInterval(() => {
      alive();
      void sweep();
    }, HOUR);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    // Not every page that goes away is hidden first, and not every one that is hidden hears of its
    // end.
    addEventListener('pagehide', alive, { signal });
    document.addEventListener('visibilitychange', alive, { signal });
  }

  /** The tab is in this room from now on. */
  enter(room: string): void {
    this.#room = room;
    this.#alive();
  }

  /** Cleans up for the first time, once the page has taken what was left to it. */
  begin(): void {
    if (this.#swept) return;
    this.#swept = true;
    void this.#sweep();
  }

  #alive(): void {
    keptTime.save();
    if (this.#room !== null) void rememberTab(this.#tab, this.#room);
  }
}
