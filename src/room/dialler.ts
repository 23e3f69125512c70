import { backoff } from '../timing/backoff.js';
import { after, type Clock } from '../timing/clock.js';

/**
 * Waits between attempts to reach a member, in ms. One where nobody answers at all costs one
 * message; one that answers the server but never us (a NAT without a relay) costs a connection each
 * time.
 */
const RETRY = { first: 500, most: 5_000, hopeless: 30_000 };
/**
 * How long a member may be named by others and answer nobody, in ms, before it is told: after a
 * restart of the server, members come back to it at moments of their own, and a tab that has
 * vanished is still named for a while.
 */
const TELL_AFTER = 45_000;
/** Attempts at once: more would slow each other down on a phone. */
const AT_ONCE = 4;
/** Members that are dialled, or wait for it, at most: others may name as many as they like. */
const MAX_TARGETS = 40;

interface Target {
  readonly id: string;
  readonly peerId: string;
  attempts: number;
  /**
   * When it was dialled in vain for the first time since we have had a server, in the clock's ms.
   */
  since: number;
  dialling: boolean;
  cancel: (() => void) | null;
}

/** What a {@link Dialler} asks of its mesh. */
export interface DiallerHost {
  /** Whether the PeerServer knows us. */
  online(): boolean;
  /** Resolves to whether the member was reached; does not reject. */
  dial(peerId: string): Promise<boolean>;
  /** Whether it has dialled us, and a connection is being proven. */
  isComing(peerId: string): boolean;
  /**
   * The member has not been reached for a long time. May be called again, as long as that is so.
   */
  onunreachable(id: string, peerId: string): void;
}

/**
 * Dials members until they are reached or not wanted any longer, with growing waits and few at a
 * time.
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

  /** Members that are being dialled. */
  get wanted(): string[] {
    return [...this.#targets.keys()];
  }

  /**
   * Dials the member `id` at `peerId`, the first time `delay` ms from now; one that is being
   * dialled there already goes its way.
   */
  want(id: string, peerId: string, delay: number): void {
    if (this.#targets.get(id)?.peerId === peerId) return;
    this.drop(id);
    if (this.#targets.size >= MAX_TARGETS) return;
    const target: Target = { id, peerId, attempts: 0, since: Infinity, dialling: false, cancel: null };
    this.#targets.set(id, target);
    this.#schedule(target, delay);
  }

  /** It was reached, or has left. Returns where it was dialled. */
  drop(id: string): string | null {
    const target = this.#targets.get(id);
    target?.cancel?.();
    this.#targets.delete(id);
    return target?.peerId ?? null;
  }

  /** Dials at once whoever waits. */
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
