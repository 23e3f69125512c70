import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import type { SnapErrorCode } from '../../src/errors.js';
import { bytesSource } from '../../src/transfer/send/source.js';
import type { Source } from '../../src/transfer/send/source.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { carried, channelPair } from './support/fake-channel.js';
import type { FakeChannel } from './support/fake-channel.js';
import {
  Side,
  bytesOf,
  connect,
  description,
  disconnect,
  eventually,
  patternedBytes,
  same,
} from './support/two-sides.js';

const isData = (message: string | Uint8Array): boolean => typeof message !== 'string' && message[1] === 1;

describe('a transfer that is interrupted', () => {
  let ann: Side;
  let ben: Side;
  let channel: FakeChannel;
  let other: FakeChannel;

  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
    [channel, other] = connect(ann, ben);
  });

  const send = (size: number, over = {}): Transfer =>
    ann.transfers.send(bytesSource(patternedBytes(size)), description(over), [ben.peer]);

  function reconnect(): void {
    disconnect(ann, ben, channel);
    [channel, other] = connect(ann, ben);
  }

  const theirs = (): Transfer => [...ben.seen].at(-1)!;

  it('asks a person once, however often the connection is lost while they think', async () => {
    const questions: ((answer: SnapErrorCode | null) => void)[] = [];
    ben.decide = () => new Promise((resolve) => questions.push(resolve));
    const transfer = send(1000);
    await ben.until(() => questions.length === 1);
    reconnect();
    reconnect();
    await ben.until(() => ben.seen.size === 1);
    questions[0]!(null);
    await transfer.finished;
    expect(questions).to.have.length(1);
    expect(ben.received).to.have.length(1);
  });

  it('asks for all open offers after a reconnect, and none of them is withdrawn', async () => {
    // More than are offered at once: the last is offered again only when the first are through.
    const letGo = channel.holdBack(isData);
    const all = Array.from({ length: 20 }, (_, at) => send(1000 + at));
    await ben.until(() => ben.seen.size === 16);
    reconnect();
    letGo();
    await Promise.all(all.map(({ finished }) => finished));
    expect(other.sent.filter((sent) => String(sent).includes('"expect"'))).to.have.length(16);
    expect(channel.sent.filter((sent) => String(sent).includes('"withdraw"'))).to.be.empty;
    expect(ben.received).to.have.length(20);
  });

  it('is awaited no longer once its recipient has left the room and come back', async () => {
    channel.holdBack(isData);
    send(300_000);
    await ben.until(() => ben.seen.size === 1);
    channel.close();
    ann.transfers.leave(ben.peer.id);
    ben.transfers.disconnect(ann.peer.id);
    connect(ann, ben);
    await ben.until(() => theirs().ended);
    expect(theirs().error?.code).to.equal('peer-lost');
  });

  it('ends as cancelled where its recipient is away meanwhile, though the sender has removed it from its list', async () => {
    channel.holdBack(isData);
    const transfer = send(300_000);
    await ben.until(() => ben.seen.size === 1);
    disconnect(ann, ben, channel);
    transfer.cancel();
    ann.transfers.forget(transfer);
    connect(ann, ben);
    await ben.until(() => theirs().ended);
    expect(theirs()).to.include({ state: 'cancelled' });
  });

  it('does not hold up what is sent after it over the next connection', async () => {
    channel.holdBack(isData);
    const lost = send(300_000, { name: 'first' });
    await ben.until(() => ben.seen.size === 1);
    // It is never offered again: its sender was reloaded, and has forgotten it.
    lost.cancel();
    ann.transfers.forget(lost);
    reconnect();
    const photo = send(1000, { name: 'second' });
    await photo.finished;
    expect(ben.received.map(({ offer }) => offer.name)).to.deep.equal(['second']);
  });

  it('delivers what is whole when the connection goes, though what came before it is not', async () => {
    const letGo = channel.holdBack((message) => isData(message) && (message as Uint8Array)[7] === 1);
    const first = send(1000, { name: 'first' });
    send(1000, { name: 'second' });
    await eventually(() => other.sent.some((sent) => String(sent).includes('"stored","no":2')));
    expect(ben.received).to.have.length(0);
    letGo();
    reconnect();
    await first.finished;
    expect(ben.received.map(({ offer }) => offer.name).sort()).to.deep.equal(['first', 'second']);
  });

  it('ends on the other side, too, when its sender gives up while nobody is connected', async () => {
    const transfer = send(20_000_000);
    await ben.until(() => ben.seen.size > 0 && theirs().loaded > 0);
    disconnect(ann, ben, channel);
    transfer.cancel();
    expect(theirs().state).to.equal('queued');
    [channel, other] = connect(ann, ben);
    await ben.until(() => theirs().ended);
    expect(theirs().error?.code).to.equal('transfer-cancelled-by-peer');
    expect(ben.violations).to.have.length(0);
  });

  it('is not begun anew when its receiver gave up while nobody was connected', async () => {
    const transfer = send(20_000_000);
    await ben.until(() => ben.seen.size > 0 && theirs().loaded > 0);
    disconnect(ann, ben, channel);
    theirs().cancel();
    [channel, other] = connect(ann, ben);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-cancelled-by-peer');
    expect(ben.seen.size).to.equal(1);
  });

  it('can be sent again all the same, when somebody asks for it', async () => {
    const transfer = send(20_000_000);
    await ben.until(() => ben.seen.size > 0 && theirs().loaded > 0);
    disconnect(ann, ben, channel);
    theirs().cancel();
    [channel, other] = connect(ann, ben);
    await transfer.finished.catch(() => undefined);
    transfer.retry();
    await transfer.finished;
    expect(ben.received).to.have.length(1);
  });

  for (const [how, end] of Object.entries({
    'cancelled by its sender': async (transfer: Transfer) => {
      await ben.until(() => ben.seen.size > 0 && theirs().loaded > 0);
      transfer.cancel();
    },
    'too late for its recipient': async () => {
      disconnect(ann, ben, channel);
      ann.transfers.expire(ben.peer.id);
      await Promise.resolve();
    },
  }))
    it(`finds its recipient again by a retry, once that has left and come back, when it was ${how}`, async () => {
      const transfer = send(3_000_000);
      await end(transfer);
      expect(transfer.ended).to.be.true;
      ben.decide = () => Promise.resolve(null);
      disconnect(ann, ben, channel);
      transfer.retry();
      expect(transfer.state).to.equal('queued');
      // Not the same object as before.
      const [one, two] = channelPair();
      ann.transfers.connect({ ...ben.peer }, one);
      ben.transfers.connect({ ...ann.peer }, two);
      await transfer.finished;
      expect(ben.received).to.have.length(1);
      expect([...ann.violations, ...ben.violations]).to.be.empty;
    });

  it('may be cancelled and tried again in one breath, with confirmations on their way', async () => {
    const halfWay = (): boolean => ben.seen.size > 0 && theirs().loaded > 1_500_000;
    const letGo = other.holdBack(halfWay);
    const transfer = send(3_000_000);
    await ben.until(halfWay);
    transfer.cancel();
    transfer.retry();
    letGo();
    await transfer.finished;
    expect(ann.violations).to.have.length(0);
    expect(ben.violations).to.have.length(0);
    expect(same(await bytesOf(ben.received[0]?.content), patternedBytes(3_000_000))).to.equal(true);
  });

  it('may be cancelled and tried again before it was its turn to be offered', async () => {
    ben.decide = () => new Promise(() => undefined);
    for (let count = 0; count < 16; count++) send(10);
    ben.decide = () => Promise.resolve(null);
    const queued = send(10);
    queued.cancel();
    queued.retry();
    for (const transfer of [...ann.seen].slice(0, 16)) transfer.cancel();
    await queued.finished;
    expect(ben.violations).to.have.length(0);
    expect(ben.received).to.have.length(1);
  });

  it('goes on after a failure of the source, once that can be read', async () => {
    const bytes = patternedBytes(1_000_000);
    let broken = true;
    const source: Source = {
      size: bytes.byteLength,
      read: (start, end) =>
        broken && start > 0
          ? Promise.reject(new SnapError('source-unreadable'))
          : Promise.resolve(bytes.slice(start, end)),
    };
    const transfer = ann.transfers.send(source, description(), [ben.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'source-unreadable');
    broken = false;
    transfer.retry();
    await transfer.finished;
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
  });

  it('resumes after send() throws because the channel is closing', async () => {
    const whole = channel.send.bind(channel);
    channel.send = (message) => {
      if (carried(channel) > 1_000_000) throw new DOMException('closing', 'InvalidStateError');
      whole(message);
    };
    const closed = new Promise((resolve) => channel.closed.addEventListener('abort', resolve));
    const transfer = send(3_000_000);
    await closed;
    reconnect();
    await transfer.finished;
    expect(ann.violations).to.have.length(0);
    expect(ben.received).to.have.length(1);
  });

  it('is written to its sink once, though a piece comes again while it is being stored', async () => {
    const written: number[] = [];
    let store!: () => void;
    const slow = new Promise<void>((resolve) => (store = resolve));
    ben = new Side('b', {
      openSink: () =>
        Promise.resolve({
          kept: [],
          write: (offset: number) => {
            written.push(offset);
            return slow;
          },
          finish: () => Promise.resolve(new Blob([patternedBytes(300_000)])),
          release: () => Promise.resolve(),
          discard: () => Promise.resolve(),
        }),
    });
    [channel, other] = connect(ann, ben);
    const transfer = send(300_000);
    await eventually(() => written.length === 2);
    reconnect();
    await eventually(() => carried(channel) === 300_000);
    store();
    await transfer.finished;
    expect(written.sort((a, b) => a - b)).to.deep.equal([0, 262_144]);
  });
});

