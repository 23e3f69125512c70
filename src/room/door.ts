import type { Claim } from '../peer/channel.js';
import { after, type Clock } from '../timing/clock.js';

/** What a {@link Door} asks of all doors. */
export interface DoorHost {
  /** Try to hold it, or to find who does. Does not reject. */
  onvisit(door: Door): Promise<void>;
  /** A visit is over. */
  onvisited(): void;
}

/**
 * One door, as one member sees it: held or not, and when it will be tried next. What to do about it
 * is decided in doors.ts.
 */
export class Door {
  readonly number: number;
  readonly id: string;
  /** While we hold it. */
  claim: Claim | null = null;
  /** In the clock's ms. */
  heldSince = -Infinity;
  /** Visits in vain, in a row. */
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

  /** Whether a visit is to come. */
  get waits(): boolean {
    return this.#cancel !== null;
  }

  /** Whether it is being claimed, or knocked at. */
  get visiting(): boolean {
    return this.#visiting;
  }

  /** Visits it, unless that is going on already. */
  async visit(): Promise<void> {
    this.unschedule();
    if (this.#visiting) return;
    this.#visiting = true;
    await this.#host.onvisit(this);
    this.#visiting = false;
    this.#host.onvisited();
  }

  /** Visits it `delay` ms from now, and not before. */
  schedule(delay: number): void {
    this.unschedule();
    this.#cancel = after(this.#clock, delay, this.#signal, () => void this.visit());
  }

  unschedule(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Others look after it, or nobody need: what was in vain is forgotten. */
  forget(): void {
    this.attempts = 0;
    this.unschedule();
  }
}
