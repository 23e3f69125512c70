import { expect } from '@open-wc/testing';
import { FairMap, oldestOfMost } from '../../../src/transfer/receive/fair-map.js';

/** Entries are written as owner and number: `a1`. */
const ownerOf = (entry: string): string => entry[0]!;

describe('a fair map', () => {
  // Four entries fit.
  for (const { when, put, left } of [
    { when: 'everything fits', put: 'a1 b1 a2 b2', left: 'a1 b1 a2 b2' },
    { when: 'one owner has all', put: 'a1 a2 a3 a4 a5', left: 'a2 a3 a4 a5' },
    { when: 'one owner has most', put: 'a1 b1 b2 b3 b4', left: 'a1 b2 b3 b4' },
    { when: 'another owner begins', put: 'a1 a2 a3 a4 b1 c1', left: 'a3 a4 b1 c1' },
    { when: 'all have as many', put: 'a1 b1 c1 d1 e1', left: 'b1 c1 d1 e1' },
    { when: 'an entry was put in again', put: 'a1 a2 a3 a4 a1 a5', left: 'a3 a4 a1 a5' },
  ])
    it(`keeps ${left} of ${put}: ${when}`, () => {
      const map = new FairMap<string>(4, ownerOf);
      const forgotten = put.split(' ').flatMap((entry) => map.set(entry, entry) ?? []);
      expect(map.values().join(' ')).to.equal(left);
      expect(new Set([...map.values(), ...forgotten])).to.deep.equal(new Set(put.split(' ')));
    });

  it('no longer counts a deleted entry for its owner', () => {
    const map = new FairMap<string>(3, ownerOf);
    for (const entry of ['a1', 'a2', 'b1']) map.set(entry, entry);
    expect(map.delete('a1')).to.equal('a1');
    expect(map.delete('a1')).to.equal(undefined);
    for (const entry of ['b2', 'c1']) map.set(entry, entry);
    expect(map.values()).to.deep.equal(['a2', 'b2', 'c1']);
  });

  it('counts an entry for the owner of its latest value', () => {
    const map = new FairMap<string>(3, ownerOf);
    for (const [key, entry] of [
      ['one', 'a1'],
      ['two', 'a2'],
      ['two', 'b2'],
      ['three', 'b3'],
      ['four', 'c4'],
    ] as const)
      map.set(key, entry);
    expect(map.values()).to.deep.equal(['a1', 'b3', 'c4']);
  });

  it('is empty after clear', () => {
    const map = new FairMap<string>(1, ownerOf);
    map.set('a1', 'a1');
    map.clear();
    expect(map.set('b1', 'b1')).to.equal(undefined);
    expect(map.values()).to.deep.equal(['b1']);
  });
});

describe('the oldest of the owner that has most', () => {
  for (const { all, oldest } of [
    { all: 'a1', oldest: 'a1' },
    { all: 'a1 b1 b2', oldest: 'b1' },
    { all: 'a1 b1 b2 a2', oldest: 'a1' },
  ])
    it(`is ${oldest} of ${all}`, () => expect(oldestOfMost(all.split(' '), ownerOf)).to.equal(oldest));
});
