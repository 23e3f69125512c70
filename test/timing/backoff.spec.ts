import { expect } from '@open-wc/testing';
import { backoff } from '../../src/timing/backoff.js';

const WAITS = { first: 500, most: 5_000, hopeless: 30_000 };

describe('backing off', () => {
  for (const [attempts, wait] of [
    [1, 500],
    [2, 1_000],
    [4, 4_000],
    [5, 5_000],
    [12, 5_000],
    [13, 30_000],
  ] as const)
    it(`waits ${wait} ms after ${attempts} failed attempts`, () => {
      expect(backoff(attempts, WAITS, 0)).to.equal(wait);
    });

  it('never waits longer than the most where nothing is said of hopelessness', () => {
    expect(backoff(100, { first: 500, most: 5_000 }, 0)).to.equal(5_000);
  });

  it('takes up to a third off at random', () => {
    expect(backoff(2, WAITS, 0.999_999)).to.be.within(666, 667);
  });
});
