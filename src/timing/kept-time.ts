/**
 * In `localStorage`: the time, by this clock and by the system's, when a page of the origin last
 * saved it.
 */
const STORED = 'snaptrail-time';

/**
 * In ms: the most that a pause between two pages counts. Nobody saw it pass: it may have been days,
 * or the system clock was set forward. So a jump of the clock alone expires nothing that is kept
 * for 24 h, and what was left for days expires within an hour after a page returns to it.
 */
export const LONGEST_PAUSE = 82_800_000;

/** What a {@link KeptTime} depends on. */
export interface Clocks {
  /** The system time, in ms since the epoch. It may jump in both directions. */
  wall(): number;
  /** In ms, from any origin. It never jumps, but may stop while the machine sleeps. */
  steady(): number;
  read(): string | null;
  write(text: string): void;
}

/**
 * A clock for the age of what outlives a page, in ms. It starts at the system time and advances by
 * the time that pages of this origin see pass: while a page lives, by its steady clock alone;
 * between two pages, by the system time, but never backwards, and by at most {@link LONGEST_PAUSE}.
 */
export class KeptTime {
  readonly #clocks: Clocks;
  readonly #steady: number;
  #begin: number;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#steady = clocks.steady();
    const wall = clocks.wall();
    const stored = this.#read();
    const pause = stored ? Math.min(Math.max(0, wall - stored.wall), LONGEST_PAUSE) : 0;
    this.#begin = stored ? stored.kept + pause : wall;
    this.save();
  }

  now(): number {
    return Math.round(this.#begin + this.#clocks.steady() - this.#steady);
  }

  /** Stores the time for later pages. Synchronous, so that it works in `pagehide`. */
  save(): void {
    // If several pages run, the one that is ahead is right: the others have slept.
    const ahead = (this.#read()?.kept ?? 0) - this.now();
    if (ahead > 0) this.#begin += ahead;
    this.#clocks.write(JSON.stringify({ kept: this.now(), wall: this.#clocks.wall() }));
  }

  #read(): { kept: number; wall: number } | null {
    try {
      const { kept, wall } = JSON.parse(this.#clocks.read() ?? '{}') as Record<string, unknown>;
      return Number.isSafeInteger(kept) && Number.isSafeInteger(wall)
        ? { kept: kept as number, wall: wall as number }
        : null;
    } catch {
      return null;
    }
  }
}

/** The page's clock. Where storage is forbidden, it only lasts for this page load. */
export const keptTime = new KeptTime({
  wall: () => Date.now(),
  steady: () => performance.now(),
  read: () => {
    try {
      return localStorage.getItem(STORED);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(STORED, text);
    } catch {
      return;
    }
  },
});
