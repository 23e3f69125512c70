/**
 * In ms. From the first message to an open lane: a path that carries the first connection carries
 * the others, or never will.
 */
const TIMEOUT = 10_000;
/** Opening takes some six round trips, and what gets lost is sent again after a few. */
const TRIPS = 10;
/**
 * In ms: on such a path the first connection is cold for seconds, and its timers do not know yet
 * how long the path is.
 */
const LONG = 400;
/**
 * More descriptions at once would wait for each other on such a path, until all of them have taken
 * too long.
 */
const AT_ONCE = 4;

/** In ms: how long a lane may take to open. `roundTrip` in ms, 0 while unknown. */
export function laneSetupTimeout(roundTrip: number): number {
  return TIMEOUT + TRIPS * roundTrip;
}

/** How many lanes one side may be opening at once. `roundTrip` in ms, 0 while unknown. */
export function maxLaneSetups(roundTrip: number): number {
  return roundTrip > LONG ? AT_ONCE : Infinity;
}
