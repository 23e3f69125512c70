import type { Consignment } from './in-flight.js';
import type { Lane } from './lane.js';
import { RoundTrips } from './round-trips.js';

/** What overtaking needs of its set of lanes. */
export interface Overtaken {
  /** Where something may be on its way. */
  all(): readonly Lane[];
  /** Where something may be sent now. */
  inUse(): readonly Lane[];
  send(lane: Lane, consignment: Consignment, payload: Uint8Array): void;
  /** Asks for `overtake` when something has become overdue. */
  wake(): void;
}

/**
 * What a transfer waits for and should have been confirmed by now goes once more, over another
 * lane: one that has lost its last packets learns of it from a timer alone, after 400 ms and more.
 * What it brings on a simulated path stands in docs/benchmarks.md.
 */
export class Overtaking {
  readonly #lanes: Overtaken;
  readonly #roundTrips = new RoundTrips();
  /** Nothing else tells that nothing comes. It is set only while a transfer waits. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(lanes: Overtaken) {
    this.#lanes = lanes;
  }

  /** In ms, that it took to confirm `consignment`. Call it before the consignment is told. */
  confirmed(consignment: Consignment, roundTrip: number): void {
    // A lane that was overtaken is no measure of the others.
    if (!consignment.arrived) this.#roundTrips.took(roundTrip);
  }

  overtake(): void {
    const { patience } = this.#roundTrips;
    if (this.#lanes.inUse().length < 2 || patience === Infinity) return;
    const overdue = performance.now() - patience;
    let earliest = Infinity;
    for (const lane of this.#lanes.all()) {
      for (const { consignment, mark } of lane.flights()) {
        if (!consignment.pressing) continue;
        if (mark.at <= overdue) this.#again(consignment, lane);
        else {
          earliest = Math.min(earliest, mark.at);
          break;
        }
      }
    }
    if (earliest < Infinity) this.#wakeIn(Math.max(1, earliest - overdue));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /**
   * Over the lane with the least on its way, if it brings it at once: behind others it would gain
   * nothing.
   */
  #again(consignment: Consignment, from: Lane): void {
    let best: Lane | null = null;
    for (const lane of this.#lanes.inUse()) {
      const brings = lane !== from && lane.open && consignment.size <= lane.largestPayload;
      if (brings && lane.inFlight <= (best?.inFlight ?? consignment.size)) best = lane;
    }
    const payload = best && consignment.bytes;
    if (best && payload) this.#lanes.send(best, consignment, payload);
  }

  #wakeIn(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#lanes.wake();
    }, delay);
  }
}
