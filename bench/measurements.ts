import { long, lossy, uplink } from './measurements/far.js';
import { film } from './measurements/film.js';
import { first } from './measurements/first.js';
import type { Measurement } from './measurements/measurement.js';
import { memory } from './measurements/memory.js';
import { fanOut, join } from './measurements/room.js';
import { snap } from './measurements/snap.js';
import { sustained } from './measurements/sustained.js';

/** All measurements, in the order in which they run. */
export const measurements: readonly Measurement[] = [
  first,
  sustained,
  lossy,
  long,
  uplink,
  snap,
  film,
  fanOut,
  join,
  memory,
];
