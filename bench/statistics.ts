/** The results of one contestant in one scenario. */
export interface Summary {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly runs: readonly number[];
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/**
 * The percentile at `rank` (0 to 1) of `values`, with linear interpolation. NaN if there are none.
 */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = rank * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** In the order in which they were measured. */
export function summarise(runs: readonly number[]): Summary {
  return { min: Math.min(...runs), median: median(runs), max: Math.max(...runs), runs };
}
