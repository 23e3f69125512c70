import { expect } from '@open-wc/testing';
import { Lru } from '../src/lru.js';

describe('the least-recently-used map', () => {
  let lru: Lru<string, number>;
  const kept = (): string => ['a', 'b', 'c', 'd'].filter((key) => lru.has(key)).join('');

  beforeEach(() => {
    lru = new Lru(2);
    lru.set('a', 1);
    lru.set('b', 2);
  });

  it('forgets the oldest entry when it is full', () => {
    lru.set('c', 3);
    expect(kept()).to.equal('bc');
  });

  it('forgets last what was read or written last', () => {
    expect(lru.get('a')).to.equal(1);
    lru.set('c', 3);
    expect(kept()).to.equal('ac');
    lru.set('a', 4);
    lru.set('d', 5);
    expect(kept()).to.equal('ad');
    expect(lru.get('a')).to.equal(4);
  });

  it('does not take a look for a use', () => {
    lru.has('a');
    lru.set('c', 3);
    expect(kept()).to.equal('bc');
  });

  it('creates an entry only where there is none', () => {
    expect(lru.getOrCreate('a', () => 9)).to.equal(1);
    expect(lru.getOrCreate('c', () => 9)).to.equal(9);
    expect(kept()).to.equal('ac');
  });

  it('forgets the surplus when its limit is lowered', () => {
    lru.limit = 1;
    expect(kept()).to.equal('b');
    lru.limit = 2;
    lru.set('c', 3);
    expect(kept()).to.equal('bc');
  });

  it('forgets on demand', () => {
    lru.delete('a');
    lru.delete('never there');
    expect(kept()).to.equal('b');
    lru.clear();
    expect(kept()).to.equal('');
    expect(lru.get('b')).to.equal(undefined);
  });
});
