import type { SnapError } from '../errors.js';
import { after, type Clock } from '../timing/clock.js';

/**
 * How long it holds that somebody cannot be reached, in ms: the longest pause between two attempts,
 * with what the attempts take.
 */
const HOLDS = 70_000;
/**
 * How often the same is told, in ms: whoever knows an id of the room could else have the page cry
 * out as often as it likes.
 */
const TELL_INTERVAL = 60_000;
/** Others may name, and make up, as many ids as they like. */
const MOST = 40;

/**
 * Those who are here, by the PeerServer's word, and whom no path leads to: nothing about them is
 * proven. It is told that there are some, and why, never who or how many.
 */
export class UnreachablePeers {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #events: { ontold(error: SnapError): void; onchange(): void };
  /** By the id that was dialled, or dialled us; the latest last. */
  readonly #known = new Map<string, { readonly error: SnapError; readonly cancel: () => void }>();
  readonly #toldAt = new Map<string, number>();

  /**
   * `ontold`: the page shall hear of it, as of something new. `onchange`: `error` may be another.
   */
  constructor(
    context: { clock: Clock; signal: AbortSignal },
    events: { ontold(error: SnapError): void; onchange(): void },
  ) {
    this.#clock = context.clock;
    this.#signal = context.signal;
    this.#events = events;
  }

  /** Why somebody cannot be reached; null when nobody is known to be in that place. */
  get error(): SnapError | null {
    return [...this.#known.values()].at(-1)?.error ?? null;
  }

  /** There is no path to whoever is to be found at `id`. */
  add(id: string, error: SnapError): void {
    const before = this.error?.code;
    this.#drop(id);
    const cancel = after(this.#clock, HOLDS, this.#signal, () => this.remove(id));
    this.#known.set(id, { error, cancel });
    if (this.#known.size > MOST) this.#drop(this.#known.keys().next().value!);
    this.#events.onchange();
    if (before !== error.code) this.#tell(error);
  }

  /** Nobody is there any more, or it was reached. */
  remove(id: string): void {
    if (this.#drop(id)) this.#events.onchange();
  }

  /**
   * Somebody was reached: who else is here is told by them, and who is out of reach is found out
   * anew. Calls nothing.
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
