import type { Transfer } from '../transfer.js';

/**
 * What has less than so many times the size of another to come will be here as soon as that: its
 * sender sends the first one first.
 */
const ALIKE = 2;
/** In bytes: what is smaller is as good as this. */
const NEXT_TO_NOTHING = 32_768;
/** In ms: who is here waits for so long for one that is not much smaller. */
const MOST_WAIT = 1500;
/** In ms: and only when it seems to come within this time. */
const SOON = 2000;

/** What is known of a transfer that may have to come first. */
type Coming = Pick<Transfer, 'finished' | 'ended' | 'size' | 'loaded'>;

/**
 * The order in which things from one sender arrive over one connection: photos come as they were
 * taken, whichever is whole first. But none is kept from the page for long because something larger
 * was sent before it. What is awaited from an earlier connection holds nothing up: it may never
 * come.
 */
export class Turns {
  readonly #over: Promise<void>;
  #end!: () => void;
  /** In order, with the moment in ms at which each could begin to come. */
  readonly #places = new Map<Coming, number>();

  constructor() {
    this.#over = new Promise((resolve) => (this.#end = resolve));
  }

  /** Takes the next place for a transfer that has none yet. */
  take(transfer: Coming): void {
    for (const each of this.#places.keys()) if (each.ended) this.#places.delete(each);
    if (!this.#places.has(transfer)) this.#places.set(transfer, performance.now());
  }

  /** It is whole. Resolves when it is its turn. */
  async of(transfer: Coming): Promise<void> {
    const [alike, larger]: Promise<unknown>[][] = [[], []];
    for (const [each, since] of this.#places) {
      if (each === transfer) break;
      if (each.ended) continue;
      const left = each.size - each.loaded;
      const ended = each.finished.catch(() => undefined);
      if (left < ALIKE * Math.max(transfer.size, NEXT_TO_NOTHING)) alike!.push(ended);
      else if (each.loaded === 0 || (left * (performance.now() - since)) / each.loaded < SOON)
        larger!.push(ended);
    }
    await Promise.race([Promise.all([...alike!, inTime(larger!)]), this.#over]);
  }

  /** The connection is gone: what is whole need not wait any longer. */
  end(): void {
    this.#end();
  }
}

/** Resolves when all have, or have been waited for long enough. */
async function inTime(all: readonly Promise<unknown>[]): Promise<void> {
  if (all.length === 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, MOST_WAIT)));
  await Promise.race([Promise.all(all), patience]);
  clearTimeout(timer);
}
