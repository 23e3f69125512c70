import type { SnapError } from '../errors.js';
import { after, type Clock } from '../timing/clock.js';

/**
 * How long a report stays valid, in ms: the longest pause between two attempts, plus the time that
 * the attempts take.
 */
const HOLDS = 70_000;
/**
 * How often the same error is reported, in ms. Otherwise anybody who knows an id of the room could
 * flood the page with errors.
 */
const TELL_INTERVAL = 60_000;
/** The most ids that we keep: others may name, or make up, as many as they like. */
const MOST = 40;

/**
 * Peers that are here, according to the PeerServer, and to which we found no path. Nothing about
 * them is proven, so the page is told only that there are some, and why; never who or how many.
 */
export class UnreachablePeers {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #events: { ontold(error: SnapError): void; onchange(): void };
  /** By the id that was dialled, or that dialled us; the latest last. */
  readonly #known = new Map<string, { readonly error: SnapError; readonly cancel: () => void }>();
  readonly #toldAt = new Map<string, number>();

  /** `ontold`: report this to the page as something new. `onchange`: `error` may have changed. */
  constructor(
    context: { clock: Clock; signal: AbortSignal },
    events: { ontold(error: SnapError): void; onchange(): void },
  ) {
    this.#clock = context.clock;
    this.#signal = context.signal;
    this.#events = events;
  }

  /** Why a peer cannot be reached; null if there is none. */
  get error(): SnapError | null {
    return [...this.#known.values()].at(-1)?.error ?? null;
  }

  /** There is no path to the peer at `id`. */
  add(id: string, error: SnapError): void {
    const before = this.error?.code;
    this.#drop(id);
    const cancel = after(this.#clock, HOLDS, this.#signal, () => this.remove(id));
    this.#known.set(id, { error, cancel });
    if (this.#known.size > MOST) this.#drop(this.#known.keys().next().value!);
    this.#events.onchange();
    if (before !== error.code) this.#tell(error);
  }

  /** The peer has left, or we have reached it. */
  remove(id: string): void {
    if (this.#drop(id)) this.#events.onchange();
  }

  /**
   * We have reached somebody, who will tell us who else is here; whom we cannot reach will show
   * again. Does not call `onchange`.
   */
  clear(): void {
    for (const id of [...this.#known.keys()]) this.#drop(id);
  }

  #drop(id: string): boolean {
    this.#known.get(id)?.cancel();
    return this.#known.delete(id);
  }

  #tell(error: SnapError): void {
    const now = this.#clock.now();
    if (now - (this.#toldAt.get(error.code) ?? -Infinity) < TELL_INTERVAL) return;
    this.#toldAt.set(error.code, now);
    this.#events.ontold(error);
  }
}
