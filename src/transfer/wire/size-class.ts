import { LARGE_FILE } from './messages.js';

/** In bytes: where one class of size ends and the next begins, each eight times the one before. */
const BOUNDS = [16_384, 131_072, 1_048_576, LARGE_FILE] as const;

/**
 * The class of a size in bytes, from 0 to {@link LARGEST}: a snapshot, a photo, a file of some
 * megabytes, a film. Transfers of one class may wait for each other; smaller ones have places that
 * larger ones cannot take, however many they are.
 */
export function sizeClass(size: number): number {
  const found = BOUNDS.findIndex((bound) => size < bound);
  return found < 0 ? LARGEST : found;
}

export const LARGEST: number = BOUNDS.length;
