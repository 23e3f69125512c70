import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryWhilePassing } from '../../bench/memory.js';

const MIB = 1_048_576;
/**
 * In bytes; `npm run bench -- --only memory-512mb` has the larger one. The test's patience, in ms,
 * allows for 0.5 MB/s.
 */
const SIZE = Number(process.env.MEMORY_MB ?? 256) * 1_000_000;

describe('memory', { timeout: SIZE / 500 }, () => {
  it('does not grow with the file, in all processes of the sender’s browser and of the receiver’s', async (t) => {
    const { sender, receiver, duration } = await memoryWhilePassing(SIZE);
    t.diagnostic(
      `sender + ${(sender / MIB).toFixed(0)} MiB, receiver + ${(receiver / MIB).toFixed(0)} MiB, ${(duration / 1000).toFixed(1)} s`,
    );
    assert.ok(sender <= 128 * MIB, `sender: ${sender / MIB} MiB`);
    assert.ok(receiver <= 128 * MIB, `receiver: ${receiver / MIB} MiB`);
  });
});
