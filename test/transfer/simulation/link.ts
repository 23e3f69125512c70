/** Events in virtual time, in ms. The same events give the same run. */
export class Simulation {
  #now = 0;
  #made = 0;
  /** A binary heap, the next event first. */
  readonly #heap: Event[] = [];

  get now(): number {
    return this.#now;
  }

  /** Runs `run` in `delay` ms; what was scheduled for the same moment before comes before. */
  after(delay: number, run: () => void): Event {
    const event = { at: this.#now + delay, order: this.#made++, run, cancelled: false };
    this.#heap.push(event);
    this.#rise(this.#heap.length - 1);
    return event;
  }

  /** Runs until nothing is left, `done` holds, or it is `end`. */
  run(done: () => boolean, end = Infinity): void {
    while (!done()) {
      const next = this.#heap[0];
      if (!next || next.at > end) break;
      this.#pop();
      if (next.cancelled) continue;
      this.#now = next.at;
      next.run();
    }
    if (!done() && end < Infinity) this.#now = end;
  }

  #pop(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
  }

  #rise(at: number): void {
    for (let parent = (at - 1) >> 1; at > 0 && this.#before(at, parent); parent = (at - 1) >> 1) {
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(at: number): void {
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && this.#before(child, least)) least = child;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const one = this.#heap[a]!;
    const two = this.#heap[b]!;
    return one.at < two.at || (one.at === two.at && one.order < two.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }
}

/** Something that is to happen. */
export interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Numbers in [0, 1) that look random and are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a link is like. */
export interface LinkProperties {
  /** In bytes per ms: 125 for each Mbit/s. */
  rate: number;
  /** One way, in ms. */
  delay: number;
  /** Of each packet, after it was sent: 0.01 is 1 %. */
  readonly loss: number;
  /** In bytes: what may wait. A packet that finds no room is dropped. */
  readonly queue: number;
}

/**
 * A link in one direction: packets wait in a queue, go out one after the other, take a while, and
 * some are lost.
 */
export class SimulatedLink {
  readonly properties: LinkProperties;
  /** Packets that found the queue full. */
  dropped = 0;
  readonly #simulation: Simulation;
  readonly #random: () => number;
  readonly #waiting: { bytes: number; arrive: () => void }[] = [];
  #backlog = 0;
  #busy = false;

  constructor(simulation: Simulation, properties: LinkProperties, seed: number) {
    this.#simulation = simulation;
    this.properties = properties;
    this.#random = randomNumbers(seed);
  }

  /** How long a packet that came now would have to wait, in ms. */
  get wait(): number {
    return this.#backlog / this.properties.rate;
  }

  /** Sends a packet of that many bytes on the wire. */
  send(bytes: number, arrive: () => void): void {
    if (this.#backlog + bytes > this.properties.queue) {
      this.dropped++;
      return;
    }
    this.#backlog += bytes;
    this.#waiting.push({ bytes, arrive });
    if (!this.#busy) this.#transmit();
  }

  #transmit(): void {
    const packet = this.#waiting.shift();
    this.#busy = packet !== undefined;
    if (!packet) return;
    this.#simulation.after(packet.bytes / this.properties.rate, () => {
      this.#backlog -= packet.bytes;
      const lost = this.#random() < this.properties.loss;
      if (!lost) this.#simulation.after(this.properties.delay, packet.arrive);
      this.#transmit();
    });
  }
}
