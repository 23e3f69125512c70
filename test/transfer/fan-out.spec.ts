import { expect } from '@open-wc/testing';
import type { Source } from '../../src/transfer/send/source.js';
import { Side, bytesOf, connect, description, patternedBytes, same } from './support/two-sides.js';

const PIECE = 1_048_576;

/** Counts what is read of it. */
class CountedSource implements Source {
  readonly bytes: Uint8Array;
  /** How often each piece was read. */
  readonly reads: number[] = [];

  constructor(size: number) {
    this.bytes = patternedBytes(size);
  }

  get size(): number {
    return this.bytes.byteLength;
  }

  get read(): (start: number, end: number) => Promise<Uint8Array> {
    return (start, end) => {
      this.reads[start / PIECE] = (this.reads[start / PIECE] ?? 0) + 1;
      return Promise.resolve(this.bytes.slice(start, end));
    };
  }

  get total(): number {
    return this.reads.reduce((sum, count) => sum + count, 0);
  }
}

describe('a transfer to several recipients', () => {
  const PIECES = 16;
  let ann: Side;
  let fast: Side;
  let slow: Side;
  let source: CountedSource;

  beforeEach(() => {
    ann = new Side('a');
    fast = new Side('f');
    slow = new Side('s');
    source = new CountedSource(PIECES * PIECE);
  });

  const arrivedWhole = async (side: Side): Promise<boolean> =>
    side.received.length === 1 && same(await bytesOf(side.received[0]?.content), source.bytes);

  it('goes to the fast at their own speed while a slow one stands still', async () => {
    connect(ann, fast);
    const [, end] = connect(ann, slow);
    const letGo = end.holdBack((message) => typeof message !== 'string');
    const transfer = ann.transfers.send(source, description(), [fast.peer, slow.peer]);
    await fast.until(() => fast.received.length === 1);
    expect(transfer.recipients[1]?.loaded).to.equal(0);
    expect(transfer.state).to.equal('sending');
    letGo();
    await transfer.finished;
    expect(await arrivedWhole(fast)).to.equal(true);
    expect(await arrivedWhole(slow)).to.equal(true);
  });

  it('reads again what a slow one needs, rather than keep it for so long', async () => {
    connect(ann, fast);
    const [, end] = connect(ann, slow);
    const letGo = end.holdBack((message) => typeof message !== 'string');
    const transfer = ann.transfers.send(source, description(), [fast.peer, slow.peer]);
    await fast.until(() => fast.received.length === 1);
    // The slow one waits within the first pieces, and nothing was read for it beyond.
    expect(source.total).to.equal(PIECES);
    letGo();
    await transfer.finished;
    const again = source.reads.filter((count) => count > 1).length;
    expect(again).to.be.within(PIECES - 12, PIECES);
    expect(Math.max(...source.reads)).to.equal(2);
  });

  it('reads little more than once for each when every one of six is somewhere else', async () => {
    const all = Array.from({ length: 6 }, (_, at) => new Side(String(at)));
    const transfer = ann.transfers.send(
      source,
      description(),
      all.map(({ peer }) => peer),
    );
    for (const [at, side] of all.entries()) {
      connect(ann, side);
      await ann.until(() => (transfer.recipients[at]?.loaded ?? 0) > 1.5 * PIECE);
    }
    await transfer.finished;
    expect(source.total).to.be.lessThan(1.2 * 6 * PIECES);
    for (const side of all) expect(await arrivedWhole(side)).to.equal(true);
  });

  it('is over for one that fails, and goes on for the others', async () => {
    connect(ann, fast);
    connect(ann, slow);
    slow.decide = () => Promise.resolve('transfer-too-large');
    const transfer = ann.transfers.send(source, description(), [fast.peer, slow.peer]);
    const error = await transfer.finished.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'transfer-too-large');
    expect(transfer.recipients.map(({ state }) => state)).to.deep.equal(['delivered', 'failed']);
    expect(await arrivedWhole(fast)).to.equal(true);
  });

  it('is tried again for those that have not got it, and only for them', async () => {
    connect(ann, fast);
    connect(ann, slow);
    slow.decide = () => Promise.resolve('storage-full');
    const transfer = ann.transfers.send(source, description(), [fast.peer, slow.peer]);
    await transfer.finished.catch(() => undefined);
    slow.decide = () => Promise.resolve(null);
    transfer.retry();
    await transfer.finished;
    expect(await arrivedWhole(fast)).to.equal(true);
    expect(await arrivedWhole(slow)).to.equal(true);
  });

  it('is one transfer when the same thing is sent twice at once', async () => {
    connect(ann, fast);
    connect(ann, slow);
    const same = description();
    const first = ann.transfers.send(source, same, [fast.peer]);
    const second = ann.transfers.send(source, same, [fast.peer, slow.peer]);
    expect(second).to.equal(first);
    await first.finished;
    expect(first.recipients.map(({ state }) => state)).to.deep.equal(['delivered', 'delivered']);
    expect(fast.received).to.have.length(1);
    expect(slow.received).to.have.length(1);
  });
});
