/** Room for what one peer announces. What does not fit any more waits, in its order. */
export class WaitingLine {
  readonly #room: number;
  readonly #inside = new Map<object, number>();
  readonly #waiting = new Map<object, { weight: number; enter: () => void }>();

  /** `room` in bytes. */
  constructor(room: number) {
    this.#room = room;
  }

  /**
   * Resolves when `holder` is in, or has left before it was. `weight` in bytes, at most all of the
   * room.
   */
  enter(holder: object, weight: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(holder, { weight, enter: resolve });
      this.#admit();
    });
  }

  /** Comes in again at once, having been in before: it holds already what there is room for. */
  reenter(holder: object, weight: number): void {
    this.#inside.set(holder, weight);
  }

  leave(holder: object): void {
    this.#waiting.get(holder)?.enter();
    this.#waiting.delete(holder);
    this.#inside.delete(holder);
    this.#admit();
  }

  #admit(): void {
    let taken = [...this.#inside.values()].reduce((sum, each) => sum + each, 0);
    for (const [holder, { weight, enter }] of this.#waiting) {
      taken += weight;
      if (taken > this.#room) return;
      this.#waiting.delete(holder);
      this.#inside.set(holder, weight);
      enter();
    }
  }
}
