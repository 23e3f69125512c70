import { withTimeout } from '../../timing/abortable.js';
import { TokenBucket } from '../../timing/token-bucket.js';
import type { Transfer } from '../transfer.js';
import { FRUITLESS_REFILL, MAX_FRUITLESS } from '../wire/messages.js';
import { sizeClass } from '../wire/size-class.js';

/**
 * How many bytes one peer may have on their way to us at once, by class of size. Enough to keep any
 * path busy, and little enough that one peer cannot take the memory, or the disk, that all share.
 */
const CAPACITY = [4_194_304, 4_194_304, 16_777_216, 16_777_216, 67_108_864] as const;
/**
 * The most bytes that one transfer counts for: a larger one goes to disk and takes no more memory.
 */
const MAX_WEIGHT = 33_554_432;

/**
 * An earlier transfer with less than this many times our size still to come counts as similar: the
 * sender sends it first, so it will be here as soon as ours.
 */
const SIMILAR = 2;
/** Sizes below this many bytes make no difference to that. */
const SMALLEST = 32_768;
/** How long, in ms, a complete transfer waits for an earlier one that is much larger… */
const MAX_WAIT = 1500;
/** …and only if that one seems to need no longer than this, in ms. */
const SOON = 2000;

/** What the queue reads of a transfer. */
export type Queued = Pick<Transfer, 'size' | 'loaded'>;

interface Entry {
  readonly sizeClass: number;
  readonly weight: number;
  stage: 'offered' | 'waiting' | 'admitted' | 'complete';
  /** Whether it has a connection to come over. */
  connected: boolean;
  /** Lets it in. */
  admit: () => void;
}

/** A transfer that was admitted and is connected: its place in the order of delivery. */
interface Turn {
  /** From when on its bytes could come: as `performance.now()`. */
  readonly since: number;
  /** Resolves when later transfers no longer wait for it. */
  readonly over: Promise<void>;
  readonly end: () => void;
}

/**
 * Decides when the transfers of one peer may begin, and in which order they are delivered. One
 * queue serves all connections of the peer, so that reconnecting gains nothing.
 *
 * A transfer first waits for capacity: {@link admit}. It holds that from then on while it is
 * connected, until its bytes are {@link complete}. Small files have capacity of their own: a photo
 * never waits for a film.
 *
 * Then it waits for its {@link turn}, so that photos are delivered in the order in which they were
 * taken, whichever is complete first; but not for long behind something much larger. Only admitted
 * transfers count in that order: otherwise a transfer could wait for one that waits for its
 * capacity. A transfer that has lost its connection holds up nobody, as it may never continue.
 */
export class AdmissionQueue {
  /** Offers that come to nothing. Those that are delivered are given back. */
  readonly offers = new TokenBucket(MAX_FRUITLESS, FRUITLESS_REFILL);
  readonly #entries = new Map<Queued, Entry>();
  /** In the order in which they asked. */
  readonly #waiting = new Map<Queued, Entry>();
  /** In the order in which they are delivered. */
  readonly #turns = new Map<Queued, Turn>();

  /**
   * It comes over a new connection. If it was admitted before, it has its capacity back at once,
   * even beyond the limit: it may hold that much already.
   */
  connect(transfer: Queued): void {
    const entry = this.#entries.get(transfer) ?? newEntry(transfer);
    this.#entries.set(transfer, entry);
    entry.connected = true;
    if (entry.stage === 'admitted' || entry.stage === 'complete') this.#lineUp(transfer);
  }

  /** Resolves when there is capacity for it, or once it was removed. */
  admit(transfer: Queued): Promise<void> {
    return new Promise((resolve) => {
      const entry = this.#entries.get(transfer);
      if (!entry) return resolve();
      entry.stage = 'waiting';
      entry.admit = resolve;
      this.#waiting.set(transfer, entry);
      this.#admitNext();
    });
  }

  /** Its connection is gone, and it may never continue: others need not wait for it. */
  disconnect(transfer: Queued): void {
    const entry = this.#entries.get(transfer);
    if (!entry) return;
    entry.connected = false;
    this.#endTurn(transfer);
    this.#admitNext();
  }

  /** All its bytes are here: its capacity goes to others. */
  complete(transfer: Queued): void {
    const entry = this.#entries.get(transfer);
    if (entry) entry.stage = 'complete';
    this.#admitNext();
  }

  /**
   * Resolves when it may be delivered: what came before it over its connection has ended, or is too
   * much to wait for, or the connection is gone.
   */
  async turn(transfer: Queued): Promise<void> {
    const own = this.#turns.get(transfer);
    if (!own) return;
    const similar: Promise<void>[] = [];
    const larger: Promise<void>[] = [];
    for (const [earlier, turn] of this.#turns) {
      if (turn === own) break;
      const left = earlier.size - earlier.loaded;
      if (left < SIMILAR * Math.max(transfer.size, SMALLEST)) similar.push(turn.over);
      else if (isSoon(earlier, performance.now() - turn.since)) larger.push(turn.over);
    }
    if (larger.length > 0)
      similar.push(withTimeout(Promise.all(larger), MAX_WAIT, undefined).then(() => undefined));
    await Promise.race([Promise.all(similar), own.over]);
  }

  /** It has ended. */
  remove(transfer: Queued): void {
    this.#entries.get(transfer)?.admit();
    this.#entries.delete(transfer);
    this.#waiting.delete(transfer);
    this.#endTurn(transfer);
    this.#admitNext();
  }

  /** It has lost its connection, and another peer goes on with it, whose queue is `to`. */
  handOver(transfer: Queued, to: AdmissionQueue): void {
    const entry = this.#entries.get(transfer);
    if (!entry) return;
    this.#entries.delete(transfer);
    to.#entries.set(transfer, entry);
    if (this.#waiting.delete(transfer)) to.#waiting.set(transfer, entry);
    this.#admitNext();
    to.#admitNext();
  }

  /** Keeps the order within each class, even if something smaller behind would fit. */
  #admitNext(): void {
    const free: number[] = [...CAPACITY];
    for (const { stage, connected, sizeClass, weight } of this.#entries.values())
      if (stage === 'admitted' && connected) free[sizeClass]! -= weight;
    for (const [transfer, entry] of this.#waiting) {
      const { sizeClass, weight, connected } = entry;
      if (weight > free[sizeClass]!) {
        free[sizeClass] = -Infinity;
        continue;
      }
      this.#waiting.delete(transfer);
      entry.stage = 'admitted';
      if (connected) {
        free[sizeClass]! -= weight;
        this.#lineUp(transfer);
      }
      entry.admit();
    }
  }

  #lineUp(transfer: Queued): void {
    if (this.#turns.has(transfer)) return;
    let end!: () => void;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.#turns.set(transfer, { since: performance.now(), over, end });
  }

  #endTurn(transfer: Queued): void {
    this.#turns.get(transfer)?.end();
    this.#turns.delete(transfer);
  }
}

function newEntry({ size }: Queued): Entry {
  return {
    sizeClass: sizeClass(size),
    weight: Math.min(size, MAX_WEIGHT),
    stage: 'offered',
    connected: false,
    admit: () => undefined,
  };
}

/** Whether the rest of it will be here soon, at the rate of its first `elapsed` ms. */
function isSoon({ size, loaded }: Queued, elapsed: number): boolean {
  return loaded === 0 || ((size - loaded) * elapsed) / loaded < SOON;
}
