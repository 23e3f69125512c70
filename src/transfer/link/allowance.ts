import { steadyTimeout } from '../../timing/steady-timeout.js';
import { TokenBucket } from '../../timing/token-bucket.js';
import { FRUITLESS_REFILL, MAX_FRUITLESS, MAX_NOWHERE } from '../wire/messages.js';

/**
 * Fruitless offers that we make at once: a tenth of what a receiver allows, as each reload of this
 * page starts again.
 */
const FRUITLESS = MAX_FRUITLESS / 10;
/** After those, one in this time, in ms: half as often as a receiver allows. */
const REFILL = 2 * FRUITLESS_REFILL;
/** The most fruitless messages in stock, however many useful ones came before. */
const MOST_NOWHERE = 16 * MAX_NOWHERE;

/**
 * How much of something between two peers may lead nowhere: each time is taken from the allowance,
 * and what was of use is given back.
 */
export class Allowance {
  readonly #bucket: TokenBucket;
  /** In ms. */
  readonly #interval: number;
  #cancel: (() => void) | null = null;

  /**
   * Starts with `start`, and holds `most` at the most. One more comes in each `interval`, in ms;
   * without it, only what is given back.
   */
  constructor({ start, most = start, interval = Infinity }: AllowanceInit) {
    this.#bucket = new TokenBucket(most, interval, undefined, start);
    this.#interval = interval;
  }

  /** Takes one. False when nothing is left. */
  take(): boolean {
    return this.#bucket.take();
  }

  giveBack(count = 1): void {
    this.#bucket.giveBack(count);
  }

  /** Calls `run` once when there may be one again, unless `cancel` comes first. */
  whenRefilled(run: () => void): void {
    this.#cancel ??= steadyTimeout(() => {
      this.#cancel = null;
      run();
    }, this.#interval);
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}

interface AllowanceInit {
  readonly start: number;
  readonly most?: number;
  readonly interval?: number;
}

/**
 * The offers that we make to one peer, over all connections. A delivered offer is given back,
 * however long it took.
 */
export function offerAllowance(): Allowance {
  return new Allowance({ start: FRUITLESS, interval: REFILL });
}

/**
 * Messages of one peer that have no effect: bytes that have arrived before, words about what is
 * over. Some are bound to come, as they were under way or a lane was lost. Without end they are an
 * attack. Each offer gives back {@link MAX_NOWHERE}, each useful message one.
 */
export function fruitlessAllowance(): Allowance {
  return new Allowance({ start: MAX_NOWHERE, most: MOST_NOWHERE });
}
