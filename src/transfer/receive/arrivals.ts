import { REMEMBERED } from '../transfer.js';

/**
 * Something that has arrived whole. It is known by id and root digest together: whoever was offered
 * something knows its id, and could use it for something else.
 */
export interface Arrival {
  /** The sender's `tabId`. */
  readonly from: string;
  /** Of the transfer. */
  readonly id: string;
  /** The digest of its offer, without any piece: what was announced, whatever the bytes are. */
  readonly header: string;
  /** The root digest that the sender announced. */
  readonly root: string;
}

/** Where it is written down for longer than the page lives. */
export interface ArrivalLog {
  add(arrival: Arrival): void;
  remove(arrival: Arrival): void;
}

/**
 * What has arrived of late, so that nothing arrives twice when only the last word of a transfer was
 * lost.
 */
export class Arrivals {
  readonly #log: ArrivalLog | null;
  /** By id and root digest, the oldest first. */
  readonly #known = new Map<string, Arrival>();
  /** The same by id, and by sender: each is found without a look at the others. */
  readonly #byId = new Map<string, readonly Arrival[]>();
  readonly #bySender = new Map<string, Set<string>>();

  constructor(log: ArrivalLog | null = null) {
    this.#log = log;
  }

  /** What the log has, the oldest first. It arrived before everything that is known already. */
  recall(arrivals: readonly Arrival[]): void {
    const since = this.all;
    for (const index of [this.#known, this.#byId, this.#bySender]) index.clear();
    for (const arrival of [...arrivals, ...since]) this.#keep(arrival);
  }

  /** The oldest first. */
  get all(): readonly Arrival[] {
    return [...this.#known.values()];
  }

  has(arrival: Pick<Arrival, 'id' | 'root'>): boolean {
    return this.#known.has(keyOf(arrival));
  }

  /** Under this id, the newest first. */
  of(id: string): readonly Arrival[] {
    return [...(this.#byId.get(id) ?? [])].reverse();
  }

  /** It is whole, and the page has it. */
  add(arrival: Arrival): void {
    this.#keep(arrival);
    this.#log?.add(arrival);
    if (this.#known.size <= REMEMBERED) return;
    const surplus = this.#oldestOfMost();
    this.#drop(surplus);
    this.#log?.remove(surplus);
  }

  #keep(arrival: Arrival): void {
    const key = keyOf(arrival);
    const former = this.#known.get(key);
    // It keeps its place, as whatever came twice.
    if (former) this.#unindex(former);
    this.#known.set(key, arrival);
    this.#byId.set(arrival.id, [...(this.#byId.get(arrival.id) ?? []), arrival]);
    const ofSender = this.#bySender.get(arrival.from) ?? new Set();
    this.#bySender.set(arrival.from, ofSender.add(key));
  }

  #drop(arrival: Arrival): void {
    this.#known.delete(keyOf(arrival));
    this.#unindex(arrival);
  }

  #unindex(arrival: Arrival): void {
    const others = this.#byId.get(arrival.id)!.filter((each) => each !== arrival);
    if (others.length > 0) this.#byId.set(arrival.id, others);
    else this.#byId.delete(arrival.id);
    const ofSender = this.#bySender.get(arrival.from)!;
    ofSender.delete(keyOf(arrival));
    if (ofSender.size === 0) this.#bySender.delete(arrival.from);
  }

  /** As {@link oldestOfMost}. */
  #oldestOfMost(): Arrival {
    let most = new Set<string>();
    for (const keys of this.#bySender.values()) if (keys.size > most.size) most = keys;
    const [oldest] = most;
    return this.#known.get(oldest!)!;
  }
}

/**
 * Of whoever has most, the oldest: nobody makes us forget what others have sent. `all`: the oldest
 * first, at least one.
 */
export function oldestOfMost<T>(all: readonly T[], ownerOf: (each: T) => string): T {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(ownerOf(each), (counts.get(ownerOf(each)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return all.find((each) => counts.get(ownerOf(each)) === most)!;
}

function keyOf({ id, root }: Pick<Arrival, 'id' | 'root'>): string {
  return `${id}:${root}`;
}
