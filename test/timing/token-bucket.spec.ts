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

  it('lets so much happen at once, and nothing more', () => {
    expect(bucket.ready).to.equal(true);
    expect(takeAll()).to.equal(3);
    expect(bucket.ready).to.equal(false);
  });

  it('lets one more happen in each interval, and never more than at first', () => {
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

  it('takes back what is not counted, and never more than at first', () => {
    takeAll();
    bucket.giveBack();
    expect(takeAll()).to.equal(1);
    for (let count = 0; count < 5; count++) bucket.giveBack();
    expect(takeAll()).to.equal(3);
  });
});
