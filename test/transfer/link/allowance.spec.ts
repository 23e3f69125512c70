import { expect } from '@open-wc/testing';
import { Allowance, fruitlessAllowance, offerAllowance } from '../../../src/transfer/link/allowance.js';
import { MAX_FRUITLESS, MAX_NOWHERE } from '../../../src/transfer/wire/messages.js';

/** How many can be taken one after the other, up to `most`. */
function taken(allowance: Allowance, most = 100_000): number {
  let count = 0;
  while (count < most && allowance.take()) count++;
  return count;
}

describe('an allowance', () => {
  it('gives what it starts with, and what is given back', () => {
    const allowance = new Allowance({ start: 2, most: 4 });
    expect(taken(allowance)).to.equal(2);
    allowance.giveBack();
    expect(taken(allowance)).to.equal(1);
  });

  it('holds no more than its limit, however much is given back', () => {
    const allowance = new Allowance({ start: 2, most: 4 });
    allowance.giveBack(100);
    expect(taken(allowance)).to.equal(4);
  });

  it('is not refilled by time unless it has an interval', async () => {
    const [still, refilled] = [new Allowance({ start: 1 }), new Allowance({ start: 1, interval: 1 })];
    expect([still.take(), refilled.take()]).to.deep.equal([true, true]);
    await new Promise<void>((resolve) => refilled.whenRefilled(resolve));
    expect([still.take(), refilled.take()]).to.deep.equal([false, true]);
  });

  it('reports a refill once, and not after it was cancelled', async () => {
    const allowance = new Allowance({ start: 1, interval: 1 });
    const reports: string[] = [];
    allowance.whenRefilled(() => reports.push('cancelled'));
    allowance.cancel();
    await new Promise<void>((resolve) => {
      allowance.whenRefilled(() => {
        reports.push('first');
        resolve();
      });
      allowance.whenRefilled(() => reports.push('second'));
    });
    expect(reports).to.deep.equal(['first']);
  });

  it('lets us make far fewer offers at once than a receiver takes', () => {
    expect(taken(offerAllowance(), MAX_FRUITLESS)).to.be.within(50, MAX_FRUITLESS / 5);
  });

  it('lets a peer send as many messages without effect as the protocol allows, and 16 times that', () => {
    const allowance = fruitlessAllowance();
    expect(taken(allowance)).to.equal(MAX_NOWHERE);
    for (let offer = 0; offer < 100; offer++) allowance.giveBack(MAX_NOWHERE);
    expect(taken(allowance)).to.equal(16 * MAX_NOWHERE);
  });
});
