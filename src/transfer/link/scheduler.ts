import type { Sending, Shipment } from './conversation.js';

/**
 * Of what may be on its way: what a film takes of it while a photo is, so that the photo does not
 * queue behind the film.
 */
const BESIDE_URGENT = 0.25;
/**
 * What has less than so many times what another has to go is as good as it: then the one that was
 * offered first goes first.
 */
const ALIKE = 2;
/** In bytes: with less to go, all are alike. */
const NEXT_TO_NOTHING = 32_768;
/**
 * Of what goes ahead of it, what the one that was offered first gets beside: it shall come to its
 * end, whatever is offered after it.
 */
const REST = 1 / 8;
/** In bytes: more is not made up for, should it not have been ready. */
const MOST_OWED = 262_144;

/** What goes next, and where. */
export interface Departure<Place> {
  readonly delivery: Sending;
  readonly shipment: Shipment;
  readonly place: Place;
}

/**
 * Decides whose bytes go next: of what has least left to go, so that a photo overtakes a film, and
 * whatever is ahead of it. A share goes to the one that was offered first, so that none waits for
 * ever.
 */
export class Scheduler {
  /** In bytes: what is owed to the one that was offered first. */
  #owed = 0;

  /**
   * The next frame of these transfers, which come in the order of their offers; null when nothing
   * is ready, or no more may be on its way. `free` gives a place on a lane, when there is one for
   * something that takes no more than such a share of what may be on its way; `remaining` is what
   * all of them have left, in bytes. `roundTrip`: what one takes just now, in ms.
   */
  next<Place extends { readonly most: number }>(
    open: Iterable<Sending>,
    free: (remaining: number, share: number) => Place | null,
    roundTrip = 0,
  ): Departure<Place> | null {
    const all = [...open];
    const remaining = all.reduce((sum, delivery) => sum + delivery.remaining, 0);
    const left = all.filter(({ sending, remaining }) => sending && remaining > 0);
    const [oldest] = left;
    const ship = (delivery: Sending, share: number): Departure<Place> | null => {
      const place = free(remaining, share);
      const shipment = place && delivery.next(place.most);
      return shipment && { delivery, shipment, place };
    };
    if (oldest && this.#owed > 0) {
      const departure = ship(oldest, 1);
      if (departure) {
        this.#owed -= departure.shipment.payload.byteLength;
        return departure;
      }
    }
    const least = Math.min(
      ...all.filter((delivery) => delivery.isUrgent(roundTrip)).map((delivery) => delivery.remaining),
    );
    while (left.length > 0) {
      const [delivery] = left.splice(first(left), 1);
      const yields = delivery!.remaining >= ALIKE * Math.max(least, NEXT_TO_NOTHING);
      const departure = ship(delivery!, yields ? BESIDE_URGENT : 1);
      if (!departure) continue;
      const ahead = delivery === oldest ? 0 : departure.shipment.payload.byteLength * REST;
      this.#owed = delivery === oldest ? 0 : Math.min(MOST_OWED, this.#owed + ahead);
      return departure;
    }
    return null;
  }
}

/** Where in `left` the one that goes first is. */
function first(left: readonly Sending[]): number {
  const least = Math.min(...left.map(({ remaining }) => remaining));
  return left.findIndex(({ remaining }) => remaining < ALIKE * Math.max(least, NEXT_TO_NOTHING));
}
