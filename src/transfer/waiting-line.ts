/**
 * Room for what one peer announces. What does not fit any more waits, in its order; something larger than all of the room comes in when
 * nothing else is there.
 */
export class WaitingLine {
  readonly #room: number;
  readonly #inside = new Map<object, number>();
  readonly #waiting = new Map<object, { size: number; enter: () => void }>();

  /** `room` in bytes. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Whether so many bytes would come in at once. */
  admits(size: number): boolean {
    return this.#waiting.size === 0 && this.#fits(size);
  }

  /** Resolves when `holder` is in, or has left before it was. `size` in bytes. */
  enter(holder: object, size: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(holder, { size, enter: resolve });
      this.#admit();
    });
  }

  leave(holder: object): void {
    this.#waiting.get(holder)?.enter();
    this.#waiting.delete(holder);
    this.#inside.delete(holder);
    this.#admit();
  }

  #admit(): void {
    for (const [holder, { size, enter }] of this.#waiting) {
      if (!this.#fits(size)) return;
      this.#waiting.delete(holder);
      this.#inside.set(holder, size);
      enter();
    }
  }

  #fits(size: number): boolean {
    const taken = [...this.#inside.values()].reduce((sum, each) => sum + each, 0);
    return taken === 0 || taken + size <= this.#room;
  }
}
