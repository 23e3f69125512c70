import type { Shape } from './bottleneck.js';

const MBIT = 1_000_000;

/** The lines of the scenarios, the same in both directions: half of the round trip each. */
export const lines = {
  /** Nothing is between the pages. */
  direct: {},
  /** A path to another country that loses a packet in a hundred. */
  rtt40loss1: { delay: 20, loss: 0.01 },
  /** A path to another continent. */
  rtt100: { delay: 50 },
  /** An ordinary uplink. */
  rtt40rate10: { delay: 20, rate: 10 * MBIT, queue: 256 * 1024 },
} as const satisfies Record<string, Partial<Shape>>;

export type LineName = keyof typeof lines;
