/** A hub, as seen by the other hubs of its page that want into the same room. */
export interface Occupant {
  /** Whether its element is in a document. */
  readonly present: boolean;
  /** Its element has left the document for good. */
  depart(): void;
  /** The room that it waits for is free. */
  free(): void;
}

interface Room<Hub> {
  holder: Hub | null;
  /** Those that want in, the first to come first. */
  readonly waiting: Set<Hub>;
}

/**
 * Which of a page's hubs is in which room. A room holds one hub of a page: two would be two members
 * of the same name and id.
 */
export class Occupancy<Hub extends Occupant> {
  /** By code. */
  readonly #rooms = new Map<string, Room<Hub>>();

  /**
   * Claims the room with that code for `hub`.
   *
   * - `granted`: `hub` has it.
   * - `taken`: a hub that is in the page has it. `hub` is told when that leaves.
   * - `yielding`: a hub has it that is not in the page just now. If the page is only moving that,
   *   it is back by the end of the task.
   */
  claim(code: string, hub: Hub): 'granted' | 'taken' | 'yielding' {
    const room = this.#rooms.get(code) ?? { holder: null, waiting: new Set() };
    this.#rooms.set(code, room);
    if (room.holder && room.holder !== hub) {
      room.waiting.add(hub);
      return room.holder.present ? 'taken' : 'yielding';
    }
    room.waiting.delete(hub);
    room.holder = hub;
    return 'granted';
  }

  /** Makes the hub that has the room leave it, if its element is still out of the page. */
  review(code: string): void {
    const holder = this.holder(code);
    if (holder && !holder.present) holder.depart();
  }

  holder(code: string): Hub | null {
    return this.#rooms.get(code)?.holder ?? null;
  }

  /** The hub in the page that has waited longest for the room, or null. */
  firstWaiting(code: string): Hub | null {
    return [...(this.#rooms.get(code)?.waiting ?? [])].find(({ present }) => present) ?? null;
  }

  /** Gives the room to `hub`, which goes on in place of `other`. */
  pass(code: string, hub: Hub, other: Hub): void {
    const room = this.#rooms.get(code);
    if (!room) return;
    room.holder = hub;
    room.waiting.delete(other);
  }

  /** `hub` leaves the room, or stops waiting for it. Frees it for the next. */
  vacate(code: string, hub: Hub): void {
    const room = this.#rooms.get(code);
    if (!room) return;
    room.waiting.delete(hub);
    if (room.holder === hub) room.holder = null;
    if (room.holder) return;
    if (room.waiting.size === 0) this.#rooms.delete(code);
    else this.firstWaiting(code)?.free();
  }
}
