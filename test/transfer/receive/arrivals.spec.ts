import { expect } from '@open-wc/testing';
import { Arrivals } from '../../../src/transfer/receive/arrivals.js';
import type { Arrival, ArrivalLog } from '../../../src/transfer/receive/arrivals.js';

const arrival = (id: string, root = 'r', from = 'ann'): Arrival => ({ from, id, header: 'h', root });

describe('an arrival', () => {
  it('is known by its id and root digest together', () => {
    const arrivals = new Arrivals();
    arrivals.add(arrival('photo', 'one'));
    expect(arrivals.has(arrival('photo', 'one'))).to.equal(true);
    expect(arrivals.has(arrival('photo', 'two'))).to.equal(false);
    expect(arrivals.has(arrival('film', 'one'))).to.equal(false);
  });

  it('is found by its id, the newest first', () => {
    const arrivals = new Arrivals();
    const all = [arrival('photo', 'one'), arrival('film'), arrival('photo', 'two', 'mal')];
    for (const each of all) arrivals.add(each);
    expect(arrivals.of('photo')).to.deep.equal([all[2], all[0]]);
  });

  it('is logged, and recalled by the next page before what has arrived there meanwhile', () => {
    const written: Arrival[] = [];
    const log: ArrivalLog = { add: (each) => written.push(each), remove: () => expect.fail('removed') };
    new Arrivals(log).add(arrival('photo'));
    const later = new Arrivals();
    later.add(arrival('film'));
    later.recall(written);
    expect(later.all).to.deep.equal([arrival('photo'), arrival('film')]);
  });

  // claim: #arrivals-thousand
  it('is forgotten after a thousand more, and removed from the log', () => {
    const removed: Arrival[] = [];
    const arrivals = new Arrivals({ add: () => undefined, remove: (each) => removed.push(each) });
    for (let count = 0; count <= 1000; count++) arrivals.add(arrival(String(count)));
    expect(removed).to.deep.equal([arrival('0')]);
    expect(arrivals.all).to.have.length(1000);
    expect(arrivals.has(arrival('0'))).to.equal(false);
  });

  it('is not forgotten because of how much another member has sent', () => {
    const arrivals = new Arrivals();
    arrivals.add(arrival('photo'));
    for (let count = 0; count < 2000; count++) arrivals.add(arrival(String(count), 'r', 'mal'));
    expect(arrivals.has(arrival('photo'))).to.equal(true);
    expect(arrivals.all).to.have.length(1000);
  });
});
