import { expect } from '@open-wc/testing';
import { RoundTrips } from '../../../src/transfer/lanes/round-trips.js';

describe('round trips', () => {
  it('have no measure before the first', () => {
    expect(new RoundTrips().timeout).to.equal(Infinity);
  });

  it('allow a page 30 ms when each is like the other', () => {
    const roundTrips = new RoundTrips();
    for (let count = 0; count < 100; count++) roundTrips.took(100);
    expect(roundTrips.timeout).to.be.closeTo(130, 1);
  });

  it('allow for more where they differ', () => {
    const roundTrips = new RoundTrips();
    for (let count = 0; count < 100; count++) roundTrips.took(count % 2 ? 300 : 100);
    expect(roundTrips.timeout).to.be.within(270, 330);
  });

  it('follow a path that has become longer', () => {
    const roundTrips = new RoundTrips();
    for (let count = 0; count < 100; count++) roundTrips.took(20);
    for (let count = 0; count < 100; count++) roundTrips.took(200);
    expect(roundTrips.timeout).to.be.closeTo(230, 1);
  });
});
