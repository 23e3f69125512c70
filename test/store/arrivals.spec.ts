import { expect } from '@open-wc/testing';
import { randomId } from '../../src/snap-item.js';
import { Arrivals } from '../../src/store/arrivals.js';
import { atTime } from './at-time.js';
import { digestOf } from './offers.js';

const DAY = 86_400_000;

describe('what has arrived', () => {
  it('is remembered by the tab that has it, and by no other', async () => {
    const tab = randomId();
    const arrivals = new Arrivals(tab);
    await arrivals.open();
    arrivals.add('one', digestOf(1));
    const [same, other] = [new Arrivals(tab), new Arrivals(randomId())];
    await Promise.all([same.open(), other.open()]);
    expect(same.root('one')).to.equal(digestOf(1));
    expect(other.root('one')).to.equal(null);
  });

  it('is forgotten after 24 h, and the oldest of more than 1000', async () => {
    const tab = randomId();
    const arrivals = new Arrivals(tab);
    for (let count = 0; count <= 1000; count++) arrivals.add(String(count), digestOf(count));
    expect(arrivals.root('0')).to.equal(null);
    expect(arrivals.root('1')).to.equal(digestOf(1));
    const later = new Arrivals(tab);
    await atTime(Date.now() + DAY + 1, () => later.open());
    expect(later.ids).to.have.length(0);
  });
});
