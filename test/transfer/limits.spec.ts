import { expect } from '@open-wc/testing';
import type { SnapErrorCode } from '../../src/errors.js';
import { sha256 } from '../../src/transfer/wire/digest.js';
import { encodeData } from '../../src/transfer/wire/frames.js';
import { PIECE_SIZES } from '../../src/transfer/wire/messages.js';
import { MemoryBudget } from '../../src/transfer/sinks/sink.js';
import { bytesSource } from '../../src/transfer/send/source.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { Hostile, idOf } from './support/hostile-member.js';
import { Side, connect, description, disconnect, eventually, patternedBytes } from './support/two-sides.js';
import { task } from '../timing/support/virtual-time.js';

describe('what one member may ask of another', () => {
  let memory: MemoryBudget;
  let ann: Side;
  let ben: Side;
  let mal: Hostile;

  beforeEach(() => {
    memory = new MemoryBudget();
    ann = new Side('a');
    ben = new Side('b', { openSink: async (announced) => memory.open(announced) });
    mal = new Hostile();
    mal.connect(ben);
  });

  const open = (): Transfer[] => [...ben.seen].filter(({ ended }) => !ended);
  const violated = (): readonly SnapErrorCode[] => ben.violations.map(({ code }) => code);

  /** Resolves once everything that was said before has been heard. */
  async function allHeard(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await task();
  }

  // claim: #limit-open-offers
  it('is sixteen open offers, and sixteen left over from earlier connections: the oldest are given up for new ones', async () => {
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 16; count++) mal.offer(round * 100 + count);
      await ben.until(() => ben.seen.size === (round + 1) * 16);
      mal.vanish(ben);
      mal.connect(ben);
    }
    mal.offer(1000);
    await ben.until(() => ben.seen.size === 65);
    expect(open()).to.have.length(17);
    const errors = [...ben.seen].flatMap(({ error }) => (error ? [error.code] : []));
    expect(new Set(errors)).to.deep.equal(new Set(['peer-lost']));
    expect(violated()).to.be.empty;
  });

  it('does not lose what it goes on with after a lost connection', async () => {
    for (let count = 0; count < 16; count++) mal.offer(count);
    await ben.until(() => ben.seen.size === 16);
    mal.vanish(ben);
    mal.connect(ben);
    for (let count = 0; count < 16; count++) mal.offer(count);
    await allHeard();
    expect(ben.seen.size).to.equal(16);
    expect(open()).to.have.length(16);
  });

  // claim: #limit-room-for-others
  it('leaves room for the photos of others, however much it announces', async () => {
    for (let count = 0; count < 16; count++) mal.offer(count, 16_777_216);
    await eventually(() => mal.accepted().length >= 4);
    connect(ann, ben);
    await ann.transfers.send(bytesSource(patternedBytes(5_000_000)), description(), [ben.peer]).finished;
    expect(ben.received).to.have.length(1);
    // 64 MiB of it, and no more, until those have ended.
    expect(mal.accepted()).to.deep.equal([1, 2, 3, 4]);
  });

  it('has the next of what it announces accepted as soon as there is room', async () => {
    const nos = [1, 2, 3, 4].map((id) => mal.offer(id, 40_000_000));
    await eventually(() => mal.accepted().length === 2);
    mal.say({ type: 'cancel', no: nos[0]!, code: 'transfer-cancelled' });
    await eventually(() => mal.accepted().length === 3);
    for (const no of [nos[3], nos[2], nos[1]])
      mal.say({ type: 'cancel', no: no!, code: 'transfer-cancelled' });
    await eventually(() => open().length === 0);
    expect(mal.accepted()).to.deep.equal(nos.slice(0, 3));
    expect(memory.fits(268_435_456)).to.equal(true);
  });

  it('is no more than two films at once, whatever their size; and photos and pictures beside them', async () => {
    for (const [id, size] of [200e6, 60e6, 60e6, 1000].entries()) mal.offer(id, size);
    await eventually(() => mal.accepted().length === 3);
    await allHeard();
    expect(mal.accepted()).to.deep.equal([1, 2, 4]);
  });

  // claim: #limit-memory-other-names
  it('cannot hold memory under ids that have left: it is released when another member needs it', async () => {
    for (let name = 0; name < 20; name++) {
      const other = new Hostile(String.fromCharCode(99 + name));
      other.connect(ben);
      for (let count = 0; count < 2; count++) other.offer(name * 10 + count, 8_388_000);
      await eventually(() => other.accepted().length === 2);
      other.vanish(ben);
    }
    connect(ann, ben);
    await ann.transfers.send(bytesSource(patternedBytes(5_000_000)), description(), [ben.peer]).finished;
    expect(ben.received).to.have.length(1);
  });

  // claim: #limit-forgetting-others
  it('cannot make the receiver forget what other members have delivered', async () => {
    const ends = connect(ann, ben);
    ends[1].tamper = (message) => (String(message).includes('"done"') ? null : message);
    const photo = ann.transfers.send(bytesSource(patternedBytes(3000)), description(), [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    disconnect(ann, ben, ends[0]);
    const many = new Side('z');
    connect(many, ben);
    const empty = Array.from({ length: 1001 }, () =>
      many.transfers.send(bytesSource(new Uint8Array(0)), description(), [ben.peer]),
    );
    await Promise.all(empty.map(({ finished }) => finished));
    connect(ann, ben);
    await photo.finished;
    expect(ben.received.filter(({ content }) => content.size > 0)).to.have.length(1);
  });

  // claim: #limit-piece-memory
  it('takes no more memory for pieces than it may have announced', async () => {
    let allocated = 0;
    const { Uint8Array: Genuine } = globalThis;
    globalThis.Uint8Array = class extends Genuine {
      constructor(...args: [number]) {
        super(...args);
        if (typeof args[0] === 'number') allocated += args[0];
      }
    } as unknown as Uint8ArrayConstructor;
    try {
      for (let count = 0; count < 16; count++) mal.offer(count, 10_000_000);
      await eventually(() => mal.accepted().length >= 6);
      for (const no of mal.accepted())
        for (let index = 0; index < 8; index++)
          mal.channel.send(encodeData(no, index * PIECE_SIZES.large, new Genuine(1)));
      await allHeard();
    } finally {
      globalThis.Uint8Array = Genuine;
    }
    expect(violated()).to.be.empty;
    expect(allocated).to.be.within(6 * 8_000_000, 64 * 1_048_576 + 1_000_000);
  });

  // claim: #limit-offers
  it('is a thousand offers that come to nothing, and a hundred a second from then on', async () => {
    ben.decide = () => Promise.resolve('transfer-declined');
    for (let count = 0; count < 1500 && !mal.channel.closed.aborted; count++) {
      mal.offer(count);
      await eventually(() => mal.channel.closed.aborted || mal.heard.length > count);
    }
    expect(violated()).to.deep.equal(['peer-protocol']);
    expect(mal.heard.length).to.be.within(1000, 1499);
    // A new connection does not make it anew.
    mal.connect(ben);
    for (let count = 0; count < 200; count++) if (!mal.channel.closed.aborted) mal.offer(5000 + count);
    await ben.until(() => ben.violations.length === 2);
  });

  it('is any number of photos that arrive', async () => {
    connect(ann, ben);
    for (let round = 0; round < 25; round++) {
      const sent = Array.from({ length: 50 }, () =>
        ann.transfers.send(bytesSource(patternedBytes(10)), description(), [ben.peer]),
      );
      await Promise.all(sent.map(({ finished }) => finished));
    }
    expect(ben.received).to.have.length(1250);
    expect(ben.violations).to.be.empty;
  });

  // claim: #limit-questions
  it('may send sixteen expect messages on one connection, and no more', async () => {
    for (let count = 0; count < 16; count++) mal.say({ type: 'expect', id: idOf(count) });
    await eventually(() => mal.heard.length === 16);
    expect(violated()).to.be.empty;
    mal.say({ type: 'expect', id: idOf(1) });
    await ben.until(() => ben.violations.length === 1);
    expect(mal.heard).to.have.length(16);
  });

  it('may withdraw an id only if it was asked for, and only once', async () => {
    mal.offer(1);
    await ben.until(() => ben.seen.size === 1);
    mal.vanish(ben);
    mal.connect(ben);
    await eventually(() => mal.heard.some(({ type }) => type === 'expect'));
    mal.say({ type: 'withdraw', id: idOf(1), code: 'source-unreadable' });
    await ben.until(() => open().length === 0);
    expect(violated()).to.be.empty;
    mal.say({ type: 'withdraw', id: idOf(1), code: 'source-unreadable' });
    await ben.until(() => ben.violations.length === 1);
  });

  // claim: #limit-dead-ends
  it('may send a fixed number of frames and messages without effect; the next is a violation', async () => {
    const no = mal.offer(1, PIECE_SIZES.small);
    await eventually(() => mal.accepted().length === 1);
    const bytes = new Uint8Array(PIECE_SIZES.small);
    const digest = await sha256(bytes);
    for (let at = 0; at < bytes.length; at += 65_536)
      mal.channel.send(encodeData(no, at, bytes.subarray(at, at + 65_536)));
    mal.say({ type: 'piece', no, index: 0, digest });
    await eventually(() => mal.heard.some(({ type }) => type === 'stored'));
    for (let count = 0; count < 4000; count++) {
      mal.channel.send(encodeData(no, 0, new Uint8Array(1)));
      mal.say({ type: 'piece', no, index: 0, digest });
    }
    await allHeard();
    expect(violated()).to.be.empty;
    for (let count = 0; count < 200; count++) mal.channel.send(encodeData(no, 0, new Uint8Array(1)));
    await ben.until(() => ben.violations.length === 1);
    expect(violated()).to.deep.equal(['peer-protocol']);
  });

  it('may send one more useless frame for each frame that brought new bytes', async () => {
    const size = 30 * PIECE_SIZES.small;
    const no = mal.offer(1, size);
    await eventually(() => mal.accepted().length === 1);
    const frame = new Uint8Array(4096);
    for (let at = 0; at < size; at += frame.length) mal.channel.send(encodeData(no, at, frame));
    for (let count = 0; count < 2 * 4096 + 1900; count++) mal.channel.send(encodeData(no, 0, frame));
    await eventually(() => mal.acks === 2 * 4096 + 1900 + 1920);
    expect(violated()).to.be.empty;
    for (let count = 0; count < 100; count++) mal.channel.send(encodeData(no, 0, frame));
    await ben.until(() => ben.violations.length === 1);
  });

  // claim: #limit-cancels
  it('is no cancelling without end', async () => {
    const no = mal.offer(1);
    for (let count = 0; count < 9000; count++) mal.say({ type: 'cancel', no, code: 'transfer-cancelled' });
    await ben.until(() => ben.violations.length === 1);
  });

  // claim: #limit-answers
  it('is no answering without end', async () => {
    const transfer = ben.transfers.send(bytesSource(patternedBytes(10)), description(), [mal.side.peer]);
    await eventually(() => mal.heard.some(({ type }) => type === 'offer'));
    for (let count = 0; count < 9000; count++) mal.say({ type: 'decline', no: 1, code: 'transfer-declined' });
    await ben.until(() => ben.violations.length === 1);
    expect(transfer.state).to.equal('failed');
  });
});

describe('a page whose hub is gone', () => {
  it('gives back the memory of what was coming', async () => {
    const memory = new MemoryBudget();
    const [ann, ben] = [
      new Side('a'),
      new Side('b', { openSink: async (announced) => memory.open(announced) }),
    ];
    const [one] = connect(ann, ben);
    one.tamper = (message) => (typeof message === 'string' ? message : null);
    ann.transfers.send(bytesSource(patternedBytes(20_000_000)), description(), [ben.peer]);
    await ben.until(() => [...ben.seen].some(({ state }) => state === 'receiving'));
    expect(memory.fits(268_435_456)).to.equal(false);
    ben.transfers.abandon();
    expect([...ben.seen].map(({ error }) => error?.code)).to.deep.equal(['peer-lost']);
    expect(memory.fits(268_435_456)).to.equal(true);
  });
});
