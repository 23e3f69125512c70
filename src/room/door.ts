import type { Claim } from '../peer/channel.js';
import { after, type Clock } from '../timing/clock.js';

/** What a {@link Door} needs from {@link Doors}. */
export interface DoorHost {
  /** Try to claim the door, or else to reach its holder. Does not reject. */
  onvisit(door: Door): Promise<void>;
  /** A visit has ended. */
  onvisited(): void;
}

/**
 * One door as one member sees it: whether we hold it, and when we will next visit it, that is, try
 * to claim it or knock. `Doors` decides what to do about it.
 */
export class Door {
  readonly number: number;
  readonly id: string;
  /** Set while we hold the door. */
  claim: Claim | null = null;
  /** In the clock's ms. */
  heldSince = -Infinity;
  /** Failed visits in a row. */
  attempts = 0;

  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #host: DoorHost;
  #visiting = false;
  #cancel: (() => void) | null = null;

  constructor(
    identity: { number: number; id: string },
    context: { clock: Clock; signal: AbortSignal },
    host: DoorHost,
  ) {
    this.number = identity.number;
    this.id = identity.id;
    this.#clock = context.clock;
    this.#signal = context.signal;
    this.#host = host;
  }

  get held(): boolean {
    return this.claim !== null;
  }

  /** Whether a visit is scheduled. */
  get waits(): boolean {
    return this.#cancel !== null;
  }

  /** Whether we are claiming it or knocking at it. */
  get visiting(): boolean {
    return this.#visiting;
  }

  /** Visits the door now, unless a visit is in progress. */
  async visit(): Promise<void> {
    this.unschedule();
    if (this.#visiting) return;
    this.#visiting = true;
    await this.#host.onvisit(this);
    this.#visiting = false;
    this.#host.onvisited();
  }

  /** Visits the door in `delay` ms, and not before. */
  schedule(delay: number): void {
    this.unschedule();
    this.#cancel = after(this.#clock, delay, this.#signal, () => void this.visit());
  }

  unschedule(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Others look after the door, or it is not needed: resets the failed attempts. */
  forget(): void {
    this.attempts = 0;
    this.unschedule();
  }
}
