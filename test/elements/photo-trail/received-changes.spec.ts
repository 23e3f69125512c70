import { expect } from '@open-wc/testing';
import { fakeItem } from '../../../demo/fake-hub.js';
import { ReceivedChanges } from '../../../src/elements/photo-trail/received-changes.js';

const [a, b, c] = ['a', 'b', 'c'].map((name) => fakeItem(new File([], name), { id: name }));

describe('the changes of the received items', () => {
  const read = (changes: ReceivedChanges, ...items: (typeof a)[]): [added: string, changed: boolean] => {
    const { added, changed } = changes.read(items.map((item) => item!));
    return [added.map(({ id }) => id).join(' '), changed];
  };

  it('count nothing as added on the first call, or after a reset', () => {
    const changes = new ReceivedChanges();
    expect(read(changes, b, a)).to.deep.equal(['', true]);
    changes.reset();
    expect(read(changes, c, b, a)).to.deep.equal(['', true]);
  });

  it('tell items that were added at the front, newest first', () => {
    const changes = new ReceivedChanges();
    read(changes, a);
    expect(read(changes, c, b, a)).to.deep.equal(['c b', true]);
  });

  it('tell items that were removed, and replaced by others', () => {
    const changes = new ReceivedChanges();
    read(changes, b, a);
    expect(read(changes, a)).to.deep.equal(['', true]);
    expect(read(changes, c)).to.deep.equal(['c', true]);
    expect(read(changes)).to.deep.equal(['', true]);
  });

  it('are none while the list is the same array', () => {
    const changes = new ReceivedChanges();
    const items = [a!];
    changes.read(items);
    expect(changes.read(items)).to.deep.equal({ added: [], changed: false });
  });
});
