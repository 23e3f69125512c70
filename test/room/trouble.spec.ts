import { expect } from '@open-wc/testing';
import type { SnapErrorCode } from '../../src/errors.js';
import { Simulation, type Resident } from './simulation/room.js';
import type { SimulatedPage } from './simulation/server.js';

const errors = ({ told }: Resident): string[] => told.filter((line) => line.startsWith('error'));
const trouble = ({ room }: Resident): SnapErrorCode | null => room.trouble?.code ?? null;

let town: Simulation;

beforeEach(() => {
  town = new Simulation();
});

describe('two peers in one room with no path between them', () => {
  const nobody = () => false;

  it('are both told within 20 s, once, and keep waiting', async () => {
    town.server.reachable = nobody;
    const ada = town.join('ada');
    await town.clock.pass(5_000);
    const bob = town.join('bob');
    await town.clock.until(() => [ada, bob].every((each) => trouble(each) === 'peer-unreachable'), 20_000);
    expect([ada.room.state, bob.room.state]).to.deep.equal(['waiting', 'waiting']);
    await town.clock.pass(600_000);
    for (const each of [ada, bob]) {
      expect(errors(each)).to.deep.equal(['error peer-unreachable']);
      expect(trouble(each)).to.equal('peer-unreachable');
    }
  });

  it('are both told when they arrive at the same moment', async () => {
    town.server.reachable = nobody;
    const [ada, bob] = [town.join('ada'), town.join('bob')];
    await town.clock.until(() => errors(ada).length === 1 && errors(bob).length === 1, 20_000);
  });

  it('are each told why, as each of them sees it', async () => {
    town.server.reachable = nobody;
    const ada = town.join('ada');
    town.server.noPath = (page) => (page === ada.page ? 'relay-refused' : 'relay-missing');
    await town.clock.pass(1_000);
    const bob = town.join('bob');
    await town.clock.until(
      () => trouble(ada) === 'relay-refused' && trouble(bob) === 'relay-missing',
      20_000,
    );
  });

  it('connect, and no longer see the error, once there is a path', async () => {
    town.server.reachable = nobody;
    const [ada, bob] = [town.join('ada'), town.join('bob')];
    await town.clock.until(() => trouble(ada) !== null && trouble(bob) !== null, 20_000);
    town.server.reachable = () => true;
    await town.clock.until(town.isWhole, 45_000);
    expect([trouble(ada), trouble(bob)]).to.deep.equal([null, null]);
  });

  it('connect at once on checkNow(), as after a change of the relay', async () => {
    town.server.reachable = nobody;
    const [ada, bob] = [town.join('ada'), town.join('bob')];
    await town.clock.pass(300_000);
    town.server.reachable = () => true;
    for (const { room } of [ada, bob]) room.checkNow();
    // An attempt that is under way ends first.
    await town.clock.until(town.isWhole, 15_000);
  });

  it('no longer see the error once the other has left', async () => {
    town.server.reachable = nobody;
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    const bob = town.join('bob');
    await town.clock.until(() => trouble(ada) !== null && trouble(bob) !== null, 20_000);
    bob.room.leave();
    await town.clock.until(() => trouble(ada) === null, 80_000);
    expect(ada.room.state).to.equal('waiting');
  });

  it('are told even beside a third peer that both can reach, until one of them leaves', async () => {
    const [ada, bob, cyd] = [town.join('ada'), town.join('bob'), town.join('cyd')];
    const pair = new Set<SimulatedPage>([ada.page, bob.page]);
    town.server.reachable = (one, other) => !(pair.has(one) && pair.has(other));
    await town.clock.until(() => trouble(ada) !== null && trouble(bob) !== null, 25_000);
    expect([ada.sees, bob.sees, cyd.sees]).to.deep.equal([['cyd'], ['cyd'], ['ada', 'bob']]);
    expect(trouble(cyd)).to.be.null;
    bob.room.leave();
    await town.clock.until(() => trouble(ada) === null, 1_000);
  });

  it('are told when they were connected and the path breaks for good', async () => {
    const [ada, bob] = await town.room(2);
    town.server.reachable = nobody;
    await town.clock.until(() => [ada!, bob!].every((each) => trouble(each) === 'peer-unreachable'), 45_000);
  });

  it('are not told when a path is merely slow to find', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    town.server.reachable = nobody;
    const bob = town.join('bob');
    await town.clock.pass(9_000);
    expect([...errors(ada), ...errors(bob)]).to.deep.equal([]);
  });
});

