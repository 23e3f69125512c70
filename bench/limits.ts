import type { LineName } from './lines.js';

/**
 * The parameters of the contestant `limit`: the number of connections, and the unconfirmed bytes on
 * each.
 */
export interface Pump {
  readonly lanes: number;
  readonly window: number;
}

const KIB = 1024;

/**
 * Found with bench/tune.ts for each line. The lanes are open before the clock starts, because a
 * pump that knows the line in advance has no reason to wait.
 */
export const LIMITS = {
  /**
   * No line in between: with a larger window, the browser loses packets internally; more lanes
   * share the same thread.
   */
  direct: { lanes: 1, window: 512 * KIB },
  rtt40loss1: { lanes: 16, window: 128 * KIB },
  rtt100: { lanes: 16, window: 128 * KIB },
  /** The path holds 50 KB; the rest waits in the queue. */
  rtt40rate10: { lanes: 1, window: 128 * KIB },
} as const satisfies Record<LineName, Pump>;
