import { expect } from '@open-wc/testing';
import { makeRoomCode } from '../../src/room/code.js';
import { Handshake } from '../../src/room/handshake.js';
import { Identity } from '../../src/room/identity.js';
import { deriveKeys, doorId, newMemberId } from '../../src/room/keys.js';
import { claimNow, idOf, introduce } from './support/introduce.js';
import { Simulation } from './simulation/room.js';

let town: Simulation;

beforeEach(() => {
  town = new Simulation();
});

describe('a stranger who knows the ids of a room', () => {
  // claim: #hostile-doors
  it('can keep newcomers out, receives only nonces and proofs, and is forgotten afterwards', async () => {
    const { tag } = deriveKeys(town.code);
    const heard: string[] = [];
    const doors = [0, 1, 2].map((door) => town.server.page().claim(doorId(tag, door)));
    await town.clock.pass(100);
    for (const door of await Promise.all(doors)) {
      door.onconnection = (connection) => {
        const room = connection.channel('room');
        room.onmessage = (text) => heard.push(text as string);
        room.send(JSON.stringify({ type: 'nonce', nonce: '00'.repeat(32) }));
      };
    }
    const [ada, bob] = [town.join('ada'), town.join('bob')];
    await town.clock.pass(60_000);
    for (const { room } of [ada, bob]) {
      expect(room.state).to.equal('joining');
      expect(room.members).to.be.empty;
    }
    expect(new Set(heard.map((text) => (JSON.parse(text) as { type: string }).type))).to.deep.equal(
      new Set(['nonce', 'proof']),
    );
    for (const door of await Promise.all(doors)) door.close();
    await town.clock.until(town.isWhole, 31_000);
  });
});

describe('a peer that is dialled', () => {
  it('says nothing until it has been spoken to', async () => {
    const { tag, key } = deriveKeys(town.code);
    const [ada] = await town.room(1);
    const claim = await claimNow(town, newMemberId(tag));
    const dialling = claim.dial(idOf(town, ada!), { timeout: 5_000 });
    await town.clock.pass(500);
    const connection = await dialling;
    const room = connection.channel('room');
    const heard: string[] = [];
    room.onmessage = (text) => heard.push((JSON.parse(text as string) as { type: string }).type);
    await town.clock.pass(4_000);
    expect(heard).to.be.empty;
    room.send(JSON.stringify(new Handshake(connection, key).nonce));
    await town.clock.pass(500);
    expect(heard).to.deep.equal(['nonce']);
  });
});

describe('a member that lies', () => {
  it('is admitted while it keeps to the rules', async () => {
    const [ada] = await town.room(1);
    await introduce(town, ada!);
    expect(ada!.sees).to.deep.equal(['mallory']);
  });

  // claim: #hostile-wants-other-room
  it('is rejected when it gives an address in another room', async () => {
    const [ada] = await town.room(1);
    const elsewhere = newMemberId(deriveKeys(makeRoomCode()).tag);
    const connection = await introduce(town, ada!, (hello) => ({ ...hello, peerId: elsewhere }));
    expect(connection.closed.aborted).to.be.true;
    expect(ada!.sees).to.deep.equal([]);
    expect(ada!.told).to.include('error peer-protocol');
  });

  for (const [where, isDialled] of [
    ['of another room', false],
    ['of its own room', true],
  ] as const) {
    // claim: #hostile-names-other-room
    it(`${isDialled ? 'can' : 'cannot'} make others dial the ids ${where} that it names`, async () => {
      const [ada, bob] = await town.room(2);
      const { tag } = deriveKeys(isDialled ? town.code : makeRoomCode());
      const named = await claimNow(town, newMemberId(tag));
      let dialled = false;
      named.onconnection = () => (dialled = true);
      const [connection] = [...bob!.page.connections].filter(({ other }) => other.page === ada!.page);
      const members = [{ id: new Identity().id, peerId: named.id }];
      const peerId = idOf(town, bob!);
      connection!
        .channel('room')
        .send(JSON.stringify({ type: 'roster', name: 'r1', peerId, doors: [], members }));
      await town.clock.pass(5_000);
      expect(dialled).to.equal(isDialled);
    });
  }
});
