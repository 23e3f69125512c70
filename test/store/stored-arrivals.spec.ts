import { expect } from '@open-wc/testing';
import { randomId } from '../../src/item.js';
import { StoredArrivals } from '../../src/store/stored-arrivals.js';
import { atTime } from './support/at-time.js';
import { digestOf } from './support/offers.js';

const DAY = 86_400_000;

describe('a stored arrival', () => {
  const arrival = (id: string, root = digestOf(1)) => ({ from: randomId(), id, header: digestOf(3), root });

  it('is found by its own tab, and by no other', async () => {
    const tab = randomId();
    const one = arrival('one');
    new StoredArrivals(tab).add(one);
    const [same, other] = [new StoredArrivals(tab), new StoredArrivals(randomId())];
    expect((await same.read())[0]).to.include(one);
    expect(await other.read()).to.be.empty;
  });

  it('is stored for each root digest, and removed for one alone', async () => {
    const arrivals = new StoredArrivals(randomId());
    const [mine, theirs] = [arrival('one'), arrival('one', digestOf(2))];
    arrivals.add(mine);
    arrivals.add(theirs);
    arrivals.remove(theirs);
    const known = await arrivals.read();
    expect(known).to.have.length(1);
    expect(known[0]).to.include(mine);
  });

  // claim: #arrivals-24h
  it('is forgotten after 24 h', async () => {
    const arrivals = new StoredArrivals(randomId());
    arrivals.add(arrival('one'));
    expect(await atTime(Date.now() + DAY + 1, () => arrivals.read())).to.be.empty;
  });
});
