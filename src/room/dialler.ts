import { backoff } from '../timing/backoff.js';
import { after, type Clock } from '../timing/clock.js';

/**
 * Waits between attempts to reach a member, in ms. An attempt that nobody answers costs one
 * message; one that the peer answers by way of the server but never directly (a NAT without a
 * relay) costs a connection.
 */
const RETRY = { first: 500, most: 5_000, hopeless: 30_000 };
/**
 * How long, in ms, a member may go unanswered while others still list it, before we report it.
 * After a server restart members return at different times, and others list a crashed tab for a
 * while.
 */
const TELL_AFTER = 45_000;
/** Concurrent attempts. More would slow each other down on a phone. */
const AT_ONCE = 4;
/** The most members that we dial or queue: other members can name as many as they like. */
const MAX_TARGETS = 40;

interface Target {
  readonly id: string;
  readonly peerId: string;
  attempts: number;
  /** When the first attempt failed since we last had a server, in the clock's ms. */
  since: number;
  dialling: boolean;
  cancel: (() => void) | null;
}

/** What a {@link Dialler} needs from its mesh. */
export interface DiallerHost {
  /** Whether the PeerServer knows us. */
  online(): boolean;
  /** Resolves to whether we reached the member; does not reject. */
  dial(peerId: string): Promise<boolean>;
  /** Whether the member has dialled us, and that connection is being proven. */
  isComing(peerId: string): boolean;
  /** We have failed to reach the member for a long time. May be called repeatedly. */
  onunreachable(id: string, peerId: string): void;
}

/**
 * Dials members until it reaches them or they are no longer wanted, with growing waits and a few at
 * a time.
 */
export class Dialler {
  readonly #targets = new Map<string, Target>();
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #host: DiallerHost;

  constructor(context: { clock: Clock; signal: AbortSignal }, host: DiallerHost) {
    this.#clock = context.clock;
    this.#signal = context.signal;
    this.#host = host;
  }

  /** The members that we are dialling. */
  get wanted(): string[] {
    return [...this.#targets.keys()];
  }

  /**
   * Dials the member `id` at `peerId`, starting in `delay` ms. Does nothing if it is already
   * dialling that address.
   */
  want(id: string, peerId: string, delay: number): void {
    if (this.#targets.get(id)?.peerId === peerId) return;
    this.drop(id);
    if (this.#targets.size >= MAX_TARGETS) return;
    const target: Target = { id, peerId, attempts: 0, since: Infinity, dialling: false, cancel: null };
    this.#targets.set(id, target);
    this.#schedule(target, delay);
  }

  /** Stops dialling the member: we reached it, or it left. Returns where we dialled it. */
  drop(id: string): string | null {
    const target = this.#targets.get(id);
    target?.cancel?.();
    this.#targets.delete(id);
    return target?.peerId ?? null;
  }

  /** Dials now whoever is waiting for the next attempt. */
  retryNow(): void {
    for (const target of this.#targets.values()) {
      if (!target.dialling) this.#schedule(target, 0);
    }
  }

  #schedule(target: Target, delay: number): void {
    target.cancel?.();
    target.cancel = after(this.#clock, delay, this.#signal, () => void this.#try(target));
  }

  async #try(target: Target): Promise<void> {
    const dialling = [...this.#targets.values()].filter((other) => other.dialling).length;
    if (dialling >= AT_ONCE || this.#host.isComing(target.peerId)) {
      this.#schedule(target, RETRY.first * (0.5 + this.#clock.random()));
      return;
    }
    target.dialling = true;
    const reached = await this.#host.dial(target.peerId);
    target.dialling = false;
    if (this.#targets.get(target.id) !== target || this.#signal.aborted) return;
    if (reached) this.#targets.delete(target.id);
    else this.#again(target);
  }

  #again(target: Target): void {
    const now = this.#clock.now();
    target.attempts += 1;
    target.since = this.#host.online() ? Math.min(target.since, now) : Infinity;
    this.#schedule(target, backoff(target.attempts, RETRY, this.#clock.random()));
    if (now - target.since >= TELL_AFTER) this.#host.onunreachable(target.id, target.peerId);
  }
}
