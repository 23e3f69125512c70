import { SnapError } from '../../errors.js';
import type { Channel, LaneSource } from '../../peer/channel.js';
import type { Chunk, ChunkOwner } from './chunk.js';
import { Controller } from './controller.js';
import type { Snapshot } from './controller.js';
import { payloadSize } from '../wire/frame-size.js';
import type { DataFrame } from '../wire/frames.js';
import { InFlight } from './in-flight.js';
import { Lane } from './lane.js';
import { Resend } from './resend.js';

/** What a set of lanes asks of its link. */
export interface LaneSetEvents {
  data(frame: DataFrame): void;
  /** What came over a lane breaks the protocol. */
  violated(thrown: unknown): void;
  /** There may be room for more. */
  wake(): void;
}

/**
 * Lanes opened before anybody asks, on a path long enough to be slow with one. Opening takes some
 * six round trips.
 */
const AHEAD = 4;
/** In bytes: a transfer with more to go than this is worth as many lanes as there may be. */
const WORTH_LANES = 524_288;
/**
 * In bytes: a lane with less on its way has nothing behind a lost packet that would tell of the
 * loss before a timer does.
 */
const WORTH_A_LANE = 8192;
/**
 * In bytes: every WebRTC stack takes 16 KiB. A lane that takes next to nothing would keep the page
 * busy with nothing.
 */
const SMALLEST_PAYLOAD = 8192;
/**
 * In bytes: what every lane lets out at once, ten packets in Chromium (`cwnd_mtus_initial` in
 * net/dcsctp/public/dcsctp_options.h).
 */
const FIRST_WINDOW = 12_000;
/** Those of this page that have something on its way: they share an uplink. */
const sending = new Set<LaneSet>();
/** In ms: nobody keeps out of the way of an offer for longer, whatever the path is like. */
const MOST_WAIT = 10_000;
/**
 * In ms. Lanes that carried nothing for so long are closed: each is a port, timers, and keep-alive
 * packets.
 */
const IDLE = 60_000;

/**
 * The connections to one peer that carry data: the first one, and on a long path more. There one
 * association stays slow: after its first loss its window grows by a packet each round trip
 * (measured at 100 ms: 8 MB take 8 s over one, 0.9 s over sixteen).
 */
