import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { passFiles } from './support/passing.js';

const MIB = 1_048_576;
/** `MANY_FILES=5000` for the long form. */
const COUNT = Number(process.env.MANY_FILES ?? 1000);
/**
 * The most ms that a file may take (5,000 files in 90 s), and a task. The short form allows for a
 * busy machine.
 */
const [EACH, TASK] = process.env.MANY_FILES ? [18, 200] : [36, 400];

describe('many files at once', { timeout: 1_100_000 }, () => {
  it('arrive in order, without blocking a page or filling its memory', async (t) => {
    const { listed, first, all, longest, memory, inOrder } = await passFiles(COUNT);
    t.diagnostic(
      `${COUNT} files: listed after ${listed} ms, first 500 after ${first} ms, all after ${all} ms; ` +
        `longest task: sender ${longest.sender} ms, receiver ${longest.receiver} ms; ` +
        `memory: sender + ${(memory.sender / MIB).toFixed(0)} MiB, receiver + ${(memory.receiver / MIB).toFixed(0)} MiB`,
    );
    assert.ok(inOrder);
    assert.ok(all <= COUNT * EACH, `${all} ms`);
    assert.ok(Math.max(longest.sender, longest.receiver) <= TASK);
    assert.ok(memory.sender <= 400 * MIB && memory.receiver <= 400 * MIB);
  });
});
