/**
 * The congestion controller: how many bytes may be in flight to one peer, over all lanes. That is
 * as much as the path holds, and no more.
 *
 * It knows only confirmations and their times. The rate at which bytes are confirmed, times the
 * smallest round trip seen, is what the path itself holds (BBR's model: Cardwell et al., ACM Queue
 * 14(5), 2016). Everything beyond waits in some queue, where a call on the same uplink waits as
 * well. So the budget is what the path holds and a little more, counted in time: `QUEUE`. It is
 * delay-based: it ignores loss and shrinks on late confirmations, unless they turn out to have
 * another cause.
 *
 * Times are in ms and come from the caller: the same events give the same decisions.
 */
export class Controller {
  #minRoundTrip: number;
  /**
   * In ms: by how much the path seems to have become longer since its smallest round trip.
   */
  #longer = 0;
  #delivered = 0;
  /** The best rate of each of the last rounds, in bytes per ms. */
  #rates: number[] = [];
  #starting = true;
  /** Rounds in a row in which the start has not become faster. */
  #plateaus = 0;
  #shrunk = false;
  /** Rounds in a row without a noticeable wait. */
  #clear = 0;
  /** Whether the previous round was late. */
  #late = false;
  /** The last late round, with its budget. */
  #lastLate: { budget: number; rate: number; roundTrip: number } | null = null;
  /**
   * Since when every confirmation has come far too late, and how many did; null while they come in
   * time.
   */
  #standing: { readonly since: number; count: number } | null = null;
  /** In ms: when the budget last shrank. What was sent before is no reason to shrink again. */
  #shrunkAt = -Infinity;
  #round: Round = { until: 0, rate: 0, roundTrip: Infinity, full: false };
  #budget: number;

  /** `roundTrip`: what is known of the path from before, in ms; 0 when nothing is. */
  constructor(roundTrip = 0) {
    this.#minRoundTrip = roundTrip > 0 ? roundTrip : Infinity;
    this.#budget = this.short ? START.short : START.long;
  }

  /** In bytes. */
  get budget(): number {
    return this.#budget;
  }

  /** The smallest round trip seen, in ms; `Infinity` before the first confirmation. */
  get roundTrip(): number {
    return this.#minRoundTrip;
  }

