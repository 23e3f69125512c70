/** What is known of one contestant in one scenario. */
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
 * The value below which the share `rank` (0 to 1) of `values` lies; between two of them, the mean
 * by distance. NaN for none.
 */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = rank * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** In the order in which they were measured. */
export function summarise(runs: readonly number[]): Summary {
  return { min: Math.min(...runs), median: median(runs), max: Math.max(...runs), runs };
}
