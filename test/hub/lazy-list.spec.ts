import { expect } from '@open-wc/testing';
import { LazyList } from '../../src/hub/lazy-list.js';

/** A list of words by their first letters. */
function listOf(words: readonly string[], newestFirst = false): LazyList<string, string> {
  const list = new LazyList<string, string>({ newestFirst });
  for (const word of words) list.add(word[0]!, word);
  return list;
}

/**
 * The same, told as a page would: the operations of a list, each on the words that were there
 * before.
 */
const CHANGES: Record<string, { change: (list: LazyList<string, string>) => unknown; left: string[] }> = {
  'one more at the end': { change: (list) => list.add('d', 'dog'), left: ['ant', 'bee', 'cat', 'dog'] },
  'another under a known key, which gets a new place': {
    change: (list) => list.add('a', 'ape'),
    left: ['bee', 'cat', 'ape'],
  },
  'one less': { change: (list) => list.delete('b'), left: ['ant', 'cat'] },
  'two from before': {
    change: (list) =>
      list.addBefore([
        ['x', 'xolo'],
        ['y', 'yak'],
      ]),
    left: ['xolo', 'yak', 'ant', 'bee', 'cat'],
  },
};

describe('a lazy list', () => {
  for (const [name, { change, left }] of Object.entries(CHANGES))
    it(`is a new array after a change, in the right order: ${name}`, () => {
      for (const newestFirst of [false, true]) {
        const list = listOf(['ant', 'bee', 'cat'], newestFirst);
        const before = list.items;
        change(list);
        expect(list.items).to.deep.equal(newestFirst ? [...left].reverse() : left);
        expect(before, 'what somebody has looked at stays as it was').to.have.length(3);
        expect(list.items).not.to.equal(before);
      }
    });

  it('is the same array as long as nothing changes', () => {
    const list = listOf(['ant', 'bee']);
    const { items } = list;
    expect(list.delete('z')).to.equal(false);
    list.get('a');
    expect(list.items).to.equal(items);
  });

  it('finds each item by its key, and returns whether a removed one was there', () => {
    const list = listOf(['ant', 'bee']);
    expect([list.get('a'), list.get('z')]).to.deep.equal(['ant', undefined]);
    expect([list.delete('a'), list.delete('a')]).to.deep.equal([true, false]);
    expect(list.get('a')).to.equal(undefined);
  });

  it('makes no array before somebody reads it', () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a map below
    const { values } = Map.prototype;
    let made = 0;
    Map.prototype.values = function (this: Map<unknown, unknown>) {
      made++;
      return values.call(this) as MapIterator<unknown>;
    };
    try {
      const list = new LazyList<number, number>();
      for (let each = 0; each < 1000; each++) list.add(each, each);
      expect(made).to.equal(0);
      expect(list.items).to.equal(list.items);
      expect(made).to.equal(1);
    } finally {
      Map.prototype.values = values;
    }
  });
});
