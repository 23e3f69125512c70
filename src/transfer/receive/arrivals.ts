import { REMEMBERED } from '../transfer.js';
import { FairMap } from './fair-map.js';

/**
 * Something that has arrived complete. It is known by id and root digest together: whoever was
 * offered something knows its id, and could use it for something else.
 */
export interface Arrival {
  /** The sender's `tabId`. */
  readonly from: string;
  /** The id of the offer. */
  readonly id: string;
  /** The digest of the offer without any piece: what was announced, whatever the bytes are. */
  readonly header: string;
  /** The root digest that the sender announced. */
  readonly root: string;
}

/** Keeps arrivals for longer than the page lives. */
export interface ArrivalLog {
  add(arrival: Arrival): void;
  remove(arrival: Arrival): void;
}

/**
 * The latest arrivals, so that nothing arrives twice when only the `done` of a transfer was lost.
 */
export class Arrivals {
  readonly #log: ArrivalLog | null;
  readonly #known = new FairMap<Arrival>(REMEMBERED, ({ from }) => from);
  /** The oldest first. */
  readonly #byId = new Map<string, readonly Arrival[]>();

  constructor(log: ArrivalLog | null = null) {
    this.#log = log;
  }

  /**
   * Adds what the log has, the oldest first. It arrived before everything that is known already.
   */
  recall(arrivals: readonly Arrival[]): void {
    const since = this.all;
    this.#known.clear();
    this.#byId.clear();
    for (const arrival of [...arrivals, ...since]) this.#keep(arrival);
  }

  /** The oldest first. */
  get all(): readonly Arrival[] {
    return this.#known.values();
  }

  has(arrival: Pick<Arrival, 'id' | 'root'>): boolean {
    return this.#known.has(keyOf(arrival));
  }

  /** Those with this id, the newest first. */
  of(id: string): readonly Arrival[] {
    return [...(this.#byId.get(id) ?? [])].reverse();
  }

  /** It is complete, and the page has it. */
  add(arrival: Arrival): void {
    this.#log?.add(arrival);
    this.#keep(arrival);
  }

  #keep(arrival: Arrival): void {
    const { id, root } = arrival;
    const others = this.of(id).filter((each) => each.root !== root);
    this.#byId.set(id, [...others.reverse(), arrival]);
    const forgotten = this.#known.set(keyOf(arrival), arrival);
    if (!forgotten) return;
    this.#log?.remove(forgotten);
    const rest = this.#byId.get(forgotten.id)!.filter((each) => each !== forgotten);
    if (rest.length > 0) this.#byId.set(forgotten.id, rest);
    else this.#byId.delete(forgotten.id);
  }
}

function keyOf({ id, root }: Pick<Arrival, 'id' | 'root'>): string {
  return `${id}:${root}`;
}
