import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { absolute, atLeast, atMost, bestPeer, either, ideal, type Results } from './goals.js';
import { markdownTable, textTable } from './report.js';
import { scenarios } from './scenarios.js';
import { median, percentile, summarise } from './statistics.js';

function results(medians: Record<string, number>): Results {
  return Object.fromEntries(Object.entries(medians).map(([name, value]) => [name, summarise([value])]));
}

describe('a goal', () => {
  it('compares our median with that of a contestant', () => {
    const measured = results({ snaptrail: 20, peerjs: 100 });
    assert.deepEqual(atMost(0.2, 'peerjs').judge(measured), { text: '0.20 × peerjs', met: true });
    assert.equal(atMost(0.19, 'peerjs').judge(measured)?.met, false);
    assert.equal(atLeast(0.3, 'peerjs').judge(measured)?.met, false);
    assert.equal(atMost(0.2, 'peerjs').text, '≤ 0.2 × peerjs');
  });

  it('compares with the fastest alternative, to which the bare pump does not belong', () => {
    const measured = results({
      snaptrail: 20,
      peerjs: 200,
      codelab: 300,
      buffered: 100,
      limit: 10,
      alone: 5,
    });
    assert.equal(atMost(0.2, bestPeer).judge(measured)?.text, '0.20 × the best peer');
  });

  it('may be a number, a ratio to the ideal, or the laxer of two', () => {
    const measured = results({ snaptrail: 140, alone: 60 });
    assert.deepEqual(
      [
        absolute(150, 'ms'),
        absolute(139, 'ms'),
        ideal(1.4, 100),
        either(2, 80, 'alone'),
        either(2, 79, 'alone'),
      ].map((goal) => goal.judge(measured)?.met),
      [true, false, true, true, false],
    );
  });

  it('has no verdict if a measurement is missing', () => {
    assert.equal(atMost(1, 'peerjs').judge(results({ snaptrail: 1 })), null);
    assert.equal(atMost(1, bestPeer).judge(results({ snaptrail: 1, limit: 1 })), null);
    assert.equal(absolute(1, 'ms').judge({}), null);
  });
});

describe('the table', () => {
  const outcomes = [{ scenario: scenarios[0], results: results({ snaptrail: 20, peerjs: 100, limit: 10 }) }];

  it('has a column for each contestant, and a line for each goal', () => {
    const [head, first, second] = textTable(outcomes).split('\n');
    assert.match(head ?? '', /^scenario +snaptrail +peerjs +limit +goal +reached +met$/);
    assert.match(
      first ?? '',
      /^first-4mb +20 ms \(20–20\) +100 ms +10 ms +≤ 0\.08 × peerjs +0\.20 × peerjs +NO$/,
    );
    assert.match(second ?? '', /^ +≤ 1\.3 × limit +2\.00 × limit +NO$/);
  });

  it('is written as Markdown for the docs', () => {
    const lines = markdownTable(outcomes).split('\n');
    assert.equal(lines.length, 4);
    assert.equal(new Set(lines.map((line) => line.split('|').length)).size, 1);
  });
});

describe('statistics', () => {
  it('take the middle value as the median, or the mean of the two in the middle', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(percentile([10, 20], 0.95), 19.5);
    assert.deepEqual(summarise([3, 1, 2]), { min: 1, median: 2, max: 3, runs: [3, 1, 2] });
  });
});
