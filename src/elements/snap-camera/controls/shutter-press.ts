/** In ms: how long the shutter must be held. Shorter than the system's own long press. */
const HOLD = 450;

/**
 * Tells a press of the shutter from a long one. A long press acts while the finger is still down,
 * so that it is felt; the click that follows when the finger is lifted is ignored. Keyboards and
 * screen readers only click.
 */
export class ShutterPress {
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #held = false;
  #down = false;

  /** `changed` is called when `down` has changed. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether the shutter is being held. */
  get down(): boolean {
    return this.#down;
  }

  /** The listeners of a shutter that calls `act`. */
  listeners(act: (long: boolean) => void): {
    readonly down: (event: PointerEvent) => void;
    readonly up: () => void;
    readonly click: (event: MouseEvent) => void;
    readonly menu: (event: Event) => void;
  } {
    return {
      down: ({ button }) => {
        // A second finger changes nothing: a press that is one already stays as long as it was.
        if (button !== 0 || this.#down) return;
        this.#held = false;
        this.#set(true);
        this.#timer = setTimeout(() => {
          this.#held = true;
          this.#set(false);
          act(true);
        }, HOLD);
      },
      up: () => this.release(),
      click: ({ detail }) => {
        this.release();
        // Without a pointer, no press can have been a long one.
        if (!this.#held || detail === 0) act(false);
        this.#held = false;
      },
      // Android opens a menu on a long press, and ends it by that.
      menu: (event) => event.preventDefault(),
    };
  }

  /** Ends a press that has not become a long one. */
  release(): void {
    clearTimeout(this.#timer);
    this.#set(false);
  }

  #set(down: boolean): void {
    if (down === this.#down) return;
    this.#down = down;
    this.#changed();
  }
}
