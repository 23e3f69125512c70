import type { InFlight } from './in-flight.js';
import type { Lane } from './lane.js';
import { RoundTrips } from './round-trips.js';

/**
 * Finds chunks that a transfer waits for and that should have been confirmed by now. They are sent
 * once more, over another lane: a lane that has lost its last packets learns of it only from a
 * timer, after 400 ms and more. docs/benchmarks.md says what this gains on a simulated path.
 */
export class Resend {
  readonly #wake: () => void;
  readonly #roundTrips = new RoundTrips();
  /** Silence fires no event. The timer is set only while a transfer waits. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `wake` is called when a chunk has become overdue. */
  constructor(wake: () => void) {
    this.#wake = wake;
  }

  /** `late` took `roundTrip` ms to be confirmed. Call this before the chunk is confirmed. */
  confirmed(inFlight: InFlight, roundTrip: number): void {
    // A lane that was too late is no measure of the others.
    if (!inFlight.arrived) this.#roundTrips.took(roundTrip);
  }

  /**
   * What to send again now, and over which of the lanes `inUse`. `all`: where something may be in
   * flight.
   */
  *due(all: readonly Lane[], inUse: readonly Lane[]): Iterable<{ late: InFlight; lane: Lane }> {
    const { timeout } = this.#roundTrips;
    if (timeout === Infinity) return;
    const overdue = performance.now() - timeout;
    let earliest = Infinity;
    for (const lane of all) {
      for (const inFlight of lane.sent()) {
        if (!inFlight.awaited) continue;
        const { at } = inFlight.snapshot;
        if (at > overdue) {
          earliest = Math.min(earliest, at);
          break;
        }
        const other = laneFor(inFlight, lane, inUse);
        if (other) yield { late: inFlight, lane: other };
      }
    }
    if (earliest < Infinity) this.#wakeIn(Math.max(1, earliest - overdue));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #wakeIn(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#wake();
    }, delay);
  }
}

/**
 * The lane with the least in flight, if it takes the chunk at once: behind others it would gain
 * nothing.
 */
function laneFor(late: InFlight, from: Lane, inUse: readonly Lane[]): Lane | null {
  let best: Lane | null = null;
  for (const lane of inUse) {
    const takes = lane !== from && lane.open && late.size <= lane.largestPayload;
    if (takes && lane.inFlight <= (best?.inFlight ?? late.size)) best = lane;
  }
  return best;
}
