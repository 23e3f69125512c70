import { Simulation } from './link.js';
import { SimulatedPath, SimulatedTransfer, inTimeOf } from './path.js';
import type { Stalls } from './path.js';
import { OVERHEAD } from './sctp.js';

/** In bytes per ms. */
const MBIT = 125;
/** In bytes: of an ordinary home router, and of the benchmark's. */
const QUEUE = 262_144;
/**
 * In ms: how often the wait in the queue is looked at. A packet of a call would have waited as
 * long.
 */
const SAMPLE = 5;
/** In ms: longer than anything reasonable. */
const LONGEST = 600_000;

/** What a run is like. */
export interface Run {
  /** In ms. */
  readonly roundTrip: number;
  /** Of each packet. */
  readonly loss: number;
  /** In Mbit/s. */
  readonly rate: number;
  /** In bytes. */
  readonly size: number;
  /** In bytes; {@link QUEUE} unless it says otherwise. */
  readonly queue?: number;
  readonly seed?: number;
  /** What else the pages do; nothing unless it says so. */
  readonly stalls?: Stalls;
  /** In bytes: what was sent over the connection before. */
  readonly before?: number;
}

export interface Outcome {
  /** In ms, until the last confirmation. */
  readonly time: number;
  /** Of the ideal: all bytes one after the other at the full rate, and one round trip. */
  readonly share: number;
  /** In ms, that a packet of somebody else would have waited in the queue during the transfer. */
  readonly wait: { readonly mean: number; readonly p95: number };
  /** Packets that found the queue full. */
  readonly dropped: number;
}

/** In ms: all bytes one after the other at the full rate, and one round trip. */
function ideal({ size, rate, roundTrip }: Run): number {
  return (size * OVERHEAD) / (rate * MBIT) + roundTrip;
}

function pathOf(
  simulation: Simulation,
  { roundTrip, loss, rate, queue = QUEUE, seed = 1, stalls }: Run,
): SimulatedPath {
  const properties = { rate: rate * MBIT, delay: roundTrip / 2, loss, queue };
  return new SimulatedPath(simulation, properties, { seed, stalls: stalls ?? null });
}

/** The wait in the path's queue, from now on. */
function watch({ simulation, there }: SimulatedPath): { at: number; wait: number }[] {
  const samples: { at: number; wait: number }[] = [];
  const look = (): void => {
    samples.push({ at: simulation.now, wait: there.wait });
    simulation.after(SAMPLE, look);
  };
  look();
  return samples;
}

function percentile(values: readonly number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
}

/**
 * One transfer, on a connection whose round trip was measured some time ago, so that the first
 * lanes are open.
 */
export function oneTransfer(run: Run): Outcome {
  const simulation = new Simulation();
  return inTimeOf(simulation, () => {
    const path = pathOf(simulation, run);
    const transfer = new SimulatedTransfer(path);
    transfer.measured();
    simulation.run(() => false, run.roundTrip * 10);
    const before = run.before ?? 0;
    if (before > 0) {
      transfer.start(before);
      simulation.run(() => transfer.confirmed >= before, LONGEST);
    }
    const started = simulation.now;
    const samples = watch(path);
    transfer.start(run.size);
    simulation.run(() => transfer.confirmed >= before + run.size, started + LONGEST);
    const time = simulation.now - started;
    transfer.close();
    const waits = samples.map(({ wait }) => wait);
    return {
      time,
      share: ideal(run) / time,
      wait: { mean: waits.reduce((sum, wait) => sum + wait, 0) / waits.length, p95: percentile(waits, 0.95) },
      dropped: path.there.dropped,
    };
  });
}

/**
 * One transfer on a connection that is just open: its round trip was measured, and nothing else.
 * `late`: lanes that were not open in time.
 */
export function coldTransfer(run: Run): { readonly time: number; readonly late: number } {
  const simulation = new Simulation();
  return inTimeOf(simulation, () => {
    const path = pathOf(simulation, run);
    const transfer = new SimulatedTransfer(path, { described: true });
    transfer.measured();
    transfer.start(run.size);
    simulation.run(() => transfer.confirmed >= run.size, LONGEST);
    transfer.close();
    return { time: simulation.now, late: transfer.late };
  });
}

/** A transfer of which half is through. */
function halfThrough(path: SimulatedPath, { size }: Run): SimulatedTransfer {
  const transfer = new SimulatedTransfer(path);
  transfer.measured();
  transfer.start(size);
  path.simulation.run(() => transfer.confirmed >= size / 2, LONGEST);
  return transfer;
}

