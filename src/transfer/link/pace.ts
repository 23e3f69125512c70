import { steadyTimeout } from '../../timing/steady-timeout.js';
import { TokenBucket } from '../../timing/token-bucket.js';
import { FRUITLESS_REFILL, MAX_FRUITLESS } from '../wire/messages.js';

/**
 * Offers at once that come to nothing: a tenth of what a receiver takes, as each reload of this
 * page begins anew.
 */
const FRUITLESS = MAX_FRUITLESS / 10;
/** After those, one in this time, in ms: half as often as a receiver allows. */
const REFILL = 2 * FRUITLESS_REFILL;

/**
 * Keeps what is offered to one peer, over all connections, to what it allows: past some hundreds
 * that it refuses, one after the other.
 */
export class Pace {
  readonly #offers = new TokenBucket(FRUITLESS, REFILL);
  #cancel: (() => void) | null = null;

  /** Something is offered. False when it has to wait. */
  take(): boolean {
    return this.#offers.take();
  }

  /** What was offered has been delivered: such offers take as long as they take. */
  giveBack(): void {
    this.#offers.giveBack();
  }

  /** Wakes `sleeper` when something may be offered again. */
  wake(sleeper: { wake(): void }): void {
    this.#cancel ??= steadyTimeout(() => {
      this.#cancel = null;
      sleeper.wake();
    }, REFILL);
  }

  /** Wakes nobody any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
