/** A hub, as the others of its page see it who want into the same room. */
export interface Occupant {
  /** Whether its element is in a document. */
  readonly present: boolean;
  /** Its element has left the document for good. */
  depart(): void;
  /** The room that it waits for is free. */
  free(): void;
}

interface Place<Hub> {
  holder: Hub | null;
  /** Those that want in, the first to come first. */
  readonly waiting: Set<Hub>;
}

/**
 * Which of a page's hubs is in which room. One in each: two would be two members of the same name
 * and id.
 */
export class Occupancy<Hub extends Occupant> {
  readonly #rooms = new Map<string, Place<Hub>>();

  /**
   * Asks for the place in the room with that code. `yours`, or:
   *
   * - `taken`: by a hub that is in the page. Whoever has asked is told when that goes.
   * - `leaving`: by one that is not in the page just now. If the page is only moving it, it is back
   *   by the end of the task.
   */
  ask(code: string, hub: Hub): 'yours' | 'taken' | 'leaving' {
    const place = this.#rooms.get(code) ?? { holder: null, waiting: new Set() };
    this.#rooms.set(code, place);
    if (place.holder && place.holder !== hub) {
      place.waiting.add(hub);
      return place.holder.present ? 'taken' : 'leaving';
    }
    place.waiting.delete(hub);
    place.holder = hub;
    return 'yours';
  }

  /** The one that has it gives way, if its element is still out of the page. */
  review(code: string): void {
    const holder = this.holder(code);
    if (holder && !holder.present) holder.depart();
  }

  holder(code: string): Hub | null {
    return this.#rooms.get(code)?.holder ?? null;
  }

  /** Who has waited for the place longest, and is in the page. */
  heir(code: string): Hub | null {
    return [...(this.#rooms.get(code)?.waiting ?? [])].find(({ present }) => present) ?? null;
  }

  /** `hub` has the place from now on, and not `other`. */
  pass(code: string, hub: Hub, other: Hub): void {
    const place = this.#rooms.get(code);
    if (!place) return;
    place.holder = hub;
    place.waiting.delete(other);
  }

  /** `hub` neither has the place nor waits for it. */
  vacate(code: string, hub: Hub): void {
    const place = this.#rooms.get(code);
    if (!place) return;
    place.waiting.delete(hub);
    if (place.holder === hub) place.holder = null;
    if (place.holder) return;
    if (place.waiting.size === 0) this.#rooms.delete(code);
    else this.heir(code)?.free();
  }
}
