/**
 * In `localStorage`: how late it was, by this time and by the clock, when a page of the origin last
 * looked.
 */
const STORED = 'snaptrail-time';

/**
 * In ms: what a pause between two pages counts at most. Nobody has seen it pass: it may have been
 * days, or the clock was put forward. So a leap of the clock alone makes nothing too old that is
 * kept for 24 h, and what was left for days is too old an hour after a page has come back to it.
 */
export const LONGEST_PAUSE = 82_800_000;

/** What a {@link KeptTime} goes by. */
export interface Clocks {
  /** The time of day, in ms since the epoch. It may leap, forwards and backwards. */
  wall(): number;
  /** In ms, from any origin; it never leaps, and may stand still while the machine sleeps. */
  steady(): number;
  read(): string | null;
  write(text: string): void;
}

/**
 * Time for the age of what outlives a page, in ms. It begins at the time of day and goes on by what
 * pages of this origin see pass: a living page goes by its steady clock alone, and the time between
 * two pages counts by the time of day, but never backwards, nor for more than {@link
 * LONGEST_PAUSE}.
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

  /** Writes down how late it is, for pages to come. Synchronous, so that it works in `pagehide`. */
  save(): void {
    // Of several pages, the latest is right: the others have slept.
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

/** The page's. Where storage is forbidden, it is known for this page load only. */
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
