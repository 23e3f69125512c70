import { LARGE_FILE } from './messages.js';

/** In bytes: where one class of size ends and the next begins, each eight times the one before. */
const BOUNDS = [16_384, 131_072, 1_048_576, LARGE_FILE] as const;

/**
 * A snapshot, a photo, a file of some megabytes, a film: what is of one class may wait for each
 * other. What is smaller has a place that larger things cannot take, however many they are. From 0
 * to {@link LARGEST}.
 */
export function sizeClass(size: number): number {
  const found = BOUNDS.findIndex((bound) => size < bound);
  return found < 0 ? LARGEST : found;
}

export const LARGEST: number = BOUNDS.length;
