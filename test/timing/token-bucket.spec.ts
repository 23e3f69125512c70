import { expect } from '@open-wc/testing';
import { TokenBucket } from '../../src/timing/token-bucket.js';

describe('a token bucket', () => {
  let now = 0;
  let bucket: TokenBucket;
  beforeEach(() => {
    now = 1000;
    bucket = new TokenBucket(3, 100, () => now);
  });

  const takeAll = (): number => {
    let taken = 0;
    while (bucket.take()) taken++;
    return taken;
  };

  it('allows its size at once, and no more', () => {
    expect(bucket.ready).to.equal(true);
    expect(takeAll()).to.equal(3);
    expect(bucket.ready).to.equal(false);
  });

  it('allows one more in each interval, up to its size', () => {
    takeAll();
    now += 99;
    expect(bucket.ready).to.equal(false);
    now += 1;
    expect(takeAll()).to.equal(1);
    now += 250;
    expect(takeAll()).to.equal(2);
    now += 50;
    expect(takeAll()).to.equal(1);
    now += 1_000_000;
    expect(takeAll()).to.equal(3);
  });

  it('takes tokens back, up to its size', () => {
    takeAll();
    bucket.giveBack();
    expect(takeAll()).to.equal(1);
    for (let count = 0; count < 5; count++) bucket.giveBack();
    expect(takeAll()).to.equal(3);
  });
});
