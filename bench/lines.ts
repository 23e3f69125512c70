import type { Shape } from './bottleneck.js';

const MBIT = 1_000_000;

/** The lines of the scenarios. Symmetric: each direction has half of the round trip. */
export const lines = {
  /** No line between the pages. */
  direct: {},
  /** A path to another country with 1 % loss. */
  rtt40loss1: { delay: 20, loss: 0.01 },
  /** A path to another continent. */
  rtt100: { delay: 50 },
  /** An ordinary uplink. */
  rtt40rate10: { delay: 20, rate: 10 * MBIT, queue: 256 * 1024 },
} as const satisfies Record<string, Partial<Shape>>;

export type LineName = keyof typeof lines;
