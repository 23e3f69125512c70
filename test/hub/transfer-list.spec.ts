import { expect } from '@open-wc/testing';
import { fakeTransfer } from '../../demo/fake-hub.js';
import { TransferList } from '../../src/hub/transfer-list.js';
import type { Transfer } from '../../src/transfer/transfer.js';

describe('a list of transfers', () => {
  let forgotten: Transfer[];
  let list: TransferList;
  beforeEach(() => {
    forgotten = [];
    list = new TransferList((transfer) => forgotten.push(transfer));
  });

  it('has the newest last', () => {
    const transfers = [fakeTransfer('queued'), fakeTransfer('sending'), fakeTransfer('delivered')];
    for (const each of transfers) list.changed(each);
    expect(list.items).to.deep.equal(transfers);
  });

  it('notifies of progress once a frame, and of every change of state', () => {
    const transfer = fakeTransfer('sending', { to: ['sending', 'sending'] });
    const [first, second] = transfer.recipients;
    expect(list.changed(transfer)).to.equal(true);
    transfer.progress(1, [first!, second!]);
    expect(list.changed(transfer)).to.equal(false);
    transfer.progress(1, [{ ...first!, state: 'delivered' }, second!]);
    expect(list.changed(transfer)).to.equal(true);
    transfer.move('queued');
    expect(list.changed(transfer)).to.equal(true);
  });

  it('knows whether anything is moving', () => {
    const transfer = fakeTransfer('queued');
    const moving = (): boolean => {
      list.changed(transfer);
      return list.moving;
    };
    expect(moving()).to.equal(false);
    transfer.move('sending');
    expect(moving()).to.equal(true);
    transfer.move('delivered');
    expect(moving()).to.equal(false);
  });

  const unsent: [Transfer, boolean][] = [
    [fakeTransfer('queued'), true],
    [fakeTransfer('sending'), true],
    [fakeTransfer('failed', { error: 'peer-lost' }), true],
    [fakeTransfer('delivered'), false],
    [fakeTransfer('cancelled', { error: 'transfer-cancelled' }), false],
    [fakeTransfer('receiving', { direction: 'receive' }), false],
  ];
  for (const [transfer, expected] of unsent)
    it(`has ${expected ? 'something' : 'nothing'} unsent with one that is ${transfer.state}`, () => {
      list.changed(transfer);
      expect(list.unsent).to.equal(expected);
    });

  it('replaces an ended transfer by the same one when it comes again, and no running one', () => {
    const ended = fakeTransfer('failed', { id: 'a'.repeat(32), error: 'peer-lost' });
    const again = fakeTransfer('sending', { id: ended.id });
    for (const each of [ended, again]) list.changed(each);
    expect(list.items).to.deep.equal([again]);
    const from = { direction: 'receive', from: 'b'.repeat(32), offerId: 'c'.repeat(32) } as const;
    const twins = [fakeTransfer('receiving', from), fakeTransfer('receiving', from)];
    for (const each of twins) list.changed(each);
    expect(list.items).to.deep.equal([again, ...twins]);
  });

  it('drops those that ended first when more than 200 have, and never a running one', () => {
    const running = fakeTransfer('sending');
    const ended = Array.from({ length: 202 }, () => fakeTransfer('delivered'));
    for (const each of [running, ...ended]) list.changed(each);
    expect(forgotten).to.deep.equal([ended[0]]);
    expect(list.items).to.deep.equal([running, ...ended.slice(1)]);
  });
});
