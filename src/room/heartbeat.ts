import { SnapError } from '../errors.js';
import type { Connection } from '../peer/channel.js';
import { after, type Clock } from '../timing/clock.js';
import type { PingMessage } from './messages.js';

/** How often we ask for a sign of life. In ms. */
const INTERVAL = 5_000;
/** The same, for a member that newcomers depend on. In ms. */
const CLOSE_INTERVAL = 1_000;
/**
 * After this much silence, beyond the round trip, newcomers can no longer rely on a closely watched
 * member: two pings went unanswered. In ms.
 */
const QUIET_AFTER = 2_500;
/** After this much silence a second connection is worth having. In ms. */
const SUSPECT_AFTER = 7_000;
/**
 * After this much silence a connection is dead: we notice a crashed tab within 16 s, as Chromium's
 * own "failed" state does. In ms.
 */
const DEAD_AFTER = 15_000;
/**
 * How long a connection has to answer, beyond the round trip, after this tab slept or the network
 * changed. In ms.
 */
const GRACE = 5_000;
/** How many recent round trips we keep: 50 s worth, or more. */
const REMEMBERED = 10;
/**
 * The first round trips coincide with loading a page. The smallest of three tells what the path
 * takes.
 */
const ENOUGH = 3;
/** How many pings may be unanswered. One that is that far behind will never be answered. */
const MOST_ASKED = 20;

/**
 * Monitors one connection: whether the peer is alive, and the round trip. WebRTC alone takes 16 s
 * to report that the other tab has crashed, and PeerJS never does. Any message counts as a sign of
 * life, because a large transfer can delay a pong.
 */
export class Heartbeat {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #send: (message: PingMessage) => void;
  readonly #onquiet: () => void;
  readonly #roundTrips: number[] = [];
  #number = 0;
  /** When we sent each unanswered ping, by its number. On a long path several are in flight. */
  readonly #sentAt = new Map<number, number>();
  #close = false;
  #wasQuiet = false;
  /** Silence before this moment does not count: this tab was asleep, or rarely pinged. */
  #since = 0;
  /** When we last demanded an answer within {@link GRACE}. */
  #challengedAt = -Infinity;
  #cancel: () => void = () => {};

  /** `onquiet` is called when {@link Heartbeat.quiet} becomes true. */
  constructor(
    connection: Connection,
    context: { clock: Clock; send: (message: PingMessage) => void; onquiet: () => void },
  ) {
    this.#connection = connection;
    this.#clock = context.clock;
    this.#send = context.send;
    this.#onquiet = context.onquiet;
  }

  /** The smallest recent round trip, in ms; 0 before the first answer. */
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

  /** Sets whether to watch the peer closely, because newcomers depend on it. */
  watch(close: boolean): void {
    if (close === this.#close) return;
    this.#close = close;
    this.#since = this.#clock.now();
    this.#ping();
    this.#schedule(this.#interval);
  }

  /** Pings now. Without an answer, the connection is dead in {@link GRACE} ms. */
  check(): void {
    this.#since = this.#challengedAt = this.#clock.now();
    this.#ping();
    this.#schedule(Math.min(GRACE, this.#interval));
  }

  /** Handles a pong. Returns whether the round trip has been updated. */
  pong(number: number): boolean {
    const sentAt = this.#sentAt.get(number);
    if (sentAt === undefined) return false;
    // Pongs come in order, so earlier pings will not be answered any more.
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
    // This tab was frozen, or the machine slept: messages may still wait to be read.
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
    // Rounded up: a timer takes whole milliseconds, and must not fire early.
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