/** A link whose rate drops to a tenth when half of it is through. */
export function rateDrop(run: Run): {
  /** In ms from the drop until a packet would wait less than `calm` from then on. */
  readonly drained: number;
  readonly highest: number;
  /** Of the ideal at the lower rate, from the drop on. */
  readonly share: number;
} {
  const calm = 200;
  const simulation = new Simulation();
  return inTimeOf(simulation, () => {
    const path = pathOf(simulation, run);
    const transfer = halfThrough(path, run);
    path.there.properties.rate /= 10;
    const dropped = simulation.now;
    const rest = run.size - transfer.confirmed;
    const samples = watch(path);
    simulation.run(() => transfer.confirmed >= run.size, dropped + LONGEST);
    const time = simulation.now - dropped;
    transfer.close();
    const last = samples.filter(({ wait }) => wait >= calm).at(-1)?.at ?? dropped;
    return {
      drained: last - dropped,
      highest: Math.max(...samples.map(({ wait }) => wait)),
      share: ideal({ ...run, size: rest, rate: run.rate / 10 }) / time,
    };
  });
}

/**
 * A path that becomes `longer` by so many ms when half of it is through: the person has walked away
 * from the router. Returns the share from then on.
 */
export function detour(run: Run, longer: number): number {
  const simulation = new Simulation();
  return inTimeOf(simulation, () => {
    const path = pathOf(simulation, run);
    const transfer = halfThrough(path, run);
    path.there.properties.delay += longer / 2;
    path.back.properties.delay += longer / 2;
    const turned = simulation.now;
    const rest = run.size - transfer.confirmed;
    simulation.run(() => transfer.confirmed >= run.size, turned + LONGEST);
    const time = simulation.now - turned;
    transfer.close();
    return ideal({ ...run, size: rest, roundTrip: run.roundTrip + longer }) / time;
  });
}

/** Several transfers of one page on one link, each half a second after the one before it. */
export function crowd(
  run: Run,
  count: number,
  lasting: number,
): {
  /** In ms, the mean in the last third. */
  readonly wait: number;
  /** Of an equal share, what the one has that has least. */
  readonly least: number;
} {
  const simulation = new Simulation();
  return inTimeOf(simulation, () => {
    const path = pathOf(simulation, run);
    const transfers = Array.from({ length: count }, () => new SimulatedTransfer(path));
    for (const transfer of transfers) transfer.measured();
    simulation.run(() => false, run.roundTrip * 10);
    for (const transfer of transfers) {
      transfer.start(run.size);
      simulation.run(() => false, simulation.now + 500);
    }
    const before = transfers.map(({ confirmed }) => confirmed);
    const end = simulation.now + lasting;
    simulation.run(() => false, simulation.now + (lasting * 2) / 3);
    const samples = watch(path);
    simulation.run(() => false, end);
    const got = transfers.map(({ confirmed }, at) => confirmed - before[at]!);
    for (const transfer of transfers) transfer.close();
    return {
      wait: samples.reduce((sum, { wait }) => sum + wait, 0) / samples.length,
      least: (Math.min(...got) / got.reduce((sum, each) => sum + each, 0)) * count,
    };
  });
}

/** Two transfers meet on one link, the second `after` ms after the first. */
export function meeting(
  run: Run,
  after: number,
  lasting: number,
): {
  /**
   * What the second had of all that was confirmed while both were there, the first quarter of it
   * left out.
   */
  readonly share: number;
  /** Of the link's rate, both together. */
  readonly used: number;
  readonly wait: { readonly mean: number; readonly p95: number };
} {
  const simulation = new Simulation();
  return inTimeOf(simulation, () => {
    const path = pathOf(simulation, run);
    const [first, second] = [new SimulatedTransfer(path), new SimulatedTransfer(path)];
    for (const transfer of [first, second]) transfer.measured();
    simulation.run(() => false, run.roundTrip * 10);
    first.start(run.size);
    simulation.run(() => false, simulation.now + after);
    second.start(run.size);
    const settled = simulation.now + lasting / 4;
    const end = simulation.now + lasting;
    simulation.run(() => false, settled);
    const samples = watch(path);
    const before = [first.confirmed, second.confirmed];
    simulation.run(() => false, end);
    const [one, two] = [first.confirmed - before[0]!, second.confirmed - before[1]!];
    first.close();
    second.close();
    const waits = samples.map(({ wait }) => wait);
    return {
      share: two / (one + two),
      used: ((one + two) * OVERHEAD) / (run.rate * MBIT) / (end - settled),
      wait: { mean: waits.reduce((sum, wait) => sum + wait, 0) / waits.length, p95: percentile(waits, 0.95) },
    };
  });
}
