import { SnapError } from '../../../src/errors.js';
import type { Channel, LaneSource } from '../../../src/peer/channel.js';
import { maxLaneSetups, laneSetupTimeout } from '../../../src/peer/lanes/lane-setup.js';
import { LaneSet } from '../../../src/transfer/lanes/lane-set.js';
import type { Chunk, ChunkOwner } from '../../../src/transfer/lanes/chunk.js';
import { SimulatedLink, randomNumbers } from './link.js';
import type { Event, LinkProperties, Simulation } from './link.js';
import { SctpEnd } from './sctp.js';

/**
 * Round trips from asking for a lane until it is open: descriptions, ICE, DTLS and SCTP. Without
 * the first, that of the descriptions: five.
 */
const OPENING = 6;
/** In bytes: a description, and the candidates that follow it. */
const DESCRIPTION = 4_000;
/** In ms: after lanes that came to nothing, before others are tried. */
const RETRY = 1_000;
/** The first byte of what is no frame. */
const NO_FRAME = 255;
/** Lanes to one peer, as `max-lanes` has it. */
const MAX_LANES = 16;

/**
 * How a page is kept from its messages by its other work. Both in ms, on average; each time lasts
 * up to twice as long.
 */
export interface Stalls {
  readonly every: number;
  readonly lasting: number;
}

/** The thread of a page: what comes while it is busy is heard of afterwards. */
export class SimulatedPage {
  readonly #simulation: Simulation;
  #freeAt = 0;

  constructor(simulation: Simulation, stalls: Stalls | null, seed: number) {
    this.#simulation = simulation;
    if (!stalls) return;
    const random = randomNumbers(seed);
    const work = (): void => {
      this.#freeAt = simulation.now + random() * 2 * stalls.lasting;
      simulation.after(random() * 2 * stalls.every, work);
    };
    simulation.after(random() * 2 * stalls.every, work);
  }

  run(task: () => void): void {
    this.#simulation.after(Math.max(0, this.#freeAt - this.#simulation.now), task);
  }
}

/** A path between two pages: a link each way. */
export class SimulatedPath {
  readonly simulation: Simulation;
  readonly there: SimulatedLink;
  readonly back: SimulatedLink;
  readonly sender: SimulatedPage;
  readonly receiver: SimulatedPage;

  constructor(
    simulation: Simulation,
    properties: LinkProperties,
    { seed, stalls = null }: { seed: number; stalls?: Stalls | null },
  ) {
    this.simulation = simulation;
    this.there = new SimulatedLink(simulation, { ...properties }, seed);
    this.back = new SimulatedLink(simulation, { ...properties }, seed + 1);
    this.sender = new SimulatedPage(simulation, stalls, seed + 2);
    this.receiver = new SimulatedPage(simulation, stalls, seed + 3);
  }

  get roundTrip(): number {
    return this.there.properties.delay + this.back.properties.delay;
  }
}

/** One end of an association, as `transfer/` sees it. */
class SimulatedChannel implements Channel {
  readonly maxMessageSize = 262_144;
  onmessage: Channel['onmessage'] = null;
  readonly #end: SctpEnd;
  readonly #closed = new AbortController();

  constructor(end: SctpEnd, page: SimulatedPage) {
    this.#end = end;
    end.onmessage = (content) => page.run(() => this.onmessage?.(content));
  }

  get bufferedAmount(): number {
    return this.#end.buffered;
  }

  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  send(message: string | Uint8Array): void {
    this.#end.send((message as Uint8Array).slice());
  }

  close(reason: Error = new SnapError('peer-lost')): void {
    this.#closed.abort(reason);
  }
}

/** One end of a source of lanes. */
class SimulatedLanes implements LaneSource {
  onlane: LaneSource['onlane'] = null;
  count = 0;
  other!: SimulatedLanes;
  /** Those that are being opened by this end. */
  opening = 0;
  /** Lanes that were not open in time. */
  late = 0;
  readonly #path: SimulatedPath;
  readonly #open: (inTime: () => boolean) => void;
  #retryAt = 0;

  /** `open` asks what it is given, when the lane is open, whether that is in time. */
  constructor(path: SimulatedPath, open: (inTime: () => boolean) => void) {
    this.#path = path;
    this.#open = open;
  }

  get available(): number {
    const { simulation, roundTrip } = this.#path;
    if (simulation.now < this.#retryAt) return 0;
    return Math.max(0, Math.min(MAX_LANES - this.count, maxLaneSetups(roundTrip) - this.opening));
  }

  open(): void {
    this.#add(1);
    const { simulation, roundTrip } = this.#path;
    const late = simulation.after(laneSetupTimeout(roundTrip), () => {
      this.late++;
      this.#retryAt = simulation.now + RETRY;
      this.#add(-1);
    });
    this.#open(() => {
      if (simulation.now >= late.at) return false;
      late.cancelled = true;
      this.opening--;
      return true;
    });
  }

  close(): void {
    // Nothing idles for a minute here.
  }

  #add(count: number): void {
    this.count += count;
    this.other.count += count;
    this.opening += count;
  }
}

/**
 * A conversation that carries bytes over a path: the real lanes and the real controller at both
 * ends.
 */