describe('a room does not report a peer as unreachable', () => {
  it('that leaves, crashes or falls asleep while it is being dialled', async () => {
    for (const end of ['leave', 'crash', 'freeze', 'cut'] as const) {
      for (const moment of [50, 150, 500, 2_000, 8_000]) {
        town = new Simulation();
        town.server.reachable = () => false;
        const ada = town.join('ada');
        await town.clock.pass(1_000);
        const bob = town.join('bob');
        await town.clock.pass(moment);
        if (end === 'leave') ada.room.leave();
        else ada.page[end]();
        await town.clock.pass(120_000);
        expect(errors(bob), `${end} after ${moment} ms`).to.deep.equal([]);
        expect(trouble(bob)).to.be.null;
      }
    }
  });

  it('when the server restarts', async () => {
    for (const pause of [50, 1_000, 5_000, 60_000]) {
      town = new Simulation();
      const residents = await town.room(4);
      for (let round = 0; round < 5; round += 1) {
        town.server.stop();
        await town.clock.pass(pause);
        town.server.start();
        town.join(`late${round}`);
        await town.clock.pass(1_500);
      }
      await town.clock.pass(60_000);
      expect(town.isWhole()).to.be.true;
      for (const each of town.residents)
        expect(
          errors(each).filter((line) => line !== 'error server-unreachable'),
          `${pause} ms`,
        ).to.be.empty;
      expect(residents.map(trouble)).to.deep.equal([null, null, null, null]);
    }
  });

  // claim: #trouble-stranger-dials
  it('when a stranger dials who knows an id of the room but has none of its own', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    town.server.reachable = () => false;
    const claiming = town.server.page().claim('eve');
    await town.clock.pass(100);
    const eve = await claiming;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      for (const id of town.server.ids) void eve.dial(id, { timeout: 5_000 }).catch(() => undefined);
      await town.clock.pass(15_000);
    }
    expect(errors(ada)).to.deep.equal([]);
    expect(trouble(ada)).to.be.null;
  });

  // claim: #trouble-made-up-members
  it('more than once a minute, even when someone with the room’s tag makes up members', async () => {
    const ada = town.join('ada');
    await town.clock.pass(1_000);
    town.server.reachable = () => false;
    const target = town.server.ids.find((id) => id.includes('-m-'))!;
    const page = town.server.page();
    for (let number = 0; number < 100; number += 1) {
      const letters = [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
      const claiming = page.claim(`${target.slice(0, -16)}${letters.padStart(16, 'x')}`);
      await town.clock.pass(100);
      void (await claiming).dial(target, { timeout: 5_000 }).catch(() => undefined);
      town.server.noPath = () => (number % 2 ? 'peer-unreachable' : 'relay-refused');
      await town.clock.pass(3_000);
    }
    // Five minutes, and two codes.
    expect(errors(ada).length).to.be.within(1, 12);
  });
});

