import { expect } from '@open-wc/testing';
import type { SnapError } from '../../src/errors.js';
import type { Offer } from '../../src/transfer/wire/messages.js';
import { memorySink } from '../../src/transfer/sinks/sink.js';
import type { Sink } from '../../src/transfer/sinks/sink.js';
import type { Description } from '../../src/transfer/wire/description.js';
import { Arrivals } from '../../src/transfer/receive/arrivals.js';
import { bytesSource } from '../../src/transfer/send/source.js';
import { channelPair } from './support/fake-channel.js';
import type { FakeChannel } from './support/fake-channel.js';
import { Side, description, patternedBytes } from './support/two-sides.js';
import { task } from '../timing/support/virtual-time.js';

function connect(a: Side, b: Side): [FakeChannel, FakeChannel] {
  const [one, two] = channelPair();
  a.transfers.connect(b.peer, one);
  b.transfers.connect(a.peer, two);
  return [one, two];
}

function part(a: Side, b: Side, [one]: [FakeChannel, FakeChannel]): void {
  one.close();
  a.transfers.disconnect(b.peer.id);
  b.transfers.disconnect(a.peer.id);
}

/** How many bytes of data an end has sent. */
const bytesOver = (channel: FakeChannel): number =>
  channel.sent
    .filter((message) => typeof message !== 'string')
    .reduce((sum, message) => sum + (message[1] === 1 ? message.length - 24 : 0), 0);

/** A disk that keeps pieces for longer than a page lives. */
function disk() {
  const pieces = new Map<number, { bytes: Uint8Array; digest: string }>();
  let discarded = 0;
  const openSink = async (offer: Offer): Promise<Sink> => {
    const sink = memorySink(offer.mime);
    const kept: string[] = [];
    for (let piece = pieces.get(0); piece; piece = pieces.get(kept.length)) {
      await sink.write(kept.length * offer.piece, piece.bytes, piece.digest);
      kept.push(piece.digest);
    }
    return {
      ...sink,
      kept,
      write(offset, bytes, digest) {
        pieces.set(offset / offer.piece, { bytes, digest });
        return sink.write(offset, bytes, digest);
      },
      discard() {
        discarded++;
        pieces.clear();
        return sink.discard();
      },
    };
  };
  return { openSink, pieces, discarded: () => discarded };
}

const SIZE = 6_000_000;

