import { expect } from '@open-wc/testing';
import { Arrivals } from '../../src/transfer/arrivals.js';
import type { Arrival, ArrivalLog } from '../../src/transfer/arrivals.js';

const arrival = (id: string, root = 'r', from = 'ann'): Arrival => ({ from, id, root });

describe('what has arrived', () => {
  it('is known by id and root together', () => {
    const arrivals = new Arrivals();
    arrivals.add(arrival('photo', 'one'));
    expect(arrivals.has(arrival('photo', 'one'))).to.equal(true);
    expect(arrivals.has(arrival('photo', 'two'))).to.equal(false);
    expect(arrivals.has(arrival('film', 'one'))).to.equal(false);
  });

  it('is the sender’s own, and the last that came under its id', () => {
    const arrivals = new Arrivals();
    arrivals.add(arrival('photo', 'one'));
    arrivals.add(arrival('photo', 'two'));
    arrivals.add(arrival('photo', 'other', 'mal'));
    expect(arrivals.rootFrom('ann', 'photo')).to.equal('two');
    expect(arrivals.rootFrom('mal', 'photo')).to.equal('other');
    expect(arrivals.rootFrom('ben', 'photo')).to.equal(null);
  });

  it('is written down, and found again by the next page', () => {
    const written: Arrival[] = [];
    const log: ArrivalLog = { add: (each) => written.push(each), remove: () => expect.fail('removed') };
    new Arrivals(log).add(arrival('photo'));
    const later = new Arrivals(log, written);
    expect(later.has(arrival('photo'))).to.equal(true);
    expect(later.ids).to.deep.equal(['photo']);
  });

  it('is older when it is found later, in a log that is slow to answer', () => {
    const arrivals = new Arrivals();
    arrivals.add(arrival('photo', 'new'));
    arrivals.recall([arrival('photo', 'old'), arrival('film')]);
    expect(arrivals.rootFrom('ann', 'photo')).to.equal('new');
    expect(arrivals.has(arrival('film'))).to.equal(true);
  });

  it('is forgotten when a thousand have come since, and in the log, too', () => {
    const removed: Arrival[] = [];
    const arrivals = new Arrivals({ add: () => undefined, remove: (each) => removed.push(each) });
    for (let count = 0; count <= 1000; count++) arrivals.add(arrival(String(count)));
    expect(removed).to.deep.equal([arrival('0')]);
    expect(arrivals.ids).to.have.length(1000);
    expect(arrivals.has(arrival('0'))).to.equal(false);
  });
});