  /** The best recent rate, in bytes per ms. */
  get rate(): number {
    return Math.max(0, ...this.#rates, this.#round.rate);
  }

  /** Whether the path stays within a machine or a building: one connection fills it. */
  get short(): boolean {
    return this.#minRoundTrip < SHORT_ROUND_TRIP;
  }

  /**
   * The round trip was measured elsewhere, in ms. Before the first confirmation it decides the
   * first budget.
   */
  measured(roundTrip: number): void {
    this.#minRoundTrip = Math.min(this.#minRoundTrip, roundTrip);
    if (this.#delivered === 0) this.#budget = this.short ? START.short : START.long;
  }

  /**
   * Something is handed to a lane, with `inFlight` bytes in flight before it. `waits`: the lane
   * itself holds it back, as SCTP sends no more right now. Keep the snapshot for `confirmed`.
   */
  sent(inFlight: number, now: number, waits = false): Snapshot {
    return { at: now, delivered: this.#delivered, full: inFlight >= this.#budget / 2, waits };
  }

  /**
   * `bytes` sent with this snapshot are confirmed. `alone`: no other sender of this page fills the
   * same uplink.
   */
  confirmed(bytes: number, snapshot: Snapshot, now: number, alone = true): void {
    const roundTrip = Math.max(now - snapshot.at, 0.05);
    // On a slow path the bytes themselves take time, which is no sign of a queue.
    const own = this.rate > 0 ? bytes / this.rate : 0;
    this.#delivered += bytes;
    this.#minRoundTrip = Math.min(this.#minRoundTrip, roundTrip);
    this.#longer = Math.min(this.#longer, roundTrip - this.#minRoundTrip);
    const round = this.#round;
    // What waits in this browser says nothing about the queue of the path.
    if (!snapshot.waits) round.roundTrip = Math.min(round.roundTrip, roundTrip - own);
    round.full ||= snapshot.full;
    round.rate = Math.max(round.rate, (this.#delivered - snapshot.delivered) / roundTrip);
    this.#mindStanding(roundTrip - own, snapshot, now);
    // On a long path the first flight is one round: SCTP itself starts slowly.
    if (snapshot.delivered >= Math.max(round.until, this.short ? 0 : 1)) this.#endRound(alone);
  }

  /** In ms: what a round trip takes while nothing waits. */
  get #unloaded(): number {
    return this.#minRoundTrip + this.#longer;
  }

  /** Not in the first round, in which the first bytes of all lanes arrive at once. */
  get #isDoubling(): boolean {
    return this.#starting && !this.short && this.#rates.length > 1;
  }

  /**
   * A path that falls to a fraction of its rate takes seconds to end the round that would show it.
   * When no confirmation comes in time any more, for longer than a busy page explains, the budget
   * shrinks at once: whatever is sent now waits behind everything in flight.
   */
  #mindStanding(roundTrip: number, snapshot: Snapshot, now: number): void {
    if (snapshot.waits) return;
    const { late, count, time } = this.#isDoubling ? OVERSHOT : STANDING;
    const most = this.#isDoubling ? this.#unloaded : 2 * this.#unloaded;
    if (roundTrip < most + late || snapshot.at <= this.#shrunkAt) {
      this.#standing = null;
      return;
    }
    this.#standing ??= { since: now, count: 0 };
    this.#standing.count++;
    if (this.#standing.count < count || now - this.#standing.since < time) return;
    this.#standing = null;
    this.#shrunkAt = now;
    this.#starting = false;
    this.#shrink(roundTrip);
  }

  #endRound(alone: boolean): void {
    const { rate, roundTrip, full } = this.#round;
    this.#round = { until: this.#delivered, rate: 0, roundTrip: Infinity, full: false };
    const before = Math.max(0, ...this.#rates);
    // A sender with little to send does not show what the path could do.
    if (!full && rate <= before) return;
    this.#rates = [...this.#rates.slice(1 - ROUNDS), rate];
    // The quickest confirmation of a round counts: one that lost a packet is late without a
    // queue.
    const waited = roundTrip === Infinity ? 0 : roundTrip - this.#unloaded;
    if (waited > QUEUE && !this.#shrunk && alone && this.#inVain(rate, roundTrip))
      this.#longer = Math.min(LONGER, roundTrip - this.#minRoundTrip);
    const wait = roundTrip === Infinity ? 0 : roundTrip - this.#unloaded;
    const late = wait > QUEUE;
    if (!late) this.#lastLate = null;
    const hiccup = late && !this.#late && wait < HICCUP && this.short;
    this.#late = late;
    if (this.#starting) {
      this.#plateaus = rate > before * GAINING ? 0 : this.#plateaus + 1;
      this.#starting = this.#plateaus < PLATEAUS && (!late || hiccup);
    }
    if (this.#shrunk) this.#shrunk = false;
    else if (late && !hiccup) this.#shrink(roundTrip);
    else if (full && !late) this.#grow(wait);
    if (late) this.#clear = 0;
  }

  /**
   * The start may have ended far below what the path holds, because a page was busy. If nothing
   * waits for several rounds, the growth doubles, as in the start.
   */
  #grow(wait: number): void {
    this.#clear = wait < CLEAR && !this.#starting ? this.#clear + 1 : 0;
    const growth = Math.min(1, GROWTH * 2 ** Math.max(0, this.#clear - CLEAR_ROUNDS));
    const steady = this.#budget * (1 + growth * (1 - wait / QUEUE)) + STEP;
    this.#set(this.#starting ? this.#budget * 2 : steady);
  }

  /**
   * Whether shrinking did not help: less was in flight, as much less came through, and as late as
   * before. With a queue of our own, as much would have come through, and earlier. So either the
   * path has become longer, or others fill what we leave: other senders of this page, which we know
   * of, or other devices, because of which we believe only so much (`LONGER`).
   */
  #inVain(rate: number, roundTrip: number): boolean {
    const before = this.#lastLate;
    this.#lastLate = { budget: this.#budget, rate, roundTrip };
    if (!before) return false;
    const left = this.#budget / before.budget;
    const isLess = left < GIVEN_WAY && rate < before.rate * ((1 + left) / 2);
    return isLess && Math.abs(roundTrip - before.roundTrip) < CLEAR;
  }

  /** What was sent before this takes effect fills another round, which does not count. */
  #shrink(roundTrip: number): void {
    this.#shrunk = true;
    this.#set(this.#budget * Math.max(LEAST_LEFT, (this.#unloaded + QUEUE / 2) / roundTrip));
  }

  #set(wanted: number): void {
    const most = Math.max(...this.#rates) * (this.#unloaded + QUEUE) * WAITING;
    const ceiling = this.short ? CEILING.short : CEILING.long;
    this.#budget = Math.min(ceiling, Math.max(FLOOR, Math.min(wanted, most)));
  }
}

/** What a controller noted when bytes were sent. */
export interface Snapshot {
  /** In ms. */
  readonly at: number;
  /** Bytes that were confirmed by then. */
  readonly delivered: number;
  /** Whether the budget was in use. */
  readonly full: boolean;
  /** Whether their own lane held them back. */
  readonly waits: boolean;
}

/** From one moment until the first confirmation of something that was sent after it. */
interface Round {
  /** The round ends with the first snapshot that has at least so many bytes delivered. */
  readonly until: number;
  rate: number;
  roundTrip: number;
  full: boolean;
}

/**
 * In ms: below it a path is short. Wi-Fi and wired networks of one site are at 1 to 8, the nearest
 * city at 10.
 */
const SHORT_ROUND_TRIP = 10;
/**
 * In ms: what may wait in the path's queue. A call is not disturbed by it (ITU-T G.114 wants 150 in
 * all), and it bridges late events.
 */
const QUEUE = 30;
/**
 * In ms: on a short path one round may be this late because a page was busy. A queue would make the
 * next one late, too.
 */
const HICCUP = 100;
/**
 * A standing queue: `count` confirmations in a row that come `late` ms after two round trips, over
 * at least `time` ms. The time tells it from a page that was busy, to which all of them come at
 * once; the count, from a queue that comes and goes and from a loss that is being repaired.
 */
const STANDING = { late: 150, count: 3, time: 100 } as const;
/**
 * The same during the start, and stricter, from one round trip on: the budget doubles in each round
 * there, so by the end of a round too many bytes would wait for long.
 */
const OVERSHOT = { late: QUEUE, count: 8, time: 20 } as const;
/**
 * In bytes, before anything is known. A long path may be a slow uplink, where these 64 KiB take 50
 * ms at 10 Mbit/s.
 */
const START = { short: 262_144, long: 65_536 } as const;
/**
 * In bytes. Chromium loses bursts of more inside of itself on a short path; a long one gets up to
 * 16 lanes of 256 KiB.
 */
const CEILING = { short: 524_288, long: 4_194_304 } as const;
/** In bytes: at 1 Mbit/s this takes 130 ms, and a lane still has something to do. */
const FLOOR = 16_384;
/** How many rounds the best rate is believed. */
const ROUNDS = 10;
/** The start lasts while each round is this many times as fast as the best one before. */
const GAINING = 1.25;
/** Rounds without a gain that end the start: one or two may be chance. */
const PLATEAUS = 3;
/** The fraction that the budget gains in a round without any wait. */
const GROWTH = 0.15;
/** In ms: a shorter wait is caused by the page itself, not by a queue. */
const CLEAR = 10;
/** Consecutive rounds without a wait after which the budget grows faster. */
const CLEAR_ROUNDS = 2;
/**
 * In bytes, in every round, whatever the budget is: this is what makes two transfers on one link
 * end with equal shares.
 */
const STEP = 4096;
/**
 * In ms: the most by which a path is taken to have become longer at a time. If it was somebody's
 * queue after all, a call beside it still bears that much.
 */
const LONGER = 60;
/**
 * A late round shows a longer path, not a queue, only if the budget was below this fraction of that
 * of the late round before.
 */
const GIVEN_WAY = 0.85;
/** The fraction of the budget that one shrink leaves at least. */
const LEAST_LEFT = 0.25;
/**
 * A lossy path needs more in flight than rate times round trip: lanes that have lost a packet hold
 * their bytes for longer.
 */
const WAITING = 3;
