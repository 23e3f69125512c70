import { LONGEST_PAUSE, keptTime } from '../timing/kept-time.js';

/** The key in `localStorage`. */
const STORED = 'snaptrail-idle';

/**
 * Measures for how long folders have not been modified. The file system has only the time of day of
 * the last modification, and clocks may leap. So this records when each folder was first seen in
 * its present condition, and counts from there.
 */
export class Idle {
  readonly #known = read();
  readonly #found: Record<string, { touched: number; since: number }> = {};

  /**
   * For how long, in ms, the folder has not been modified. `touched`: its last modification, in ms
   * since the epoch; 0 if nothing was ever written.
   */
  of(folder: string, touched: number): number {
    const known = this.#known[folder];
    const pause = Math.min(Math.max(0, Date.now() - touched), LONGEST_PAUSE);
    const since = known?.touched === touched ? known.since : keptTime.now() - pause;
    this.#found[folder] = { touched, since };
    return Math.max(0, keptTime.now() - since);
  }

  /** Records the folders that were asked about, and forgets all others. */
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