describe('a server that is full', () => {
  for (const [refusal, code] of [
    ['server-full', 'server-full'],
    ['server-refused', 'server-refused'],
    ['server-unreachable', 'server-unreachable'],
  ] as const) {
    it(`is reported once as ${code}, retried, and entered within 10 s of having a place`, async () => {
      for (const wait of [500, 5_000, 60_000, 600_000]) {
        town = new Simulation();
        town.server.refuses = refusal;
        const ada = town.join('ada');
        await town.clock.pass(wait);
        expect(ada.told).to.deep.equal(['state joining', `error ${code}`]);
        expect(trouble(ada)).to.equal(code);
        town.server.refuses = null;
        await town.clock.until(() => ada.room.state === 'waiting', 10_000);
        expect(trouble(ada)).to.be.null;
        expect(errors(ada)).to.have.length(1);
      }
    });
  }

  for (const [how, faults] of Object.entries({
    'drops them at once': { keeps: { any: 0, door: 0 } },
    'drops them after 0.1 s': { keeps: { any: 100, door: 100 } },
    'drops them after 1 s': { keeps: { any: 1_000, door: 1_000 } },
    'drops them after 3 s': { keeps: { any: 3_000, door: 3_000 } },
    'relays nothing': { relays: false },
  })) {
    it(`for a long time, but lets everybody in and ${how}: is reported once, retried like a full one, and entered`, async () => {
      Object.assign(town.server, faults);
      const ada = town.join('ada');
      await town.clock.until(() => trouble(ada) === 'server-unreachable', 20_000);
      const told = ada.told.length;
      await town.clock.pass(30_000);
      const { attempts } = town.server;
      await town.clock.pass(600_000);
      // Nothing flickers, and nobody storms it.
      expect(ada.told.slice(told)).to.deep.equal([]);
      expect(errors(ada)).to.deep.equal(['error server-unreachable']);
      expect(ada.room.state).to.equal('reconnecting');
      expect(town.server.attempts - attempts).to.be.below(200);
      Object.assign(town.server, { keeps: { any: Infinity, door: Infinity }, relays: true });
      await town.clock.until(() => ada.room.state === 'waiting', 10_000);
      expect(trouble(ada)).to.be.null;
      const bob = town.join('bob');
      await town.clock.until(() => bob.sees.length === 1 && ada.sees.length === 1, 10_000);
      expect(errors(ada)).to.have.length(1);
    });
  }

  it('for doors, but admits them and drops them at once, is not flooded', async () => {
    town.server.keeps.door = 0;
    const ada = town.join('ada');
    await town.clock.pass(60_000);
    const { attempts } = town.server;
    await town.clock.pass(600_000);
    expect(town.server.attempts - attempts).to.be.below(200);
    expect(ada.room.state).to.equal('waiting');
    town.server.keeps.door = Infinity;
    const bob = town.join('bob');
    await town.clock.until(() => bob.sees.length === 1, 15_000);
  });

  it('is abandoned only when it refuses for good', async () => {
    town.server.refuses = 'server-refused';
    town.server.refusesForGood = true;
    const ada = town.join('ada');
    await town.clock.pass(60_000);
    expect(ada.told).to.deep.equal(['state joining', 'state failed', 'error server-refused']);
  });

  it('lets a newcomer into an existing room as soon as it has a single place', async () => {
    const residents = await town.room(2);
    await town.clock.until(() => town.doors.length === 2, 5_000);
    town.server.capacity = town.server.ids.length;
    const late = town.join('late');
    await town.clock.until(() => trouble(late) === 'server-full', 5_000);
    await town.clock.pass(120_000);
    expect(late.room.state).to.equal('joining');
    town.server.capacity += 1;
    await town.clock.until(() => late.sees.length === 2, 10_000);
    // The other side of the last connection knows a moment later.
    await town.clock.until(() => residents.every(({ sees }) => sees.includes('late')), 1_000);
  });

  it('blocks the first member until it has a second place, for the door', async () => {
    town.server.capacity = 1;
    const ada = town.join('ada');
    await town.clock.pass(120_000);
    expect(ada.room.state).to.equal('joining');
    expect(trouble(ada)).to.equal('server-full');
    town.server.capacity = 2;
    await town.clock.until(() => ada.room.state === 'waiting', 10_000);
    expect(trouble(ada)).to.be.null;
  });

  it('is not reported to anybody who is connected', async () => {
    const residents = await town.room(3);
    const told = residents.map((each) => each.told.length);
    town.server.stop();
    town.server.start();
    town.server.refuses = 'server-full';
    await town.clock.pass(120_000);
    expect(residents.map((each) => each.told.length)).to.deep.equal(told);
    expect(residents.map(trouble)).to.deep.equal([null, null, null]);
    town.server.refuses = null;
    const late = town.join('late');
    await town.clock.until(() => late.sees.length === 3, 15_000);
  });

  it('is retried after waits that differ between pages', async () => {
    town.server.refuses = 'server-full';
    for (let number = 0; number < 10; number += 1) town.join(`r${number}`);
    await town.clock.pass(60_000);
    const { claims } = town.server;
    await town.clock.pass(60_000);
    // Every 3.3 to 5 s, one id each: doors wait for the member.
    expect(town.server.claims - claims).to.be.within(110, 190);
  });
});
