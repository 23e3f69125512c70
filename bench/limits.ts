import type { LineName } from './lines.js';

/**
 * The bare pump of the contestant `limit`: connections side by side, and bytes on each of them that
 * are not confirmed yet.
 */
export interface Pump {
  readonly lanes: number;
  readonly window: number;
}

const KIB = 1024;

/**
 * Found by hand for each line, with bench/tune.ts. The lanes are open before the clock starts: a
 * pump that knows the line beforehand has no reason to wait.
 */
export const LIMITS = {
  /**
   * Nothing between the pages: more on its way is lost inside the browser, more lanes only share
   * the same thread.
   */
  direct: { lanes: 1, window: 512 * KIB },
  rtt40loss1: { lanes: 16, window: 128 * KIB },
  rtt100: { lanes: 16, window: 128 * KIB },
  /** The path holds 50 KB; more only waits in the queue. */
  rtt40rate10: { lanes: 1, window: 128 * KIB },
} as const satisfies Record<LineName, Pump>;