export class LaneSet {
  readonly #events: LaneSetEvents;
  readonly #source: LaneSource | null;
  readonly #controller: Controller;
  readonly #main: Lane;
  readonly #more = new Set<Lane>();
  readonly #resend = new Resend(() => this.#events.wake());
  /** When the lanes were last of use, in ms, to either side. */
  #usedAt = 0;
  #prepared = false;
  /** In ms: the last round trip. */
  #latest = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  /** `roundTrip`: what is known of the path, in ms; 0 when nothing is. */
  constructor(channel: Channel, source: LaneSource | null, roundTrip: number, events: LaneSetEvents) {
    this.#events = events;
    this.#source = source;
    this.#controller = new Controller(roundTrip);
    this.#main = this.#lane(channel);
    if (source) source.onlane = (lane) => this.#add(lane);
    const closed = (): void => {
      clearTimeout(this.#idleTimer);
      this.#resend.close();
      sending.delete(this);
    };
    channel.closed.addEventListener('abort', closed, { once: true });
  }

  /** The round trip has been measured: a long path gets lanes before they are needed. */
  prepare(roundTrip: number): void {
    if (this.#prepared || roundTrip <= 0) return;
    this.#prepared = true;
    this.#controller.measured(roundTrip);
    this.#open(AHEAD);
  }

  /**
   * In ms: what a round trip takes just now, behind all that waits; 0 while unknown. What is not
   * confirmed yet tells as much as what is.
   */
  get roundTrip(): number {
    const waiting = [this.#main, ...this.#more].map(({ waitsSince }) => performance.now() - waitsSince);
    return Math.min(MOST_WAIT, Math.max(this.#latest, ...waiting));
  }

  /** Takes a binary message of the first connection. */
  receive(message: Uint8Array): void {
    this.#main.receive(message);
  }

  /**
   * The next free place: a lane, and how much it takes. Null while everything that the path holds
   * is on its way. `remaining`: bytes that wait to be sent. `part`: how much of what the path holds
   * may be taken, from 0 to 1.
   */
  free(remaining: number, part = 1): { lane: Lane; most: number } | null {
    if (!this.#main.open) return null;
    if (remaining > WORTH_LANES) this.#open(Infinity);
    const budget = this.#controller.budget * part;
    const all = this.#inUse();
    const inFlight = this.#inFlight(all);
    const lanes = all.slice(0, Math.max(1, Math.ceil(budget / WORTH_A_LANE)));
    const share = budget / lanes.length;
    // A lane that stands still must not take what the others could carry, nor all of it go to one.
    const able = lanes.filter((each) => each.inFlight < share * 2 && !this.#isKeptClear(each));
    if (able.length === 0) return null;
    const lane = able.reduce((best, each) => (isSooner(each, best) ? each : best));
    const most = payloadSize(share, lane.largestPayload);
    return inFlight === 0 || inFlight + most <= budget ? { lane, most } : null;
  }

  /** Sends a chunk of the transfer with this number. */
  send(lane: Lane, transfer: number, chunk: Chunk, payload: Uint8Array, owner: ChunkOwner): void {
    this.#send(new InFlight(transfer, chunk, owner, this.#snapshot(lane)), lane, payload);
  }

  /** Sends again what has become overdue, over other lanes. */
  resend(): void {
    const inUse = this.#inUse();
    if (inUse.length < 2) return;
    for (const { late, lane } of this.#resend.due([this.#main, ...this.#more], inUse)) {
      const payload = late.bytes;
      if (payload) this.#send(late.again(this.#snapshot(lane)), lane, payload);
    }
  }

  #snapshot(lane: Lane): Snapshot {
    const waits = lane.channel.bufferedAmount > 0;
    return this.#controller.sent(this.#inFlight(this.#inUse()), performance.now(), waits);
  }

  #send(inFlight: InFlight, lane: Lane, payload: Uint8Array): void {
    sending.add(this);
    lane.send(inFlight, payload);
  }

  /**
   * While lanes are being opened their descriptions go over the first connection, and shall not
   * wait for long behind data.
   */
  #isKeptClear(lane: Lane): boolean {
    const opening = lane === this.#main && (this.#source?.count ?? 0) > this.#more.size;
    return opening && !this.#controller.short && lane.inFlight > 0 && backlog(lane) > 1;
  }

  /**
   * The first connection has few bytes to spare for data where there are others: control messages
   * must not wait.
   */
  #inUse(): Lane[] {
    const more = [...this.#more].filter(({ open }) => open);
    return more.length > 1 ? more : [this.#main, ...more];
  }

  #inFlight(lanes: readonly Lane[]): number {
    return lanes.reduce((sum, { inFlight }) => sum + inFlight, 0);
  }

  #open(wanted: number): void {
    if (!this.#source || this.#controller.short || this.#controller.roundTrip === Infinity) return;
    this.#usedAt = performance.now();
    this.#idleTimer ??= setTimeout(() => this.#closeIdle(), IDLE);
    for (let more = Math.min(wanted - this.#source.count, this.#source.available); more > 0; more--)
      this.#source.open();
  }

  #add(channel: Channel): void {
    const lane = this.#lane(channel);
    if (lane.largestPayload < SMALLEST_PAYLOAD) {
      channel.close(new SnapError('peer-protocol', { detail: 'a lane for crumbs' }));
      return;
    }
    channel.onmessage = (message) => {
      try {
        if (typeof message === 'string') throw new SnapError('peer-protocol', { detail: 'a text on a lane' });
        this.#usedAt = performance.now();
        lane.receive(message);
      } catch (thrown) {
        this.#events.violated(thrown);
        return;
      }
      this.#events.wake();
    };
    this.#more.add(lane);
    channel.closed.addEventListener('abort', () => this.#more.delete(lane), { once: true });
    this.#events.wake();
  }

  #lane(channel: Channel): Lane {
    return new Lane(channel, {
      data: (frame) => this.#events.data(frame),
      confirmed: (inFlight) => {
        const { size, snapshot } = inFlight;
        const now = performance.now();
        this.#latest = now - snapshot.at;
        this.#resend.confirmed(inFlight, this.#latest);
        this.#controller.confirmed(size, snapshot, now, sending.size === 1);
        if (this.#inFlight([this.#main, ...this.#more]) === 0) sending.delete(this);
      },
    });
  }

  #closeIdle(): void {
    const rest = this.#usedAt + IDLE - performance.now();
    this.#idleTimer = rest > 0 ? setTimeout(() => this.#closeIdle(), rest) : undefined;
    if (rest <= 0) this.#source?.close();
  }
}

/**
 * How many round trips what waits on a lane will wait: SCTP lets out as much in one as is under way
 * now. On a path that loses packets, lanes differ by a factor of ten, and with equal shares
 * everybody would wait for the slowest.
 */
function backlog(lane: Lane): number {
  const waiting = lane.channel.bufferedAmount;
  return waiting / Math.max(FIRST_WINDOW, lane.inFlight - waiting);
}

function isSooner(one: Lane, other: Lane): boolean {
  const difference = backlog(one) - backlog(other);
  return difference === 0 ? one.inFlight < other.inFlight : difference < 0;
}
