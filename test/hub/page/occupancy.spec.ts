import { expect } from '@open-wc/testing';
import { Occupancy } from '../../../src/hub/page/occupancy.js';
import type { Occupant } from '../../../src/hub/page/occupancy.js';

class Hub implements Occupant {
  present = true;
  readonly told: string[] = [];

  depart(): void {
    this.told.push('depart');
  }

  free(): void {
    this.told.push('free');
  }
}

describe('a room of a page', () => {
  let occupancy: Occupancy<Hub>;
  let first: Hub;
  let second: Hub;
  let third: Hub;
  beforeEach(() => {
    occupancy = new Occupancy();
    [first, second, third] = [new Hub(), new Hub(), new Hub()];
    expect(occupancy.claim('room', first)).to.equal('granted');
  });

  it('is granted to one hub, which may claim it again', () => {
    expect(occupancy.claim('room', second)).to.equal('taken');
    expect(occupancy.claim('room', first)).to.equal('granted');
    expect(occupancy.claim('other room', second)).to.equal('granted');
    expect(occupancy.holder('room')).to.equal(first);
    expect(occupancy.holder('empty room')).to.equal(null);
  });

  it('is freed for the hub in the page that has waited longest', () => {
    for (const hub of [second, third]) occupancy.claim('room', hub);
    second.present = false;
    occupancy.vacate('room', first);
    expect([second.told, third.told]).to.deep.equal([[], ['free']]);
    expect(occupancy.claim('room', third)).to.equal('granted');
  });

  it('tells nobody when a hub stops waiting', () => {
    for (const hub of [second, third]) occupancy.claim('room', hub);
    occupancy.vacate('room', second);
    expect(occupancy.firstWaiting('room')).to.equal(third);
    expect([first.told, third.told]).to.deep.equal([[], []]);
  });

  it('yields when the hub that has it is out of the page, which departs unless it comes back', () => {
    first.present = false;
    expect(occupancy.claim('room', second)).to.equal('yielding');
    occupancy.review('room');
    expect(first.told).to.deep.equal(['depart']);
    first.present = true;
    occupancy.review('room');
    expect(first.told).to.deep.equal(['depart']);
  });

  it('passes to a hub that goes on in place of one that waits', () => {
    occupancy.claim('room', second);
    occupancy.pass('room', third, second);
    expect([occupancy.holder('room'), occupancy.firstWaiting('room')]).to.deep.equal([third, null]);
    occupancy.vacate('room', third);
    expect([first.told, second.told]).to.deep.equal([[], []]);
  });
});
