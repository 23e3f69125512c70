/**
 * Emits typed events, each with one value, to listeners in the order in which they were added.
 * Unlike an `EventTarget`, it checks what an event carries, and makes no object for each.
 *
 * @example
 * ```ts
 * class Door extends Emitter<{ opened: Date }> {}
 * door.on('opened', (at) => log(at), { signal });
 * ```
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(value: never) => void>>();

  /** Calls `listener` on every `type` until `signal` aborts. */
  on<Type extends keyof Events>(
    type: Type,
    listener: (value: Events[Type]) => void,
    { signal }: { readonly signal: AbortSignal },
  ): void {
    if (signal.aborted) return;
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
  }

  protected emit<Type extends keyof Events>(type: Type, value: Events[Type]): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(value as never);
  }

  /** Drops every listener. */
  protected off(): void {
    this.#listeners.clear();
  }
}
