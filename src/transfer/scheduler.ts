import type { Delivery, Shipment } from './delivery.js';
import { LARGE_FILE } from './messages.js';

/** Of what may be on its way: what a film takes of it while a photo is, so that the photo does not queue behind the film. */
const BESIDE_URGENT = 0.25;

/** What goes next, and where. */
export interface Departure<Place> {
  readonly delivery: Delivery;
  readonly shipment: Shipment;
  readonly place: Place;
}

/** Decides whose bytes go next. Small transfers first, in the order of their offers: a photo overtakes a film. Large ones take turns. */
export class Scheduler {
  /** The number of the transfer whose frame went last. */
  #turn = 0;

  /**
   * The next frame of these transfers; null when nothing is ready, or no more may be on its way. `free` gives a place on a lane, when there is
   * one for something that takes no more than such a share of what may be on its way; `remaining` is what all of them have left, in bytes.
   */
  next<Place extends { readonly most: number }>(
    open: Iterable<Delivery>,
    free: (remaining: number, share: number) => Place | null,
  ): Departure<Place> | null {
    const order = this.#inOrder([...open]);
    const remaining = order.reduce((sum, delivery) => sum + delivery.remaining, 0);
    const urgent = order.some((delivery) => delivery.urgent);
    for (const delivery of order) {
      const place = free(remaining, urgent && isLarge(delivery) ? BESIDE_URGENT : 1);
      const shipment = place && delivery.next(place.most);
      if (!shipment) continue;
      this.#turn = delivery.no;
      return { delivery, shipment, place };
    }
    return null;
  }

  #inOrder(open: readonly Delivery[]): Delivery[] {
    const small = open.filter((delivery) => !isLarge(delivery));
    const large = open.filter(isLarge);
    const next = large.findIndex(({ no }) => no > this.#turn);
    return next < 0 ? [...small, ...large] : [...small, ...large.slice(next), ...large.slice(0, next)];
  }
}

/** Whether it keeps out of the way of small things. */
export function isLarge({ outgoing }: Delivery): boolean {
  return outgoing.header.size >= LARGE_FILE;
}
