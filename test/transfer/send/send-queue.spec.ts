import { expect } from '@open-wc/testing';
import { SnapError } from '../../../src/errors.js';
import { SendQueue } from '../../../src/transfer/send/send-queue.js';

/** Ten pieces, the last of them half a piece. */
const file = { size: 950, piece: 100 };

/** Takes everything that may be sent, `most` bytes at a time. */
function takeAll(queue: SendQueue, most: number): [number, number][] {
  const taken: [number, number][] = [];
  for (let chunk = queue.take(most); chunk; chunk = queue.take(most)) taken.push([chunk.start, chunk.end]);
  return taken;
}

describe('what is still to go to a recipient', () => {
  it('is the whole file, in order, in chunks that end with their piece', () => {
    const queue = new SendQueue(file, { have: 0, credit: 10 });
    const taken = takeAll(queue, 64);
    expect(taken.slice(0, 3)).to.deep.equal([
      [0, 64],
      [64, 100],
      [100, 164],
    ]);
    expect(taken.at(-1)).to.deep.equal([900, 950]);
    for (const [at, [start]] of taken.entries()) expect(start).to.equal(taken[at - 1]?.[1] ?? 0);
    expect(queue.allBegun).to.equal(true);
  });

  it('begins where the recipient’s own pieces end', () => {
    const queue = new SendQueue(file, { have: 8, credit: 10 });
    expect(takeAll(queue, 100)).to.deep.equal([
      [800, 900],
      [900, 950],
    ]);
    expect(queue.allBegun).to.equal(true);
  });

  it('is nothing for who has all, and of an empty file', () => {
    for (const [size, have] of [
      [950, 10],
      [0, 0],
    ] as const) {
      const queue = new SendQueue({ size, piece: 100 }, { have, credit: 1 });
      expect(queue.next).to.equal(null);
      expect(queue.allBegun).to.equal(true);
    }
  });

  it('stops at the credit, and goes on as pieces are stored', () => {
    const queue = new SendQueue(file, { have: 1, credit: 2 });
    expect(takeAll(queue, 100)).to.deep.equal([
      [100, 200],
      [200, 300],
    ]);
    expect(queue.allBegun).to.equal(false);
    queue.stored(2);
    expect(takeAll(queue, 100)).to.deep.equal([[300, 400]]);
    queue.stored(10);
    expect(takeAll(queue, 100).at(-1)).to.deep.equal([900, 950]);
  });

  it('has what was lost before everything else, and a piece that came wrong as a whole', () => {
    const queue = new SendQueue(file, { have: 0, credit: 10 });
    takeAll(queue, 50);
    queue.again({ start: 350, end: 400 });
    expect(queue.redo(9)).to.equal(50);
    expect(takeAll(queue, 100)).to.deep.equal([
      [900, 950],
      [350, 400],
    ]);
  });

  it('is refused where the recipient says what cannot be', () => {
    expect(() => new SendQueue(file, { have: 11, credit: 1 })).to.throw(SnapError);
    const queue = new SendQueue(file, { have: 2, credit: 3 });
    takeAll(queue, 100);
    queue.stored(4);
    const lies = [
      () => queue.stored(3),
      () => queue.stored(11),
      // Had from the start; stored; never sent; none at all.
      () => queue.redo(1),
      () => queue.redo(3),
      () => queue.redo(9),
      () => queue.redo(10),
    ];
    for (const lie of lies) expect(lie).to.throw(SnapError).with.property('code', 'peer-protocol');
    expect(takeAll(queue, 100)).to.deep.equal([
      [500, 600],
      [600, 700],
    ]);
  });
});
