import type { Transfer } from '../../transfer/transfer.js';

/** In ms: how far back a speed is measured. */
const WINDOW = 5000;
/** In ms: before that, a speed would say nothing. */
const WARM_UP = 1000;
/** In ms: figures that change more often cannot be read. */
const SHOWN_FOR = 1000;

/** How fast something is. */
export interface Pace {
  /** In bytes a second. */
  readonly speed: number;
  /** In seconds; null while nothing moves. */
  readonly left: number | null;
}

/** Measures the speed of one progress, by what it has come to each time that it is looked at. */
export class Gauge {
  /** The oldest first. */
  #samples: { readonly at: number; readonly loaded: number }[] = [];
  #shown: { readonly pace: Pace; readonly at: number } | null = null;

  /** `loaded` of `size` bytes have arrived at `now`, in ms. Null: it is too early to say. */
  read(loaded: number, size: number, now: number): Pace | null {
    // It has begun anew.
    if (loaded < (this.#samples.at(-1)?.loaded ?? 0)) this.#samples = [];
    this.#samples.push({ at: now, loaded });
    // One sample from before the window stays, or the window would have no beginning.
    while ((this.#samples[1]?.at ?? now) <= now - WINDOW) this.#samples.shift();
    const [first] = this.#samples;
    const took = now - first!.at;
    if (took < WARM_UP) return null;
    if (this.#shown && now - this.#shown.at < SHOWN_FOR) return this.#shown.pace;
    const speed = ((loaded - first!.loaded) / took) * 1000;
    const pace = { speed, left: speed > 0 ? (size - loaded) / speed : null };
    this.#shown = { pace, at: now };
    return pace;
  }
}

/** The speeds of all that is being sent. */
export class Speeds {
  readonly #gauges = new WeakMap<Transfer, Gauge>();

  /** The pace of a transfer that is being sent; null if it is not, or it is too early to say. */
  of(transfer: Transfer, now = performance.now()): Pace | null {
    if (transfer.state !== 'sending') {
      this.#gauges.delete(transfer);
      return null;
    }
    let gauge = this.#gauges.get(transfer);
    if (!gauge) this.#gauges.set(transfer, (gauge = new Gauge()));
    return gauge.read(transfer.loaded, transfer.size, now);
  }
}