export class SimulatedTransfer {
  /** Confirmed bytes. */
  confirmed = 0;
  readonly #path: SimulatedPath;
  readonly #sender: LaneSet;
  readonly #channels: SimulatedChannel[] = [];
  readonly #todo: Chunk[] = [];
  /** What follows when each has arrived. */
  readonly #descriptions: (() => void)[] = [];
  readonly #owner = this.#makeOwner();

  readonly #lanes: SimulatedLanes;

  /**
   * `described`: the descriptions of lanes go over the first connection, as in truth; else they are
   * there at once, and cost nothing.
   */
  constructor(path: SimulatedPath, { described = false } = {}) {
    this.#path = path;
    const [here, there] = this.#association(true);
    const [ours, theirs] = this.#twoLanes(described ? [here, there] : null);
    this.#lanes = ours;
    const receiver = new LaneSet(there, theirs, 0, {
      data: () => undefined,
      violated: (thrown) => fail(thrown),
      wake: () => undefined,
    });
    this.#sender = new LaneSet(here, ours, 0, {
      data: () => undefined,
      violated: (thrown) => fail(thrown),
      wake: () => this.#pump(),
    });
    there.onmessage = (message) => this.#described(message) || receiver.receive(message as Uint8Array);
    here.onmessage = (message) => {
      if (!this.#described(message)) this.#sender.receive(message as Uint8Array);
      this.#pump();
    };
  }

  /** Lanes that were not open in time. */
  get late(): number {
    return this.#lanes.late;
  }

  /** The round trip has been measured, as the room's ping does it. */
  measured(): void {
    this.#sender.prepare(this.#path.roundTrip);
  }

  start(bytes: number): void {
    this.#todo.push({ start: 0, end: bytes });
    this.#pump();
  }

  close(): void {
    for (const channel of this.#channels) channel.close();
  }

  #pump(): void {
    for (let next = this.#todo[0]; next; next = this.#todo[0]) {
      const remaining = this.#todo.reduce((sum, { start, end }) => sum + end - start, 0);
      const place = this.#sender.free(remaining);
      if (!place) break;
      const { start } = next;
      const end = Math.min(next.end, start + place.most);
      if (end === next.end) this.#todo.shift();
      else this.#todo[0] = { start: end, end: next.end };
      this.#sender.send(place.lane, 1, { start, end }, new Uint8Array(end - start), this.#owner);
    }
    this.#sender.resend();
  }

  #makeOwner(): ChunkOwner {
    const todo = this.#todo;
    return {
      get stalled() {
        return todo.length === 0;
      },
      bytes: ({ start, end }) => new Uint8Array(end - start),
      arrived: ({ start, end }) => (this.confirmed += end - start),
      lost: (chunk) => todo.unshift(chunk),
    };
  }

  #association(ordered: boolean): [SimulatedChannel, SimulatedChannel] {
    const { simulation, there, back, sender, receiver } = this.#path;
    const one = new SctpEnd(simulation, there, ordered);
    const two = new SctpEnd(simulation, back, ordered);
    one.other = two;
    two.other = one;
    const pair: [SimulatedChannel, SimulatedChannel] = [
      new SimulatedChannel(one, sender),
      new SimulatedChannel(two, receiver),
    ];
    this.#channels.push(...pair);
    return pair;
  }

  #twoLanes(main: readonly [SimulatedChannel, SimulatedChannel] | null): [SimulatedLanes, SimulatedLanes] {
    const { simulation, roundTrip } = this.#path;
    const open = (opener: () => SimulatedLanes, way: 0 | 1, inTime: () => boolean): void => {
      const opened = (): void => {
        if (!inTime()) return;
        const [here, there] = this.#association(false);
        opener().other.onlane?.(there);
        opener().onlane?.(here);
      };
      const connect = (): unknown => simulation.after(roundTrip * (OPENING - 1), opened);
      if (!main) simulation.after(roundTrip * OPENING, opened);
      else this.#describe(main[way], () => this.#describe(main[1 - way]!, connect));
    };
    const ours: SimulatedLanes = new SimulatedLanes(this.#path, (inTime) => open(() => ours, 0, inTime));
    const theirs: SimulatedLanes = new SimulatedLanes(this.#path, (inTime) => open(() => theirs, 1, inTime));
    ours.other = theirs;
    theirs.other = ours;
    return [ours, theirs];
  }

  #describe(channel: SimulatedChannel, arrived: () => void): void {
    const message = new Uint8Array(DESCRIPTION);
    message[0] = NO_FRAME;
    message[1] = this.#descriptions.push(arrived) - 1;
    channel.send(message);
  }

  /** Whether it is a description, which has arrived. */
  #described(message: string | Uint8Array): boolean {
    if (message[0] !== NO_FRAME) return false;
    this.#descriptions[message[1] as number]!();
    return true;
  }
}

function fail(thrown: unknown): void {
  throw thrown;
}

/**
 * While it runs, `performance.now` and the timers of the page go by the simulation's time.
 * Everything in `run` is synchronous.
 */
export function inTimeOf<T>(simulation: Simulation, run: () => T): T {
  const real = { now: performance.now.bind(performance), setTimeout, clearTimeout };
  performance.now = () => simulation.now;
  Object.assign(globalThis, {
    setTimeout: (run: () => void, delay: number) => simulation.after(delay, run),
    clearTimeout: (event?: Event) => event && (event.cancelled = true),
  });
  try {
    return run();
  } finally {
    performance.now = real.now;
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
  }
}
