/** Failed attempts, about a minute of them, after which there is little hope. */
const HOPELESS_AFTER = 12;

/** Waits between attempts, in ms. */
export interface Waits {
  readonly first: number;
  readonly most: number;
  /** The wait once there is little hope, if it should be longer than `most`. */
  readonly hopeless?: number;
}

/** The wait after so many failed attempts, in ms: doubles from the first to the most. */
export function exponential(attempts: number, { first, most }: Waits): number {
  return Math.min(first * 2 ** (attempts - 1), most);
}

/**
 * The wait after so many failed attempts, in ms: exponential, less up to a third at random, so that
 * clients that lost the same server at the same moment do not all return at the same moment.
 * `random` is at least 0 and less than 1.
 */
export function backoff(attempts: number, waits: Waits, random: number): number {
  const { most, hopeless = most } = waits;
  const wait = attempts > HOPELESS_AFTER ? hopeless : exponential(attempts, waits);
  return wait * (1 - random / 3);
}
