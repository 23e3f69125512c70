import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import { after, type Clock } from '../timing/clock.js';
import type { PingMessage } from './messages.js';

/** How often a sign of life is asked for. In ms. */
const INTERVAL = 5_000;
/** The same from a member that newcomers depend on. In ms. */
const CLOSE_INTERVAL = 1_000;
/**
 * Silence, beside the way there and back, after which a member that is watched closely may no
 * longer be counted on for newcomers. Two pings went unanswered. In ms.
 */
const QUIET_AFTER = 2_500;
/** Silence after which a connection is worth a second one beside it. In ms. */
const SUSPECT_AFTER = 7_000;
/**
 * Silence after which a connection is dead: a crashed tab is noticed within 16 s, as Chromium's own
 * "failed" does. In ms.
 */
const DEAD_AFTER = 15_000;
/**
 * What a connection gets to answer, beside the way there and back, after we ourselves have slept,
 * or the network has changed. In ms.
 */
const GRACE = 5_000;
/** Round trips of this many pings are looked back on: 50 s at least. */
const REMEMBERED = 10;
/**
 * The first round trips fall into the work of loading a page: the smallest of three tells the path.
 */
const ENOUGH = 3;
/**
 * Pings whose answers are awaited: one that is not answered while so many more are sent never will
 * be.
 */
const MOST_ASKED = 20;

/**
 * The sign of life of one connection, and its round trip. WebRTC alone does not tell that the other
 * tab has crashed until 16 s later, and PeerJS never does. Any message counts as life: behind a
 * large transfer a pong may be late.
 */
export class Heartbeat {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #send: (message: PingMessage) => void;
  readonly #onquiet: () => void;
  readonly #roundTrips: number[] = [];
  #number = 0;
  /**
   * When each ping that has not been answered yet was sent, by its number: on a long path several
   * are on their way.
   */
  readonly #sentAt = new Map<number, number>();
  #close = false;
  #wasQuiet = false;
  /** Silence before this moment is not held against it: we were not there, or did not ask often. */
  #since = 0;
  /** When it was asked to answer within {@link GRACE}. */
  #challengedAt = -Infinity;
  #cancel: () => void = () => {};

  /** `onquiet` is called when {@link Heartbeat.quiet} has become true. */
  constructor(
    connection: Connection,
    context: { clock: Clock; send: (message: PingMessage) => void; onquiet: () => void },
  ) {
    this.#connection = connection;
    this.#clock = context.clock;
    this.#send = context.send;
    this.#onquiet = context.onquiet;
  }

  /** In ms, the smallest of late; 0 before the first answer. */
  get roundTrip(): number {
    return this.#roundTrips.length > 0 ? Math.min(...this.#roundTrips) : 0;
  }

  get quiet(): boolean {
    return this.#close && this.#silence() >= QUIET_AFTER + this.roundTrip;
  }

  get suspect(): boolean {
    return this.#silence() >= SUSPECT_AFTER;
  }

  start(): void {
    this.#since = this.#clock.now();
    this.#ping();
    this.#schedule(this.#interval);
  }

  /** Whether to look after it closely: newcomers depend on it. */
  watch(close: boolean): void {
    if (close === this.#close) return;
    this.#close = close;
    this.#since = this.#clock.now();
    this.#ping();
    this.#schedule(this.#interval);
  }

  /** Pings now; without an answer the connection is dead in {@link GRACE} ms. */
  check(): void {
    this.#since = this.#challengedAt = this.#clock.now();
    this.#ping();
    this.#schedule(Math.min(GRACE, this.#interval));
  }

  /** Returns whether the round trip is known anew. */
  pong(number: number): boolean {
    const sentAt = this.#sentAt.get(number);
    if (sentAt === undefined) return false;
    // Pongs come in order: what was asked before will not be answered any more.
    for (const earlier of this.#sentAt.keys()) if (earlier <= number) this.#sentAt.delete(earlier);
    this.#roundTrips.push(this.#clock.now() - sentAt);
    if (this.#roundTrips.length > REMEMBERED) this.#roundTrips.shift();
    if (this.#roundTrips.length >= ENOUGH) return true;
    this.#ping();
    return false;
  }

  get #interval(): number {
    return this.#close ? CLOSE_INTERVAL : INTERVAL;
  }

  #schedule(delay: number): void {
    this.#cancel();
    const due = this.#clock.now() + delay;
    this.#cancel = after(this.#clock, delay, this.#connection.closed, () => this.#beat(due));
  }

  #beat(due: number): void {
    // This tab was frozen, or the machine slept: what was sent to us meanwhile is yet to be read.
    if (this.#clock.now() - due > INTERVAL) {
      this.check();
      return;
    }
    const silence = this.#silence();
    const limit = this.#connection.heardAt < this.#challengedAt ? GRACE + this.roundTrip : DEAD_AFTER;
    if (silence >= limit) {
      this.#connection.close(new SnapError('peer-lost', { detail: `silent for ${Math.round(silence)} ms` }));
      return;
    }
    this.#ping();
    // Rounded up: a timer takes whole milliseconds, and must not come a fraction of one too early.
    this.#schedule(Math.min(this.#interval, Math.ceil(limit - silence)));
    this.#tellQuiet();
  }

  #tellQuiet(): void {
    const { quiet } = this;
    if (quiet && !this.#wasQuiet) this.#onquiet();
    this.#wasQuiet = quiet;
  }

  #silence(): number {
    return this.#clock.now() - Math.max(this.#connection.heardAt, this.#since);
  }

  #ping(): void {
    this.#number += 1;
    this.#sentAt.set(this.#number, this.#clock.now());
    if (this.#sentAt.size > MOST_ASKED) this.#sentAt.delete(this.#sentAt.keys().next().value!);
    this.#send({ type: 'ping', number: this.#number });
  }
}
