import { LONGEST_PAUSE, keptTime } from '../timing/kept-time.js';

/** In `localStorage`. */
const STORED = 'snaptrail-idle';

/**
 * How long nobody has touched a folder. A file system knows no more than the time of day at which
 * it was touched, and a clock may leap: so it is written down when a folder is first found as it
 * is, and its age is counted from then on.
 */
export class Idle {
  readonly #known = read();
  readonly #found: Record<string, { touched: number; since: number }> = {};

  /**
   * For how long, in ms; `touched`: when by the time of day, in ms since the epoch, 0 where nothing
   * was ever written.
   */
  of(folder: string, touched: number): number {
    const known = this.#known[folder];
    const pause = Math.min(Math.max(0, Date.now() - touched), LONGEST_PAUSE);
    const since = known?.touched === touched ? known.since : keptTime.now() - pause;
    this.#found[folder] = { touched, since };
    return Math.max(0, keptTime.now() - since);
  }

  /** Of all that was found; the rest is forgotten. */
  save(): void {
    try {
      localStorage.setItem(STORED, JSON.stringify(this.#found));
    } catch {
      return;
    }
  }
}

function read(): Partial<Record<string, { touched: number; since: number }>> {
  try {
    return (JSON.parse(localStorage.getItem(STORED) ?? '{}') ?? {}) as ReturnType<typeof read>;
  } catch {
    return {};
  }
}
