import { expect } from '@open-wc/testing';
import { Simulation, type Resident } from './simulation/room.js';

/**
 * Rooms under everything that goes wrong. The simulated server has a clock of its own, so that a
 * minute takes no time.
 */
describe('room, when things go wrong', function () {
  // Minutes of a room's life, on machines that may be slow.
  this.timeout(240_000);
  let town: Simulation;

  beforeEach(() => {
    town = new Simulation();
  });

  const holders = () => [0, 1, 2].map((door) => town.keeper(door)).filter((keeper) => keeper !== undefined);

  it('lets a newcomer in within 5 s after every door holder was closed at once', async () => {
    await town.room(6);
    await town.clock.until(() => town.doors.length === 3, 5_000);
    for (const keeper of holders()) keeper.room.leave();
    const late = town.join('late');
    expect(await town.clock.until(() => late.room.state === 'connected', 5_000)).to.be.below(5_000);
    await town.clock.until(town.isWhole, 5_000);
  });

  it('lets a newcomer in within 5 s after every door holder crashed at once', async () => {
    await town.room(6);
    await town.clock.until(() => town.doors.length === 3, 5_000);
    await town.clock.pass(10_000);
    for (const keeper of holders()) keeper.page.crash();
    const late = town.join('late');
    await town.clock.until(() => late.room.state === 'connected', 5_000);
    await town.clock.until(town.isWhole, 20_000);
  });

  // claim: #crash-within-16s
  it('notices a crash within 16 s', async () => {
    const [ada, bob] = await town.room(2);
    await town.clock.pass(60_000);
    bob!.page.crash();
    await town.clock.until(() => ada!.told.includes('lost r1'), 16_000);
  });

  // claim: #frozen-door-holder
  it('lets a newcomer in within 8 s while a door holder is frozen', async () => {
    await town.room(3);
    await town.clock.until(() => town.doors.length === 3, 5_000);
    town.keeper(0)!.page.freeze();
    const late = town.join('late');
    await town.clock.until(() => late.room.state === 'connected', 8_000);
  });

  it('lets a newcomer wait in a room whose only member is frozen, and joins them when it wakes', async () => {
    const [ada] = await town.room(1);
    ada!.page.freeze();
    await town.clock.pass(10_000);
    const bob = town.join('bob');
    await town.clock.until(() => bob.room.state === 'waiting', 8_000);
    await town.clock.pass(20_000);
    ada!.page.thaw();
    await town.clock.until(town.isWhole, 12_000);
  });

  // claim: #server-restart-survived
  it('keeps its connections while the server restarts, and lets a newcomer in within 10 s of its return', async () => {
    const residents = await town.room(4);
    const told = residents.map((resident) => resident.told.length);
    town.server.stop();
    await town.clock.pass(60_000);
    expect(town.isWhole()).to.be.true;
    town.server.start();
    const late = town.join('late');
    await town.clock.until(() => late.room.state === 'connected', 10_000);
    // The others come back to the server within 5 s of each other.
    await town.clock.until(town.isWhole, 5_000);
    for (const [index, { told: all }] of residents.entries())
      expect(all.slice(told[index])).to.deep.equal(['join late']);
  });

  // claim: #server-lost-told-once
  it('reports once that the server is unreachable, and recovers when it is back', async () => {
    town.server.stop();
    const ada = town.join('ada');
    const bob = town.join('bob');
    await town.clock.pass(60_000);
    for (const { told, room } of [ada, bob]) {
      expect(told).to.deep.equal(['state joining', 'error server-unreachable']);
      expect(room.state).to.equal('joining');
    }
    town.server.start();
    await town.clock.until(town.isWhole, 8_000);
  });

  it('reconnects silently when it is alone and the server is lost for a moment', async () => {
    const [ada] = await town.room(1);
    town.server.stop();
    await town.clock.pass(100);
    expect(ada!.room.state).to.equal('reconnecting');
    town.server.start();
    await town.clock.until(() => ada!.room.state === 'waiting', 6_000);
    expect(ada!.told.filter((line) => line.startsWith('error'))).to.deep.equal([]);
  });

  it('redials a member whose network was down', async () => {
    const [ada, bob] = await town.room(2);
    bob!.page.cut();
    await town.clock.until(() => ada!.told.includes('lost r1') && bob!.told.includes('lost r0'), 16_000);
    await town.clock.pass(10_000);
    bob!.page.mend();
    await town.clock.until(town.isWhole, 8_000);
    expect(ada!.told).to.include('path r1');
    expect(ada!.told).not.to.include('gone r1');
  });

  // claim: #sleep-survived
  it('returns through a door after a night of sleep', async () => {
    const [ada, bob] = await town.room(2);
    bob!.page.freeze();
    bob!.page.cut();
    await town.clock.pass(8 * 3_600_000);
    expect(ada!.told).to.include('gone r1');
    bob!.page.mend();
    bob!.page.thaw();
    await town.clock.until(town.isWhole, 15_000);
  });

  it('heals after it has split in two', async () => {
    const residents = await town.room(6);
    const isLeft = (page: Resident['page']) => residents.findIndex((resident) => resident.page === page) < 3;
    town.server.reachable = (one, other) => isLeft(one) === isLeft(other);
    await town.clock.pass(120_000);
    for (const { sees } of residents) expect(sees).to.have.length(2);
    town.server.reachable = () => true;
    await town.clock.until(town.isWhole, 40_000);
  });

  it('heals when two parts have lost the server and each other', async () => {
    const residents = await town.room(4);
    for (const { page } of residents.slice(2)) page.cut();
    await town.clock.pass(180_000);
    for (const { page } of residents.slice(2)) page.mend();
    await town.clock.until(town.isWhole, 15_000);
  });

  // claim: #id-given-away
  it('takes another id when its own was given away', async () => {
    const [ada, bob] = await town.room(2);
    const id = town.server.ids.find(
      (other) => other.includes('-m-') && town.server.holder(other)?.page === ada!.page,
    )!;
    ada!.page.cut();
    await town.clock.pass(130_000);
    const thief = town.server.page();
    void thief.claim(id);
    await town.clock.pass(100);
    expect(town.server.holder(id)!.page).to.equal(thief);
    ada!.page.mend();
    await town.clock.until(() => ada!.sees.includes('r1') && bob!.sees.includes('r0'), 15_000);
  });

  it('stays in its room when the server refuses it another id, and asks again', async () => {
    const [ada, bob] = await town.room(2);
    const id = town.server.ids.find(
      (other) => other.includes('-m-') && town.server.holder(other)?.page === ada!.page,
    )!;
    town.server.stop();
    town.server.start();
    const thief = town.server.page().claim(id);
    await town.clock.pass(50);
    await thief;
    town.server.refuses = 'server-refused';
    await town.clock.pass(60_000);
    for (const { told, sees } of [ada!, bob!]) {
      expect(sees).to.have.length(1);
      expect(told.filter((line) => line.startsWith('error'))).to.deep.equal([]);
    }
    town.server.refuses = null;
    const late = town.join('late');
    await town.clock.until(() => late.sees.length === 2, 15_000);
  });

  it('creates few connections that fail', async () => {
    const [ada, bob] = await town.room(2);
    const { built } = town.server;
    bob!.page.freeze();
    await town.clock.pass(3_600_000);
    expect(ada!.room.state).to.equal('waiting');
    expect(town.server.built - built).to.be.below(10);
  });

  it('sends the server few messages while nothing happens', async () => {
    await town.room(4);
    await town.clock.pass(10_000);
    const { claims } = town.server;
    await town.clock.pass(900_000);
    expect(town.server.claims - claims).to.equal(0);
  });

  it('redials an unreachable member only a few times', async () => {
    const residents = await town.room(3);
    const [one, two] = residents;
    town.server.reachable = (from, to) =>
      !((from === one!.page && to === two!.page) || (from === two!.page && to === one!.page));
    await town.clock.pass(60_000);
    const { built } = town.server;
    await town.clock.pass(900_000);
    expect(town.server.built - built).to.be.below(300);
    expect(one!.sees).to.deep.equal(['r2']);
  });
});
