/**
 * In ms, from the first message to an open lane. A path that carries the first connection either
 * carries the others as well, or never will.
 */
const TIMEOUT = 10_000;
/** Opening takes about six round trips, and lost packets are retransmitted after a few. */
const TRIPS = 10;
/**
 * In ms. On such a path the first connection is slow for seconds, because its timers do not know
 * yet how long the path is.
 */
const LONG = 400;
/**
 * More descriptions at once would queue behind each other on such a path until all of them time
 * out.
 */
const AT_ONCE = 4;

/** How long a lane may take to open, in ms. `roundTrip` in ms, 0 while unknown. */
export function laneSetupTimeout(roundTrip: number): number {
  return TIMEOUT + TRIPS * roundTrip;
}

/** How many lanes one side may be opening at once. `roundTrip` in ms, 0 while unknown. */
export function maxLaneSetups(roundTrip: number): number {
  return roundTrip > LONG ? AT_ONCE : Infinity;
}