describe('transfers after a reload', () => {
  let ann: Side;
  let ben: Side;
  const bytes = patternedBytes(SIZE);
  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
  });

  /** Ann’s page has gone when a receiver had eight pieces. */
  async function interrupted(): Promise<{
    kept: ReturnType<typeof disk>;
    receiver: Side;
    known: ReturnType<typeof description>;
  }> {
    const kept = disk();
    const receiver = new Side('b', kept);
    const ends = connect(ann, receiver);
    const known = description();
    ann.transfers.send(bytesSource(bytes), known, [receiver.peer]);
    await receiver.until(() => kept.pieces.size >= 8);
    part(ann, receiver, ends);
    return { kept, receiver, known };
  }

  it('of the sender, to the recipients that lack it, and to nobody else', async () => {
    const [cid, dan] = [new Side('c'), new Side('d')];
    for (const other of [ben, cid, dan]) connect(ann, other);
    const known = description();
    const transfer = ann.transfers.restore(bytesSource(bytes), SIZE, known, [
      { ...ben.peer, state: 'delivered', error: null },
      { ...cid.peer, state: 'waiting', error: null },
    ]);
    await transfer.finished;
    expect(transfer.id).to.equal(known.id);
    expect([ben, cid, dan].map(({ received }) => received.length)).to.deep.equal([0, 1, 0]);
  });

  it('of the sender, once: what is there already is not taken up again', () => {
    const known = description();
    const [first, second] = [1, 2].map(() => ann.transfers.restore(bytesSource(bytes), SIZE, known, []));
    expect(first).to.equal(second);
  });

  it('of the receiver, from the pieces that its sink has kept', async () => {
    const kept = disk();
    const before = new Side('b', kept);
    const ends = connect(ann, before);
    const transfer = ann.transfers.send(bytesSource(bytes), description(), [before.peer]);
    await before.until(() => kept.pieces.size >= 10);
    part(ann, before, ends);
    const later = new Side('b', kept);
    const [channel] = connect(ann, later);
    await transfer.finished;
    expect(bytesOver(channel)).to.be.at.most(SIZE - 10 * 262_144);
    expect(later.received).to.have.length(1);
    expect(later.received[0]!.content.size).to.equal(SIZE);
  });

  it('and says that a file is missing until it is chosen again; the partial file waits', async () => {
    const { kept, receiver, known } = await interrupted();
    const later = new Side('a');
    const recipients = [{ ...receiver.peer, state: 'waiting', error: null } as const];
    const transfer = later.transfers.restore(null, SIZE, known, recipients);
    expect(transfer.error?.code).to.equal('source-unreadable');
    const [channel] = connect(later, receiver);
    await receiver.until(() => [...receiver.seen].some(({ ended }) => ended));
    expect([...receiver.seen][0]!.error?.code).to.equal('source-unreadable');
    expect(kept.discarded()).to.equal(0);

    later.transfers.resupply(transfer, bytesSource(bytes));
    await transfer.finished;
    expect(bytesOver(channel)).to.be.at.most(SIZE - 8 * 262_144);
    expect(receiver.received).to.have.length(1);
  });

  it('fails at the receiver, which keeps its partial file, if the sender reloaded before storing the transfer', async () => {
    const { kept, receiver } = await interrupted();
    const later = new Side('a');
    connect(later, receiver);
    await receiver.until(() => [...receiver.seen].some(({ ended }) => ended));
    expect([...receiver.seen][0]!.error?.code).to.equal('source-unreadable');
    expect(kept.discarded()).to.equal(0);
  });

  it('and never mixes a file with another that looks the same', async () => {
    const { kept, known } = await interrupted();
    const later = new Side('a');
    const fresh = new Side('b', kept);
    connect(later, fresh);
    const recipients = [{ ...fresh.peer, state: 'waiting', error: null } as const];
    const other = bytesSource(patternedBytes(SIZE, 2));
    const transfer = later.transfers.restore(other, SIZE, known, recipients);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-corrupt');
    expect(fresh.received).to.have.length(0);
    // Then it is another transfer, from its start.
    transfer.retry();
    await transfer.finished;
    expect(fresh.received).to.have.length(1);
  });

  it('and never mixes it, though the receiver’s page is still the same', async () => {
    const ends = connect(ann, ben);
    const known = description();
    ann.transfers.send(bytesSource(bytes), known, [ben.peer]);
    await ben.until(() => [...ben.seen].some(({ loaded }) => loaded > SIZE / 3));
    part(ann, ben, ends);
    const later = new Side('a');
    connect(later, ben);
    const recipients = [{ ...ben.peer, state: 'waiting', error: null } as const];
    const other = bytesSource(patternedBytes(SIZE, 2));
    const error = await later.transfers
      .restore(other, SIZE, known, recipients)
      .finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-corrupt');
    expect(ben.violations).to.have.length(0);
  });

  /** Everything has arrived, and the last word was lost with the connection. */
  async function withoutTheLastWord(known: Description): Promise<void> {
    const ends = connect(ann, ben);
    ends[1].tamper = (message) =>
      typeof message === 'string' && message.includes('"done"') ? null : message;
    ann.transfers.send(bytesSource(bytes), known, [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    part(ann, ben, ends);
  }

  it('can be cancelled and retried although the receiver has it already', async () => {
    const known = description();
    await withoutTheLastWord(known);
    const later = new Side('a');
    const recipients = [{ ...ben.peer, state: 'waiting', error: null } as const];
    const transfer = later.transfers.restore(bytesSource(bytes), SIZE, known, recipients);
    const [channel] = connect(later, ben);
    const letGo = channel.holdBack((message) => typeof message === 'string' && message.includes('"end"'));
    await later.until(() => transfer.state === 'sending');
    transfer.cancel();
    transfer.retry();
    letGo();
    await transfer.finished;
    expect(ben.violations).to.have.length(0);
    expect(ben.received).to.have.length(1);
  });

  it('and is refused when it is something else by now than what has arrived', async () => {
    const known = description();
    await withoutTheLastWord(known);
    const later = new Side('a');
    const recipients = [{ ...ben.peer, state: 'waiting', error: null } as const];
    const other = bytesSource(patternedBytes(SIZE, 2));
    const transfer = later.transfers.restore(other, SIZE, known, recipients);
    connect(later, ben);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-corrupt');
    expect(ben.violations).to.have.length(0);
    expect(ben.received).to.have.length(1);
  });

  it('of the receiver, without receiving again what it had when the last word was lost', async () => {
    const memory = new Arrivals();
    ben.transfers.arrivals = memory;
    const ends = connect(ann, ben);
    ends[1].tamper = (message) =>
      typeof message === 'string' && message.includes('"done"') ? null : message;
    const transfer = ann.transfers.send(bytesSource(bytes), description(), [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    part(ann, ben, ends);
    const later = new Side('b');
    later.transfers.arrivals = memory;
    const [channel] = connect(ann, later);
    await transfer.finished;
    expect(bytesOver(channel)).to.equal(0);
    expect(later.seen.size).to.equal(0);
  });

  it('does not believe that something else under a known id has arrived', async () => {
    const memory = new Arrivals();
    ben.transfers.arrivals = memory;
    connect(ann, ben);
    const known = description();
    memory.add({ from: ann.peer.id, id: known.id, header: '', root: '0'.repeat(64) });
    const transfer = ann.transfers.send(bytesSource(bytes), known, [ben.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-corrupt');
    transfer.retry();
    await transfer.finished;
    expect(ben.received).to.have.length(1);
  });

  it('from another tab of a sender that is gone, without a byte twice', async () => {
    const ends = connect(ann, ben);
    const known = description();
    ann.transfers.send(bytesSource(bytes), known, [ben.peer]);
    await ben.until(() => [...ben.seen].some(({ loaded }) => loaded > 3_000_000));
    part(ann, ben, ends);
    const heir = new Side('h');
    const [channel] = connect(heir, ben);
    const recipients = [{ ...ben.peer, state: 'waiting', error: null } as const];
    const transfer = heir.transfers.restore(bytesSource(bytes), SIZE, known, recipients);
    await transfer.finished;
    expect(ben.received).to.have.length(1);
    expect([...ben.seen].map(({ from }) => from)).to.deep.equal([heir.peer.id]);
    expect(bytesOver(channel)).to.be.lessThan(SIZE - 1_000_000);
    // The one that is gone is not awaited any more.
    ben.transfers.leave(ann.peer.id);
    expect([...ben.seen][0]!.state).to.equal('delivered');
  });

  // claim: #resume-one-room
  it('keeps what was meant for one room out of another', async () => {
    ann.transfers.room = 'one';
    const transfer = ann.transfers.send(bytesSource(bytes), description(), []);
    ann.transfers.room = 'two';
    const ends = connect(ann, ben);
    expect(transfer.recipients).to.have.length(0);
    part(ann, ben, ends);
    ann.transfers.room = 'one';
    connect(ann, ben);
    await transfer.finished;
    expect(ben.received).to.have.length(1);
  });

  it('gives up a member that has vanished for too long, and says so', async () => {
    const transfer = ann.transfers.send(bytesSource(bytes), description(), [ben.peer]);
    ann.transfers.expire(ben.peer.id);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-expired');
  });

  // claim: #delivered-once-handed-over
  it('tells the sender that it is delivered only once the page has it', async () => {
    const slow = new Side('s');
    const ready = new Promise<() => void>((resolve) => {
      slow.prepare = () => new Promise((show) => resolve(show));
    });
    const [, other] = connect(ann, slow);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(10)), description(), [slow.peer]);
    const show = await ready;
    expect([...slow.seen].map(({ state }) => state)).to.deep.equal(['receiving']);
    expect(other.sent.some((message) => String(message).includes('"done"'))).to.equal(false);
    show();
    await transfer.finished;
    expect([...slow.seen].map(({ state }) => state)).to.deep.equal(['delivered']);
  });

  it('has failed on both sides when the page can make nothing of it, and can be tried again', async () => {
    const broken = new Side('s');
    broken.prepare = () => Promise.reject(new Error('no memory for so many pixels'));
    connect(ann, broken);
    const transfer = ann.transfers.send(bytesSource(bytes), description(), [broken.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'storage-failed');
    expect([...broken.seen].map(({ state }) => state)).to.deep.equal(['failed']);
    broken.prepare = () => Promise.resolve();
    transfer.retry();
    await transfer.finished;
    expect(broken.received).to.have.length(1);
  });

  it('is not shown when it was cancelled in the last moment', async () => {
    const slow = new Side('s');
    const ready = new Promise<() => void>((resolve) => {
      slow.prepare = () => new Promise((show) => resolve(show));
    });
    connect(ann, slow);
    const transfer = ann.transfers.send(bytesSource(bytes), description(), [slow.peer]);
    const show = await ready;
    transfer.cancel();
    await slow.until(() => [...slow.seen].every(({ ended }) => ended));
    show();
    await task();
    expect(slow.received).to.be.empty;
    expect([...slow.seen].map(({ state }) => state)).to.deep.equal(['cancelled']);
  });
});

describe('what comes from two members under one id', () => {
  let ann: Side;
  let ben: Side;
  let mal: Side;
  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
    mal = new Side('m');
  });
  const photo = () => bytesSource(patternedBytes(3000));
  const withoutDone = (message: string | Uint8Array) =>
    typeof message === 'string' && message.includes('"done"') ? null : message;

  // claim: #resume-genuine-not-blocked
  it('does not keep the genuine out, whichever comes first', async () => {
    const known = description();
    connect(mal, ben);
    await mal.transfers.send(bytesSource(new Uint8Array(0)), known, [ben.peer]).finished;
    connect(ann, ben);
    await ann.transfers.send(photo(), known, [ben.peer]).finished;
    expect(ben.received.map(({ content }) => content.size)).to.deep.equal([0, 3000]);
  });

  // claim: #resume-no-duplicate
  it('does not make the genuine arrive twice, when its last word was lost with the page', async () => {
    const arrivals = new Arrivals();
    const known = description();
    ben.transfers.arrivals = arrivals;
    const ends = connect(ann, ben);
    ends[1].tamper = withoutDone;
    const transfer = ann.transfers.send(photo(), known, [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    part(ann, ben, ends);
    const later = new Side('b');
    later.transfers.arrivals = arrivals;
    connect(mal, later);
    await mal.transfers.send(bytesSource(new Uint8Array(0)), known, [later.peer]).finished;
    connect(ann, later);
    await transfer.finished;
    expect(later.received.map(({ content }) => content.size)).to.deep.equal([0]);
  });

  it('is shown once when both bring the same', async () => {
    const known = description();
    const ends = connect(ann, ben);
    ends[0].tamper = (message) => (typeof message === 'string' ? message : null);
    const first = ann.transfers.send(photo(), known, [ben.peer]);
    await ben.until(() => ben.seen.size === 1);
    part(ann, ben, ends);
    // Another tab of Ann's has found it in the outbox; then she is back herself.
    const [from] = connect(mal, ben);
    const letGo = from.holdBack((message) => typeof message !== 'string');
    const second = mal.transfers.send(photo(), known, [ben.peer]);
    await ben.until(() => [...ben.seen][0]!.from === mal.peer.id);
    connect(ann, ben);
    await ben.until(() => ben.seen.size === 2);
    letGo();
    await Promise.all([first.finished, second.finished]);
    expect(ben.received).to.have.length(1);
    expect([...ben.seen].map(({ state }) => state)).to.deep.equal(['delivered', 'delivered']);
  });
});
