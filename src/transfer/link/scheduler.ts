import type { Chunk } from '../lanes/chunk.js';
import type { Sending } from './conversation.js';

/**
 * Of what may be in flight, the share that a film gets while a photo is being sent, so that the
 * photo does not queue behind the film.
 */
const BESIDE_URGENT = 0.25;
/**
 * Two transfers are alike unless one has so many times as much left as the other: then the one that
 * was offered first goes first.
 */
const ALIKE = 2;
/** In bytes: all that have less left are alike. */
const NEXT_TO_NOTHING = 32_768;
/**
 * The oldest offer gets this much of what overtakes it: it has to finish some time, whatever is
 * offered after it.
 */
const REST = 1 / 8;
/** In bytes: the most that is owed to a transfer whose data was not ready. */
const MOST_OWED = 262_144;

/** A chunk to send now, and where. */
export interface Scheduled<Place> {
  readonly sending: Sending;
  readonly chunk: Chunk;
  readonly place: Place;
}

/**
 * Decides whose chunk goes next: that of the transfer with the least left, so that a photo
 * overtakes a film and everything else that is ahead of it. The one that was offered first gets a
 * share, so that none waits for ever.
 */
export class Scheduler {
  /** In bytes: what is owed to the one that was offered first. */
  #owed = 0;

  /**
   * The next chunk of these transfers, given in the order of their offers; null when nothing is
   * ready, or no more may be in flight. `free` gives a place on a lane if there is one for a
   * transfer that takes at most `share` of what may be in flight; `remaining` is what all transfers
   * have left, in bytes. `roundTrip`: the current round trip, in ms.
   */
  next<Place extends { readonly most: number }>(
    open: Iterable<Sending>,
    free: (remaining: number, share: number) => Place | null,
    roundTrip = 0,
  ): Scheduled<Place> | null {
    const all = [...open];
    const remaining = all.reduce((sum, each) => sum + each.remaining, 0);
    const left = all.filter(({ sending, remaining }) => sending && remaining > 0);
    const [oldest] = left;
    const take = (sending: Sending, share: number): Scheduled<Place> | null => {
      const place = free(remaining, share);
      const chunk = place && sending.next(place.most);
      return chunk && { sending, chunk, place };
    };
    if (oldest && this.#owed > 0) {
      const scheduled = take(oldest, 1);
      if (scheduled) {
        this.#owed -= sizeOf(scheduled.chunk);
        return scheduled;
      }
    }
    const least = Math.min(...all.filter((each) => each.isUrgent(roundTrip)).map((each) => each.remaining));
    while (left.length > 0) {
      const [sending] = left.splice(first(left), 1);
      const yields = sending!.remaining >= ALIKE * Math.max(least, NEXT_TO_NOTHING);
      const scheduled = take(sending!, yields ? BESIDE_URGENT : 1);
      if (!scheduled) continue;
      const ahead = sizeOf(scheduled.chunk) * REST;
      this.#owed = sending === oldest ? 0 : Math.min(MOST_OWED, this.#owed + ahead);
      return scheduled;
    }
    return null;
  }
}

/** The index in `left` of the one that goes first. */
function first(left: readonly Sending[]): number {
  const least = Math.min(...left.map(({ remaining }) => remaining));
  return left.findIndex(({ remaining }) => remaining < ALIKE * Math.max(least, NEXT_TO_NOTHING));
}

function sizeOf({ start, end }: Chunk): number {
  return end - start;
}