describe('an offer', () => {
  let ann: Side;
  let ben: Side;
  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
    connect(ann, ben, { maxMessageSize: 16_384 });
  });

  it('leaves out what it cannot hold', async () => {
    const transfer = ann.transfers.send(
      bytesSource(patternedBytes(10)),
      description({
        name: 'n'.repeat(2000),
        mime: 'm'.repeat(2000),
        width: 70_000,
        height: 10,
        takenAt: 1234.5,
        preview: patternedBytes(9000),
      }),
      [ben.peer],
    );
    await transfer.finished;
    const { offer } = ben.received[0]!;
    expect(offer.name).to.have.length(1024);
    expect(offer).to.include({ width: 0, height: 0, takenAt: 1235, preview: null });
  });

  it('goes without its preview when name and type take all the room', async () => {
    const name = '\u0001'.repeat(1024);
    const preview = patternedBytes(8192);
    const transfer = ann.transfers.send(
      bytesSource(patternedBytes(10)),
      description({ name, mime: '€'.repeat(512), preview }),
      [ben.peer],
    );
    await transfer.finished;
    expect(ben.received[0]?.offer).to.include({ name, preview: null });
  });

  it('has its preview when they leave it room, in bytes', async () => {
    const preview = patternedBytes(8192);
    const wide = { name: '漢'.repeat(1024), mime: 'image/jpeg', preview };
    await ann.transfers.send(bytesSource(patternedBytes(10)), description(wide), [ben.peer]).finished;
    expect(ben.received[0]?.offer.preview).to.be.a('string');
  });

  it('of pixels beyond what anybody can show is refused here', () => {
    const wall = description({ format: 'rgba', width: 70_000, height: 1 });
    expect(() => ann.transfers.send(bytesSource(patternedBytes(280_000)), wall, [ben.peer]))
      .to.throw(SnapError)
      .with.property('code', 'source-unsupported');
  });
});
