import { expect } from '@open-wc/testing';
import { fakeTransfer } from '../../../demo/fake-hub.js';
import { Sent } from '../../../src/hub/sending/sent.js';
import { payloadOf } from '../../../src/hub/sendable.js';

const payload = (size: number): ReturnType<typeof payloadOf> => payloadOf(new Blob([new Uint8Array(size)]));

describe('what was sent, for Send again,', () => {
  it('is kept until it is deleted', () => {
    const sent = new Sent();
    const [transfer, given] = [fakeTransfer('delivered'), payload(1)];
    sent.keep(transfer, given);
    expect(sent.get(transfer)).to.equal(given);
    sent.delete(transfer);
    sent.delete(transfer);
    expect(sent.get(transfer)).to.equal(undefined);
  });

  for (const [what, limits] of [
    ['number', { most: 2 }],
    ['size', { mostBytes: 25 }],
  ] as const)
    it(`is the newest, within a limit of its ${what}`, () => {
      const sent = new Sent(limits);
      const transfers = ['a', 'b', 'c'].map((name) => fakeTransfer('delivered', { name }));
      for (const transfer of transfers) sent.keep(transfer, payload(10));
      const kept = transfers.filter((transfer) => sent.get(transfer)).map(({ name }) => name);
      expect(kept).to.deep.equal(['b', 'c']);
    });

  it('always includes the newest, however large', () => {
    const sent = new Sent({ mostBytes: 25 });
    const transfers = [10, 100].map((size) => {
      const transfer = fakeTransfer('delivered');
      sent.keep(transfer, payload(size));
      return transfer;
    });
    expect(transfers.map((transfer) => sent.get(transfer) !== undefined)).to.deep.equal([false, true]);
  });

  it('goes along to the hub that goes on in place of this one', () => {
    const [sent, next] = [new Sent(), new Sent()];
    const transfer = fakeTransfer('delivered');
    sent.keep(transfer, payload(1));
    next.takeOver(sent);
    expect(sent.get(transfer)).to.equal(undefined);
    expect(next.get(transfer)).to.not.equal(undefined);
  });
});
