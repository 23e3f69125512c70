import { expect } from '@open-wc/testing';
import { fakeTransfer } from '../../../demo/fake-hub.js';
import { fraction, tally } from '../../../src/elements/snap-sender/labels.js';

describe('the figures of a transfer', () => {
  it('do not count recipients that have left', () => {
    const transfer = fakeTransfer('sending', { to: ['delivered', 'sending', 'left', 'waiting'] });
    expect(tally(transfer)).to.deep.equal({ delivered: 1, of: 3 });
  });

  it('give the progress from 0 to 1', () => {
    expect(fraction(fakeTransfer('sending', { size: 1000, loaded: 420 }))).to.equal(0.42);
    expect(fraction(fakeTransfer('delivered', { size: 1000, loaded: 999 }))).to.equal(1);
  });

  it('give an empty file no progress until it is delivered', () => {
    expect(fraction(fakeTransfer('sending', { size: 0 }))).to.equal(0);
    expect(fraction(fakeTransfer('delivered', { size: 0 }))).to.equal(1);
  });
});
