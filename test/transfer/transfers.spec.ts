import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import { blobSource, bytesSource } from '../../src/transfer/send/source.js';
import type { Source } from '../../src/transfer/send/source.js';
import { carried } from './support/fake-channel.js';
import type { FakeChannel } from './support/fake-channel.js';
import {
  Side,
  bytesOf,
  connect,
  description,
  eventually,
  patternedBytes,
  same,
} from './support/two-sides.js';
import { task } from '../timing/support/virtual-time.js';

const messages = (channel: FakeChannel): { type: string }[] =>
  channel.sent.filter((sent) => typeof sent === 'string').map((text) => JSON.parse(text) as { type: string });

describe('transfers between two members', () => {
  let ann: Side;
  let ben: Side;
  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
  });

  for (const size of [0, 1, 262_143, 262_144, 262_145, 3_000_000, 9_000_001]) {
    it(`carries ${size} bytes whole`, async () => {
      connect(ann, ben);
      const bytes = patternedBytes(size);
      const transfer = ann.transfers.send(blobSource(new Blob([bytes])), description(), [ben.peer]);
      await transfer.finished;
      expect(transfer.state).to.equal('delivered');
      expect(transfer.loaded).to.equal(size);
      expect(ben.received).to.have.length(1);
      expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
    });
  }

  it('keeps name, type, size and preview', async () => {
    connect(ann, ben);
    const preview = patternedBytes(500);
    const source = bytesSource(patternedBytes(10));
    await ann.transfers.send(source, description({ name: 'Ü.pdf', mime: 'application/pdf', preview }), [
      ben.peer,
    ]).finished;
    const { offer, transfer } = ben.received[0]!;
    expect(offer.name).to.equal('Ü.pdf');
    expect(offer.mime).to.equal('application/pdf');
    expect(transfer.from).to.equal(ann.peer.id);
    expect(same(await bytesOf(transfer.preview ?? undefined), preview)).to.equal(true);
  });

  it('works with the smallest message size that a peer may have', async () => {
    connect(ann, ben, { maxMessageSize: 16_384 });
    const bytes = patternedBytes(700_000);
    await ann.transfers.send(bytesSource(bytes), description(), [ben.peer]).finished;
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
  });

  it('never has more than the window on its way', async () => {
    const [channel, other] = connect(ann, ben);
    let onTheirWay = 0;
    let most = 0;
    channel.tamper = (message) => {
      if (typeof message !== 'string' && message[1] === 1)
        most = Math.max(most, (onTheirWay += message.byteLength - 24));
      return message;
    };
    other.tamper = (message) => {
      if (typeof message !== 'string' && message[1] === 2)
        onTheirWay -= new DataView(message.buffer).getUint32(16);
      return message;
    };
    await ann.transfers.send(bytesSource(patternedBytes(4_194_304)), description(), [ben.peer]).finished;
    expect(most).to.be.within(65_536, 512 * 1024);
  });

  it('counts what the receiver confirmed, not what left', async () => {
    const [, other] = connect(ann, ben);
    other.tamper = (message) => (typeof message === 'string' ? message : null);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(50_000)), description(), [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    expect(transfer.loaded).to.equal(0);
  });

  it('delivers ten small ones in the order in which they were sent', async () => {
    connect(ann, ben);
    // With less than 64 KiB to come, each waits for those before it, however slow the machine is.
    const sizes = [60_000, 10, 40_000, 5, 50_000, 7, 60_000, 1, 0, 3];
    const sent = sizes.map((size, at) =>
      ann.transfers.send(bytesSource(patternedBytes(size)), description({ name: String(at) }), [ben.peer]),
    );
    await Promise.all(sent.map(({ finished }) => finished));
    expect(ben.received.map(({ offer }) => offer.name).join('')).to.equal('0123456789');
  });

  it('lets a photo overtake a film', async () => {
    connect(ann, ben);
    const film = ann.transfers.send(bytesSource(patternedBytes(30_000_000)), description({ name: 'film' }), [
      ben.peer,
    ]);
    await ben.until(() => [...ben.seen].some(({ loaded }) => loaded > 0));
    await ann.transfers.send(bytesSource(patternedBytes(300_000)), description({ name: 'photo' }), [ben.peer])
      .finished;
    expect(film.state).to.equal('sending');
    film.cancel();
  });

  it('keeps a film out of the way of a photo that has just been offered', async () => {
    /** How much of a film is on its way when nothing is confirmed. */
    const onItsWay = async (beside: () => void): Promise<number> => {
      const [there, back] = connect(ann, ben);
      beside();
      back.holdBack((message) => typeof message !== 'string');
      const film = ann.transfers.send(bytesSource(patternedBytes(9_000_000)), description(), [ben.peer]);
      await eventually(() => film.state === 'sending' && carried(there) > 0);
      for (let count = 0; count < 20; count++) await task();
      film.cancel();
      return carried(there);
    };
    const alone = await onItsWay(() => undefined);
    const besidePhoto = await onItsWay(() => {
      ann.transfers.send(bytesSource(patternedBytes(1000)), description(), [ben.peer]);
      // The photo's answer does not come while the film is watched.
      ben.decide = () => {
        ben.decide = () => Promise.resolve(null);
        return new Promise(() => undefined);
      };
    });
    expect(besidePhoto).to.be.at.most(alone / 4);
  });

  it('sends more files at once than may be offered at once', async () => {
    connect(ann, ben);
    const sent = Array.from({ length: 50 }, () =>
      ann.transfers.send(bytesSource(patternedBytes(1000)), description(), [ben.peer]),
    );
    await Promise.all(sent.map(({ finished }) => finished));
    expect(ben.received).to.have.length(50);
    expect(ben.violations).to.have.length(0);
  });

  describe('with several recipients', () => {
    let cid: Side;
    beforeEach(() => {
      cid = new Side('c');
      connect(ann, ben);
      connect(ann, cid);
    });

    it('reads the source once and is delivered when all have it', async () => {
      const bytes = patternedBytes(2_000_000);
      let read = 0;
      const source: Source = {
        size: bytes.byteLength,
        read: (start, end) => {
          read += end - start;
          return Promise.resolve(bytes.subarray(start, end));
        },
      };
      const transfer = ann.transfers.send(source, description(), [ben.peer, cid.peer]);
      await transfer.finished;
      expect(read).to.equal(bytes.byteLength);
      expect(transfer.recipients.map(({ state }) => state)).to.deep.equal(['delivered', 'delivered']);
      expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
      expect(same(await bytesOf(cid.received[0]?.content), bytes)).to.equal(true);
    });

    it('is delivered when the only one that lacks it says goodbye', async () => {
      cid.decide = () => new Promise(() => undefined);
      const transfer = ann.transfers.send(bytesSource(patternedBytes(10)), description(), [
        ben.peer,
        cid.peer,
      ]);
      await ben.until(() => ben.received.length === 1);
      ann.transfers.leave(cid.peer.id);
      await transfer.finished;
      expect(transfer.recipients.map(({ state }) => state)).to.deep.equal(['delivered', 'left']);
    });

    it('fails when everybody has left without it', async () => {
      ben.decide = () => new Promise(() => undefined);
      const transfer = ann.transfers.send(bytesSource(patternedBytes(10)), description(), [ben.peer]);
      ann.transfers.leave(ben.peer.id);
      const error = await transfer.finished.catch((thrown: SnapError) => thrown);
      expect(error).to.have.property('code', 'transfer-no-recipient');
    });
  });

  it('waits for the first receiving member when nobody is there', async () => {
    const phone = new Side('p', { sendOnly: true });
    const transfer = ann.transfers.send(bytesSource(patternedBytes(10)), description(), []);
    connect(ann, phone);
    expect(transfer.recipients).to.have.length(0);
    connect(ann, ben);
    await transfer.finished;
    expect(transfer.recipients.map(({ id }) => id)).to.deep.equal([ben.peer.id]);
    connect(ann, new Side('c'));
    expect(transfer.recipients).to.have.length(1);
  });

  it('goes on over a new connection from what was verified', async () => {
    const [first] = connect(ann, ben);
    const bytes = patternedBytes(6_000_000);
    const transfer = ann.transfers.send(bytesSource(bytes), description(), [ben.peer]);
    await ann.until(() => transfer.loaded > 2_000_000);
    first.close();
    ann.transfers.disconnect(ben.peer.id);
    ben.transfers.disconnect(ann.peer.id);
    const [second] = connect(ann, ben);
    await transfer.finished;
    const again = second.sent
      .filter((sent) => typeof sent !== 'string')
      .reduce((sum, sent) => sum + sent.length - 24, 0);
    expect(again).to.be.lessThan(5_000_000);
    expect(ben.received).to.have.length(1);
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
  });

  it('does not receive twice what was delivered when only the last word was lost', async () => {
    const [first, other] = connect(ann, ben);
    other.tamper = (message) => (typeof message === 'string' && message.includes('"done"') ? null : message);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(300_000)), description(), [ben.peer]);
    await ben.until(() => ben.received.length === 1);
    first.close();
    ann.transfers.disconnect(ben.peer.id);
    ben.transfers.disconnect(ann.peer.id);
    const [second] = connect(ann, ben);
    await transfer.finished;
    expect(ben.received).to.have.length(1);
    expect(second.sent.every((sent) => typeof sent === 'string')).to.equal(true);
  });

  it('cancels on both sides when the sender does', async () => {
    const [, other] = connect(ann, ben);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(20_000_000)), description(), [ben.peer]);
    await ann.until(() => transfer.loaded > 0);
    transfer.cancel();
    await ben.until(() => [...ben.seen].every(({ ended }) => ended));
    expect(transfer.state).to.equal('cancelled');
    expect([...ben.seen][0]?.error?.code).to.equal('transfer-cancelled-by-peer');
    expect(other.closed.aborted).to.equal(false);
  });

  it('cancels on both sides when the receiver does, and can be sent again', async () => {
    connect(ann, ben);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(20_000_000)), description(), [ben.peer]);
    await ben.until(() => [...ben.seen].some(({ loaded }) => loaded > 0));
    [...ben.seen][0]?.cancel();
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-cancelled-by-peer');
    expect(transfer.state).to.equal('cancelled');
    transfer.retry();
    await transfer.finished;
    expect(ben.received).to.have.length(1);
  });

  it('fails with the reason when it is declined', async () => {
    connect(ann, ben);
    ben.decide = () => Promise.resolve('transfer-too-large');
    const transfer = ann.transfers.send(bytesSource(patternedBytes(10)), description(), [ben.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-too-large');
    expect(ben.received).to.have.length(0);
  });

  it('fails on both sides when the source cannot be read', async () => {
    connect(ann, ben);
    const source: Source = { size: 1000, read: () => Promise.reject(new SnapError('source-unreadable')) };
    const transfer = ann.transfers.send(source, description(), [ben.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'source-unreadable');
    await ben.until(() => [...ben.seen].every(({ ended }) => ended));
  });

  it('fails on both sides when what arrives cannot be stored', async () => {
    const full = new Side('f', { openSink: () => Promise.reject(new SnapError('storage-full')) });
    connect(ann, full);
    const transfer = ann.transfers.send(bytesSource(patternedBytes(1000)), description(), [full.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'storage-full');
  });

  // claim: #piece-altered
  it('asks again for a piece that was altered on its way', async () => {
    const [channel, other] = connect(ann, ben);
    let altered = 0;
    channel.tamper = (message) => {
      if (typeof message === 'string' || message[1] !== 1 || altered++ > 0) return message;
      message[100] = 255 - message[100]!;
      return message;
    };
    const bytes = patternedBytes(600_000);
    await ann.transfers.send(bytesSource(bytes), description(), [ben.peer]).finished;
    expect(messages(other).filter(({ type }) => type === 'redo')).to.have.length(1);
    expect(same(await bytesOf(ben.received[0]?.content), bytes)).to.equal(true);
  });

  // claim: #piece-never-right
  it('gives up, and says so, when a piece never arrives right', async () => {
    const [channel] = connect(ann, ben);
    channel.tamper = (message) => {
      if (typeof message !== 'string' && message[1] === 1) message[100] = 255 - message[100]!;
      return message;
    };
    const transfer = ann.transfers.send(bytesSource(patternedBytes(1000)), description(), [ben.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-corrupt');
    expect(ben.received).to.have.length(0);
  });

  // claim: #digest-of-whole
  it('refuses a whole whose digest is not that of its pieces', async () => {
    const [channel] = connect(ann, ben);
    channel.tamper = (message) =>
      typeof message === 'string'
        ? message.replace(/"root":"./, (start) => `${start.slice(0, -1)}${start.endsWith('0') ? '1' : '0'}`)
        : message;
    const transfer = ann.transfers.send(bytesSource(patternedBytes(1000)), description(), [ben.peer]);
    const error = await transfer.finished.catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'transfer-corrupt');
    expect(ben.received).to.have.length(0);
  });
});
