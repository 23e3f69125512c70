import { expect } from '@open-wc/testing';
import { Simulation, type Resident } from './simulation/room.js';

/** Codes that say that somebody is there who cannot be met. */
const TOLD = /^error (peer-unverified|peer-unreachable)$/;
const isTold = ({ told }: Resident): boolean => told.some((line) => TOLD.test(line));

/** Round trips between two pages, in ms. */
const TRIPS = [50, 200, 400, 800, 1_200, 1_700, 1_800, 2_500, 3_000, 4_000];

describe('a room on long paths', () => {
  let town: Simulation;
  beforeEach(() => (town = new Simulation()));

  for (const roundTrip of TRIPS) {
    it(`connects two peers that are ${roundTrip} ms apart, without reporting trouble`, async () => {
      town.server.roundTrip = roundTrip;
      const ada = town.join('ada');
      await town.clock.pass(1_000);
      const bob = town.join('bob');
      await town.clock.until(town.isWhole, 1_000 + 10 * roundTrip);
      await town.clock.pass(120_000);
      expect(town.isWhole()).to.equal(true);
      for (const { told, room } of [ada, bob]) {
        expect(told.filter((line) => /^(error|lost|gone)/.test(line))).to.deep.equal([]);
        expect(told.filter((line) => line.startsWith('join'))).to.have.length(1);
        expect(room.trouble).to.equal(null);
      }
    });

    it(`connects five peers that arrive at once, ${roundTrip} ms apart`, async () => {
      town.server.roundTrip = roundTrip;
      for (let count = 0; count < 5; count++) town.join(`r${count}`);
      await town.clock.until(town.isWhole, 20_000 + 20 * roundTrip);
      await town.clock.pass(60_000);
      expect(town.isWhole()).to.equal(true);
      for (const { told, room } of town.residents) {
        expect(told.filter((line) => /^(error|gone)/.test(line))).to.deep.equal([]);
        expect(room.trouble).to.equal(null);
      }
    });

    it(`measures a path of ${roundTrip} ms`, async () => {
      town.server.roundTrip = roundTrip;
      const [ada, bob, cyd] = [town.join('ada'), town.join('bob'), town.join('cyd')];
      await town.clock.until(town.isWhole, 20_000 + 20 * roundTrip);
      await town.clock.pass(30_000 + 10 * roundTrip);
      for (const { room } of [ada, bob, cyd])
        expect(room.members.map((member) => member.roundTrip)).to.deep.equal([roundTrip, roundTrip]);
    });
  }

  for (const roundTrip of [5_500, 6_000, 8_000, 15_000, 60_000])
    it(`tells two peers, ${roundTrip} ms apart, that they cannot connect`, async () => {
      town.server.roundTrip = roundTrip;
      const ada = town.join('ada');
      await town.clock.pass(1_000);
      const bob = town.join('bob');
      await town.clock.until(() => isTold(ada) && isTold(bob), 20_000 + 6 * roundTrip);
      expect(ada.sees).to.deep.equal([]);
    });

  it('also tells the peer that the other gave up on first', async () => {
    town.server.roundTrip = 8_000;
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    const bob = town.join('bob');
    await town.clock.until(() => bob.page.connections.size > 0, 40_000);
    await town.clock.pass(4_500);
    town.server.roundTrip = 200;
    await town.clock.until(() => isTold(bob), 1_000);
    await town.clock.until(() => isTold(ada), 200);
    await town.clock.until(town.isWhole, 60_000);
    expect(ada.room.trouble).to.equal(null);
  });

  it('reports nothing when a peer leaves during the introduction on an ordinary path', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    for (const moment of [5, 20, 50, 80]) {
      const bob = town.join('bob');
      await town.clock.until(() => bob.page.connections.size > 0, 1_000);
      await town.clock.pass(moment);
      bob.room.leave();
      await town.clock.pass(30_000);
    }
    expect(ada.told.filter((line) => line.startsWith('error'))).to.deep.equal([]);
    expect(ada.room.trouble).to.equal(null);
  });

  // There and back it takes 30 ms; the sixth message is the one that says who else is here.
  for (const message of [1, 2, 3, 4, 5, 6])
    it(`tells both peers when message ${message} of the introduction and all that follows is lost`, async () => {
      const ada = town.join('ada');
      await town.clock.pass(1_000);
      const bob = town.join('bob');
      await town.clock.until(() => bob.page.connections.size > 0, 1_000);
      await town.clock.pass(((message - 0.5) * town.server.roundTrip) / 2);
      town.server.reachable = () => false;
      town.server.relays = false;
      // Who has let the other in has lost it.
      const knows = (each: Resident): boolean => isTold(each) || each.told.includes('lost bob');
      await town.clock.until(() => knows(ada) && knows(bob), 20_000);
      town.server.reachable = () => true;
      town.server.relays = true;
      await town.clock.until(town.isWhole, 60_000);
      for (const { room } of [ada, bob]) expect(room.trouble).to.equal(null);
    });

  it('connects to a member whose path becomes longer during the introduction', async () => {
    town.join('ada');
    await town.clock.pass(1_000);
    const bob = town.join('bob');
    await town.clock.until(() => bob.page.connections.size > 0, 1_000);
    town.server.roundTrip = 4_000;
    await town.clock.until(town.isWhole, 20_000);
    expect(bob.told.filter((line) => line.startsWith('error'))).to.deep.equal([]);
  });

  // At a round trip of 1 s; it was proven by then, and not let in.
  for (const { who, moment } of [
    { who: 'the one that was dialled', moment: 1_600 },
    { who: 'the one that was dialled', moment: 2_100 },
    { who: 'the one that has dialled', moment: 2_100 },
    { who: 'the one that has dialled', moment: 2_600 },
  ])
    it(`does not blame the path to ${who} when its machine was asleep from ${moment} ms on`, async () => {
      const ada = town.join('ada');
      await town.clock.pass(1_000);
      town.server.roundTrip = 1_000;
      const bob = town.join('bob');
      await town.clock.until(() => bob.page.connections.size > 0, 10_000);
      await town.clock.pass(moment);
      const sleeper = who.endsWith('has dialled') ? bob : ada;
      sleeper.page.cut();
      sleeper.page.freeze();
      await town.clock.pass(60_000);
      sleeper.page.thaw();
      await town.clock.pass(10);
      sleeper.page.mend();
      await town.clock.until(town.isWhole, 45_000);
      expect(sleeper.told.filter((line) => line.startsWith('error'))).to.deep.equal([]);
      for (const { room } of [ada, bob]) expect(room.trouble).to.equal(null);
    });
});
