import { SnapError } from '../../src/errors.js';
import type { Channel, LaneSource } from '../../src/peer/channel.js';
import { LaneSet } from '../../src/transfer/lane-set.js';
import type { Range, Shipper } from '../../src/transfer/consignment.js';
import { SimulatedLink, randomNumbers } from './simulated-link.js';
import type { Event, LinkProperties, Simulation } from './simulated-link.js';
import { SctpEnd } from './simulated-sctp.js';

/** Round trips from asking for a lane until it is open: descriptions, ICE, DTLS and SCTP. */
const OPENING = 6;
/** Lanes to one peer, as `max-lanes` has it. */
const MAX_LANES = 16;

/** How a page is kept from its messages by its other work. Both in ms, on average; each time lasts up to twice as long. */
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
  readonly #open: () => void;

  constructor(open: () => void) {
    this.#open = open;
  }

  get room(): number {
    return MAX_LANES - this.count;
  }

  open(): void {
    this.count++;
    this.other.count++;
    this.#open();
  }

  close(): void {
    // Nothing idles for a minute here.
  }
}

/** A conversation that carries bytes over a path: the real lanes and the real controller at both ends. */
export class SimulatedTransfer {
  /** Confirmed bytes. */
  confirmed = 0;
  readonly #path: SimulatedPath;
  readonly #sender: LaneSet;
  readonly #channels: SimulatedChannel[] = [];
  readonly #todo: Range[] = [];
  readonly #shipper = this.#freight();

  constructor(path: SimulatedPath) {
    this.#path = path;
    const [here, there] = this.#association(true);
    const [ours, theirs] = this.#lanes();
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
    there.onmessage = (message) => receiver.receive(message as Uint8Array);
    here.onmessage = (message) => {
      this.#sender.receive(message as Uint8Array);
      this.#pump();
    };
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
    for (let range = this.#todo[0]; range; range = this.#todo[0]) {
      const remaining = this.#todo.reduce((sum, { start, end }) => sum + end - start, 0);
      const place = this.#sender.free(remaining);
      if (!place) break;
      const end = Math.min(range.end, range.start + place.most);
      if (end === range.end) this.#todo.shift();
      else this.#todo[0] = { start: end, end: range.end };
      this.#sender.send(place.lane, 1, range.start, new Uint8Array(end - range.start), this.#shipper);
    }
    this.#sender.overtake();
  }

  #freight(): Shipper {
    const todo = this.#todo;
    return {
      get pressing() {
        return todo.length === 0;
      },
      bytes: ({ start, end }) => new Uint8Array(end - start),
      confirmed: ({ start, end }) => (this.confirmed += end - start),
      lost: (range) => todo.unshift(range),
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

  #lanes(): [SimulatedLanes, SimulatedLanes] {
    const open = (opener: () => SimulatedLanes): void => {
      this.#path.simulation.after(this.#path.roundTrip * OPENING, () => {
        const [here, there] = this.#association(false);
        opener().other.onlane?.(there);
        opener().onlane?.(here);
      });
    };
    const ours: SimulatedLanes = new SimulatedLanes(() => open(() => ours));
    const theirs: SimulatedLanes = new SimulatedLanes(() => open(() => theirs));
    ours.other = theirs;
    theirs.other = ours;
    return [ours, theirs];
  }
}

function fail(thrown: unknown): void {
  throw thrown;
}

/** While it runs, `performance.now` and the timers of the page go by the simulation's time. Everything in `run` is synchronous. */
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
