import { expect } from '@open-wc/testing';
import type { SessionEvents } from '../../src/hub/session.js';
import { Session } from '../../src/hub/session.js';
import type { Resume } from '../../src/hub/resume.js';
import type { Channel } from '../../src/peer/channel.js';
import type { Member } from '../../src/room/member.js';
import type { Room } from '../../src/room/room.js';
import type { Transfers } from '../../src/transfer/transfers.js';

const CHANNEL = {} as Channel;

const memberOf = (id: string, over: Partial<Member> = {}): Member => ({
  ...{ id, name: id, sendOnly: false, roundTrip: 5, relayed: false, connected: true },
  ...{ transfer: CHANNEL, lane: null, outcome: null },
  ...over,
});

/** Writes down every call, as `name id`. */
class Calls {
  readonly made: string[] = [];

  of(...names: string[]): object {
    const call =
      (name: string) =>
      (given?: string | { id: string }): void => {
        const about = typeof given === 'object' ? given.id : given;
        this.made.push(about === undefined ? name : `${name} ${about}`);
      };
    return Object.fromEntries(names.map((name) => [name, call(name)]));
  }
}

describe('a session', () => {
  let told: Calls;
  let transfers: Calls;
  let room: Room;
  let session: Session;
  let resume: () => void;
  beforeEach(() => {
    told = new Calls();
    transfers = new Calls();
    const engine = transfers.of(
      ...['connect', 'disconnect', 'leave', 'expire', 'close', 'abandon', 'measured'],
    ) as Transfers;
    engine.takesOf = () => null;
    const succeed = (id: string): Promise<void> => Promise.resolve(void transfers.made.push(`succeed ${id}`));
    const events = told.of('state', 'joined', 'left', 'changed', 'path', 'error', 'trouble') as SessionEvents;
    session = new Session(engine, { succeed } as unknown as Resume, events);
    room = { ...new Calls().of('join', 'leave'), members: [], trouble: null } as unknown as Room;
    const resumed = new Promise<void>((resolve) => (resume = resolve));
    session.enter(room, { resumed, lanes: () => ({ configuration: {}, limit: 0 }) });
  });
  afterEach(() => session.stopWaiting());

  const noChange = (): string[] => told.made.filter((call) => call !== 'changed');

  it('connects the transfers to a member only once the former life of the page is back', async () => {
    room.onjoin!(memberOf('anna'));
    expect(noChange()).to.deep.equal(['joined anna']);
    expect(transfers.made).to.deep.equal([]);
    resume();
    await Promise.resolve();
    expect(transfers.made).to.deep.equal(['connect anna']);
  });

  it('connects them to every new connection of a member, and reports the path, not a join', async () => {
    resume();
    room.onjoin!(memberOf('anna'));
    await Promise.resolve();
    room.onreconnected!(memberOf('anna'));
    await Promise.resolve();
    room.onreconnected!(memberOf('anna', { transfer: {} as Channel }));
    await Promise.resolve();
    expect(noChange()).to.deep.equal(['joined anna', 'path anna', 'path anna']);
    expect(transfers.made).to.deep.equal(['connect anna', 'connect anna']);
  });

  it('connects them to nobody once the room is left', async () => {
    room.onjoin!(memberOf('anna'));
    session.leave(true);
    resume();
    await Promise.resolve();
    expect(transfers.made).to.deep.equal(['close']);
    expect([session.room, session.members]).to.deep.equal([null, []]);
  });

  const ways: [why: 'bye' | 'away' | 'gone', expected: string[]][] = [
    ['bye', ['leave anna', 'succeed anna']],
    ['away', ['disconnect anna', 'succeed anna']],
    ['gone', ['disconnect anna', 'succeed anna']],
  ];
  for (const [why, expected] of ways)
    it(`${why === 'bye' ? 'ends the transfers of' : 'keeps the transfers for'} a member that left with "${why}"`, () => {
      room.onjoin!(memberOf('anna'));
      room.onleave!(memberOf('anna', { connected: false }), why);
      expect(transfers.made).to.deep.equal(expected);
      expect(noChange()).to.deep.equal(['joined anna', 'left anna']);
    });

  it('reports a lost member that is dialled again as left and as joined, once each', () => {
    room.onjoin!(memberOf('anna'));
    room.onlost!(memberOf('anna', { connected: false }));
    room.onleave!(memberOf('anna', { connected: false }), 'gone');
    room.onreconnected!(memberOf('anna'));
    expect(noChange()).to.deep.equal(['joined anna', 'left anna', 'joined anna']);
  });

  it('shows who is connected as peers, without their channels', () => {
    Object.assign(room, { members: [memberOf('anna'), memberOf('bob', { connected: false })] });
    expect(session.peers).to.deep.equal([
      { id: 'anna', name: 'anna', sendOnly: false, roundTrip: 5, relayed: false, takes: null },
    ]);
    expect(session.members).to.have.length(2);
  });

  it('shows who vanished and is being dialled as lost', () => {
    Object.assign(room, { members: [memberOf('anna'), memberOf('bob', { connected: false })] });
    expect(session.lost.map(({ id }) => id)).to.deep.equal(['bob']);
  });

  it('tells of a measured round trip only when a person would see another number', () => {
    const changes = (): number => told.made.filter((call) => call === 'changed').length;
    room.onroundtrip!(memberOf('anna', { roundTrip: 4.2 }));
    room.onroundtrip!(memberOf('anna', { roundTrip: 3.9 }));
    expect(changes()).to.equal(1);
    room.onroundtrip!(memberOf('anna', { roundTrip: 7 }));
    expect(changes()).to.equal(2);
    expect(transfers.made).to.deep.equal(['measured anna', 'measured anna', 'measured anna']);
  });

  it('passes on what the room says of itself until it is left', () => {
    room.onstate!('waiting');
    room.onrelayed!(memberOf('anna'));
    session.leave(false);
    expect([room.onstate, room.ontrouble]).to.deep.equal([null, null]);
    expect(noChange()).to.deep.equal(['state waiting', 'path anna']);
  });
});
