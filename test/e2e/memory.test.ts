import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryWhilePassing } from '../../bench/memory.js';
import { LONG } from '../support/form.js';

const MIB = 1_048_576;
/** What either browser may take more than before, in bytes. */
const MOST = 128 * MIB;
/**
 * In bytes: more than `MOST` in the short form too. `npm run bench -- --only memory-512mb` has a
 * larger one.
 */
const SIZE = Number(process.env.MEMORY_MB ?? (LONG ? 256 : 160)) * 1_000_000;

// Allows for 0.5 MB/s.
describe('memory', { timeout: SIZE / 500 }, () => {
  it('does not grow with the size of a file, in either browser’s processes', async (t) => {
    const { sender, receiver, duration } = await memoryWhilePassing(SIZE);
    t.diagnostic(
      `sender + ${(sender / MIB).toFixed(0)} MiB, receiver + ${(receiver / MIB).toFixed(0)} MiB, ${(duration / 1000).toFixed(1)} s`,
    );
    assert.ok(sender <= MOST, `sender: ${sender / MIB} MiB`);
    assert.ok(receiver <= MOST, `receiver: ${receiver / MIB} MiB`);
  });
});
