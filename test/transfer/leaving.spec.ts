import { expect } from '@open-wc/testing';
import { bytesSource } from '../../src/transfer/send/source.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import type { FakeChannel } from './support/fake-channel.js';
import { Side, connect, description, disconnect, eventually, patternedBytes } from './support/two-sides.js';

/** The page may leave the room from within the very event that notifies it. */
describe('a page that leaves the room when it is notified of a transfer', () => {
  let ann: Side;
  let ben: Side;
  let channel: FakeChannel;
  beforeEach(() => {
    ann = new Side('a');
    ben = new Side('b');
    [channel] = connect(ann, ben);
  });

  const send = (recipients = [ben.peer]): Transfer =>
    ann.transfers.send(bytesSource(patternedBytes(50_000)), description(), recipients);
  const theirs = (): Transfer => [...ben.seen][0]!;
  /** Leaves once, as soon as `condition` holds when `side` is notified. */
  const leaveWhen = (side: Side, condition: (transfer: Transfer) => boolean): (() => boolean) => {
    let left = false;
    side.changed = (transfer) => {
      if (left || !condition(transfer)) return;
      left = true;
      disconnect(ann, ben, channel);
    };
    return () => left;
  };

  it('leaves a recipient that has everything delivered', async () => {
    const cleo = new Side('c');
    const left = leaveWhen(ann, ({ recipients }) => recipients.some(({ state }) => state === 'delivered'));
    const transfer = send([ben.peer, cleo.peer]);
    await eventually(left);
    expect(transfer.recipients.map(({ state }) => state)).to.deep.equal(['delivered', 'waiting']);
    ann.transfers.expire(ben.peer.id);
    connect(ann, cleo);
    await transfer.finished;
    expect(transfer.state).to.equal('delivered');
  });

  it('tells the recipient of its cancelling when they meet again', async () => {
    const transfer = send();
    await ben.until(() => ben.seen.size === 1);
    channel.holdBack(() => true);
    const left = leaveWhen(ann, ({ state }) => state === 'cancelled');
    transfer.cancel();
    expect(left()).to.equal(true);
    connect(ann, ben);
    await ben.until(() => theirs().ended);
    expect(theirs().error?.code).to.equal('transfer-cancelled-by-peer');
  });

  it('receives the rest when it is back', async () => {
    const left = leaveWhen(ben, ({ state }) => state === 'receiving');
    const transfer = send();
    await eventually(left);
    expect(theirs().state).to.equal('queued');
    connect(ann, ben);
    await transfer.finished;
    expect(ben.received).to.have.length(1);
  });

  it('cancels what another tab of the sender continues, for good', async () => {
    channel.holdBack((message) => typeof message !== 'string');
    const known = description();
    const bytes = patternedBytes(300_000);
    ann.transfers.send(bytesSource(bytes), known, [ben.peer]);
    await ben.until(() => ben.seen.size === 1 && theirs().state === 'receiving');
    disconnect(ann, ben, channel);
    const tab = new Side('t');
    ben.changed = (transfer) => {
      if (transfer.from === tab.peer.id && !transfer.ended) transfer.cancel();
    };
    const [first] = connect(tab, ben);
    const continued = tab.transfers.send(bytesSource(bytes), known, [ben.peer]);
    await ben.until(() => theirs().ended);
    disconnect(tab, ben, first);
    connect(tab, ben);
    const error: unknown = await continued.finished.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'transfer-cancelled-by-peer');
  });
});
