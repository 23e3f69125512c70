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

/** What a set of lanes tells its link. */
export interface LaneSetEvents {
  data(frame: DataFrame): void;
  /** The peer broke the protocol on a lane. */
  violated(thrown: unknown): void;
  /** More may be sent now. */
  wake(): void;
}

/**
 * Lanes opened in advance, on a path long enough to be slow with one: opening them takes some six
 * round trips.
 */
const AHEAD = 4;
/** In bytes: with more than this left to send, as many lanes are opened as there may be. */
const WORTH_LANES = 524_288;
/**
 * In bytes: a lane with less in flight sends nothing behind a lost packet that would reveal the
 * loss before a timer does.
 */
const WORTH_A_LANE = 8192;
/**
 * In bytes: every WebRTC stack takes 16 KiB. A lane that takes next to nothing would only keep the
 * page busy.
 */
const SMALLEST_PAYLOAD = 8192;
/**
 * In bytes: the initial congestion window of every lane, ten packets in Chromium
 * (`cwnd_mtus_initial` in net/dcsctp/public/dcsctp_options.h).
 */
const FIRST_WINDOW = 12_000;
/** The sets of this page that have something in flight: they share an uplink. */
const sending = new Set<LaneSet>();
/** In ms: nobody makes way for an offer for longer, whatever the path is like. */
const MOST_WAIT = 10_000;
/**
 * In ms: lanes that carried nothing for so long are closed. Each costs a port, timers and
 * keep-alive packets.
 */
const IDLE = 60_000;

/**
 * The connections to one peer that carry data: the first one, and on a long path more. On such a
 * path one association stays slow, because after its first loss its window grows by one packet per
 * round trip (measured at 100 ms: 8 MB take 8 s over one, 0.9 s over sixteen).
 */
export class LaneSet {
  readonly #events: LaneSetEvents;
  readonly #source: LaneSource | null;
  readonly #controller: Controller;
  readonly #main: Lane;
  readonly #more = new Set<Lane>();
  readonly #resend = new Resend(() => this.#events.wake());
  /** When either side last used the lanes, in ms. */
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
   * In ms: what a round trip takes right now, behind everything that waits; 0 while unknown. Chunks
   * that are not confirmed yet count as well: they show how long it takes at least.
   */
  get roundTrip(): number {
    const waiting = [this.#main, ...this.#more].map(({ waitsSince }) => performance.now() - waitsSince);
    return Math.min(MOST_WAIT, Math.max(this.#latest, ...waiting));
  }

  /** Takes a binary message that came over the first connection. */
  receive(message: Uint8Array): void {
    this.#main.receive(message);
  }

  /**
   * The next free place: a lane, and how many bytes it takes. Null while as much is in flight as
   * the path holds. `remaining`: bytes that wait to be sent. `part`: how much of what the path
   * holds may be used, from 0 to 1.
   */
  free(remaining: number, part = 1): { lane: Lane; most: number } | null {
    if (!this.#main.open) return null;
    if (remaining > WORTH_LANES) this.#open(Infinity);
    const budget = this.#controller.budget * part;
    const all = this.#inUse();
    const inFlight = this.#inFlight(all);
    const lanes = all.slice(0, Math.max(1, Math.ceil(budget / WORTH_A_LANE)));
    const share = budget / lanes.length;
    // A stalled lane must not take what the others could carry, nor may one lane take everything.
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
   * While lanes are being opened, their descriptions go over the first connection and must not wait
   * behind much data.
   */
  #isKeptClear(lane: Lane): boolean {
    const opening = lane === this.#main && (this.#source?.count ?? 0) > this.#more.size;
    return opening && !this.#controller.short && lane.inFlight > 0 && backlog(lane) > 1;
  }

  /**
   * Where there are other lanes, the first connection carries no data: control messages must not
   * wait.
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
      channel.close(new SnapError('peer-protocol', { detail: 'a lane for tiny messages' }));
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
 * For how many round trips the backlog of a lane will wait: in one, SCTP sends as much as is under
 * way now. On a path that loses packets, lanes differ by a factor of ten, and with equal shares
 * everything would wait for the slowest.
 */
function backlog(lane: Lane): number {
  const waiting = lane.channel.bufferedAmount;
  return waiting / Math.max(FIRST_WINDOW, lane.inFlight - waiting);
}

function isSooner(one: Lane, other: Lane): boolean {
  const difference = backlog(one) - backlog(other);
  return difference === 0 ? one.inFlight < other.inFlight : difference < 0;
}
