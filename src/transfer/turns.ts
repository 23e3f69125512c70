/**
 * The order in which small things from one sender arrive over one connection: photos come as they were taken, whichever is whole first.
 * What is awaited from an earlier connection holds nothing up: it may never come.
 */
export class Turns {
  readonly #over: Promise<void>;
  #end!: () => void;
  #last: Promise<unknown> = Promise.resolve();
  readonly #places = new WeakMap<object, Promise<unknown>>();

  constructor() {
    this.#over = new Promise((resolve) => (this.#end = resolve));
  }

  /** Takes the next place for a transfer that has none yet. Resolves when it is its turn. */
  take(transfer: { readonly finished: Promise<unknown> }): Promise<unknown> {
    const known = this.#places.get(transfer);
    if (known) return known;
    const turn = this.#last;
    const ended = transfer.finished.catch(() => undefined);
    this.#last = turn.then(() => Promise.race([ended, this.#over]));
    this.#places.set(transfer, turn);
    return turn;
  }

  /** The connection is gone: what is whole need not wait any longer. */
  end(): void {
    this.#end();
  }
}
