/**
 * Fires `input` and `change` like an `<input type=file>`: when items have come or gone, once the
 * form has the new value, and not for a reset of the form, which is not the person's input.
 */
export class FormEvents {
  readonly #host: HTMLElement;
  /** Whether the form was reset, and its items are still to go. */
  #resets = false;
  #due = false;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** The form was reset, and `count` items are to go. */
  reset(count: number): void {
    this.#resets = count > 0;
  }

  /** The items have changed; `added`: how many have come. */
  changed(added: number): void {
    this.#due = added > 0 || !this.#resets;
    this.#resets = false;
  }

  /** The form has the value of now. */
  updated(): void {
    if (!this.#due) return;
    this.#due = false;
    this.#host.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.#host.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
