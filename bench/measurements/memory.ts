import { memoryWhilePassing } from '../memory.js';
import { MB } from '../transfer.js';
import type { Measurement } from './measurement.js';

const SIZE = 512 * MB;
const MIB = 1_048_576;

/**
 * The increase of memory in each browser, over all its processes, during a large transfer. Uses
 * browsers of its own.
 */
export const memory: Measurement = {
  rows: ['memory-512mb'],
  contestants: () => ['snaptrail'],
  async run() {
    const { sender, receiver } = await memoryWhilePassing(SIZE);
    return { 'memory-512mb': Math.max(sender, receiver) / MIB };
  },
};
