import { keptTime } from '../timing/kept-time.js';
import { rememberTab } from './tabs.js';

/** In ms: often, compared to the 24 h for which things are kept, and cheap for the page. */
const HOUR = 3_600_000;

/**
 * Looks after what is stored, for as long as the page is open. Every hour, and whenever the page is
 * shown or hidden, records that its tab is alive, so that the age of what it leaves counts from its
 * death. Every hour, also cleans up after dead tabs.
 */
export class Upkeep {
  readonly #tab: string;
  readonly #sweep: () => Promise<void>;
  #room: string | null = null;
  #swept = false;

  /** Runs until `signal` aborts. */
  constructor(tab: string, sweep: () => Promise<void>, signal: AbortSignal) {
    this.#tab = tab;
    this.#sweep = sweep;
    const alive = (): void => this.#alive();
    const timer = setInterval(() => {
      alive();
      void sweep();
    }, HOUR);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    // Some pages go away without being hidden first; others are hidden, and never notified of their
    // end.
    addEventListener('pagehide', alive, { signal });
    document.addEventListener('visibilitychange', alive, { signal });
  }

  /** The tab is in this room from now on. */
  enter(room: string): void {
    this.#room = room;
    this.#alive();
  }

  /** Cleans up for the first time, once the page has adopted what dead tabs have left. */
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
