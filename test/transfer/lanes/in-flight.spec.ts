import { expect } from '@open-wc/testing';
import type { Chunk } from '../../../src/transfer/lanes/chunk.js';
import { InFlight } from '../../../src/transfer/lanes/in-flight.js';

const snapshot = { at: 0, delivered: 0, full: false, waits: false };

describe('a chunk in flight', () => {
  let stalled: boolean;
  let arrived: Chunk[];
  let lost: Chunk[];
  let first: InFlight;

  beforeEach(() => {
    stalled = true;
    arrived = [];
    lost = [];
    const owner = {
      bytes: () => null,
      get stalled() {
        return stalled;
      },
      arrived: (chunk: Chunk) => arrived.push(chunk),
      lost: (chunk: Chunk) => lost.push(chunk),
    };
    first = new InFlight(1, { start: 100, end: 120 }, owner, snapshot);
  });

  it('arrives once, whichever lane was first', () => {
    const second = first.again(snapshot);
    second.confirmed();
    first.confirmed();
    expect(arrived).to.deep.equal([{ start: 100, end: 120 }]);
    expect(first.arrived).to.equal(true);
  });

  it('is lost when the last lane that carried it has died', () => {
    const second = first.again(snapshot);
    first.lost();
    expect(lost).to.deep.equal([]);
    second.lost();
    expect(lost).to.deep.equal([{ start: 100, end: 120 }]);
  });

  it('is not lost once another lane has delivered it', () => {
    const second = first.again(snapshot);
    first.confirmed();
    second.lost();
    expect(lost).to.deep.equal([]);
  });

  it('is awaited while its transfer is stalled and no second lane carries it', () => {
    expect(first.awaited).to.equal(true);
    const second = first.again(snapshot);
    expect([first.awaited, second.awaited]).to.deep.equal([false, false]);
    second.lost();
    expect(first.awaited).to.equal(true);
    stalled = false;
    expect(first.awaited).to.equal(false);
  });

  it('may go over a third lane when the first of two has died', () => {
    const second = first.again(snapshot);
    first.lost();
    expect(second.awaited).to.equal(true);
    const third = second.again(snapshot);
    second.lost();
    third.confirmed();
    expect(arrived).to.have.length(1);
    expect(lost).to.deep.equal([]);
  });

  it('is not awaited once it has arrived over another lane', () => {
    first.again(snapshot).confirmed();
    expect(first.awaited).to.equal(false);
  });
});
