import { steadyTimeout } from '../steady-timeout.js';
import { TokenBucket } from '../token-bucket.js';
import { FRUITLESS_REFILL, MAX_FRUITLESS } from './messages.js';

/** Offers at once that come to nothing: less than half of what a receiver takes, as a reload of this page begins anew. */
const FRUITLESS = 0.4 * MAX_FRUITLESS;
/** After those, one in this time, in ms: half as often as a receiver allows. */
const REFILL = 2 * FRUITLESS_REFILL;

/** Keeps what is offered to one peer to what it allows: past some hundreds that it has refused, one after the other. */
export class Pace {
  readonly #offers = new TokenBucket(FRUITLESS, REFILL);
  #cancel: (() => void) | null = null;

  /** Whether something may be offered now. If not, `waiter` is woken when it may. */
  take(waiter: { wake(): void }): boolean {
    if (this.#offers.take()) return true;
    this.#cancel ??= steadyTimeout(() => {
      this.#cancel = null;
      waiter.wake();
    }, REFILL);
    return false;
  }

  /** What was offered has been delivered: such offers take as long as they take. */
  giveBack(): void {
    this.#offers.giveBack();
  }

  /** Nobody is to be woken any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
