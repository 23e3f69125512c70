import { REMEMBERED } from './transfer.js';

/**
 * Something that has arrived whole. It is known by id and root digest together: whoever was offered something knows its id, and could use it for
 * something else.
 */
export interface Arrival {
  /** The sender's `tabId`. */
  readonly from: string;
  /** Of the transfer. */
  readonly id: string;
  /** The root digest that the sender announced. */
  readonly root: string;
}

/** Where it is written down for longer than the page lives. */
export interface ArrivalLog {
  add(arrival: Arrival): void;
  remove(arrival: Arrival): void;
}

/** What has arrived of late, so that nothing arrives twice when only the last word of a transfer was lost. */
export class Arrivals {
  readonly #log: ArrivalLog | null;
  /** By id and root digest, the oldest first. */
  readonly #known = new Map<string, Arrival>();

  /** `known`: what the log has, the oldest first. */
  constructor(log: ArrivalLog | null = null, known: readonly Arrival[] = []) {
    this.#log = log;
    for (const arrival of known) this.#known.set(keyOf(arrival), arrival);
  }

  /** What the log has, the oldest first. It arrived before everything that is known already. */
  recall(arrivals: readonly Arrival[]): void {
    const since = [...this.#known.values()];
    this.#known.clear();
    for (const arrival of [...arrivals, ...since]) this.#known.set(keyOf(arrival), arrival);
  }

  get ids(): readonly string[] {
    return [...this.#known.values()].map(({ id }) => id);
  }

  has(arrival: Pick<Arrival, 'id' | 'root'>): boolean {
    return this.#known.has(keyOf(arrival));
  }

  /** The root digest of what has arrived from this member under this id last, or null. */
  rootFrom(from: string, id: string): string | null {
    const all = [...this.#known.values()].filter((each) => each.id === id && each.from === from);
    return all.at(-1)?.root ?? null;
  }

  /** It is whole, and the page has it. */
  add(arrival: Arrival): void {
    this.#known.set(keyOf(arrival), arrival);
    this.#log?.add(arrival);
    const [oldest] = this.#known.values();
    if (!oldest || this.#known.size <= REMEMBERED) return;
    this.#known.delete(keyOf(oldest));
    this.#log?.remove(oldest);
  }
}

function keyOf({ id, root }: Pick<Arrival, 'id' | 'root'>): string {
  return `${id}:${root}`;
}
