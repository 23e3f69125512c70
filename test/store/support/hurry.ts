/**
 * Whoever waits for so many ms or longer waits for a task only. Returns a function that ends it.
 */
export function hurry(least: number): () => void {
  const later = window.setTimeout.bind(window);
  window.setTimeout = ((step: () => void, ms = 0) => later(step, ms < least ? ms : 0)) as typeof setTimeout;
  return () => (window.setTimeout = later as typeof setTimeout);
}

/**
 * Whoever waits for so many ms or longer waits until `fire` is called, for the last time with
 * `end`.
 */
export function holdTimeout(least: number): { fire: () => void; end: () => void } {
  const [later, never] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
  const waiting = new Map<number, () => void>();
  let last = 1_000_000_000;
  window.setTimeout = ((step: () => void, ms = 0) => {
    if (ms < least) return later(step, ms);
    waiting.set(++last, step);
    return last;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => {
    if (!waiting.delete(id as number)) never(id);
  };
  return {
    fire() {
      for (const step of waiting.values()) step();
      waiting.clear();
    },
    end: () => Object.assign(window, { setTimeout: later, clearTimeout: never }),
  };
}
