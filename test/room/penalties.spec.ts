import { expect } from '@open-wc/testing';
import type { Connection } from '../../src/peer/channel.js';
import { SnapError } from '../../src/errors.js';
import { Identity } from '../../src/room/identity.js';
import { makeRoomCode } from '../../src/room/code.js';
import { deriveKeys, newMemberId } from '../../src/room/keys.js';
import type { HelloMessage } from '../../src/room/messages.js';
import { introduce } from './support/introduce.js';
import { Simulation, type Resident } from './simulation/room.js';

let town: Simulation;
beforeEach(() => {
  town = new Simulation();
});

/** Where it has not been turned away already. */
const say = (connection: Connection, text: string): void => {
  if (!connection.closed.aborted) connection.channel('room').send(text);
};

/** What is said of Bob by somebody who knows all that Bob has told everybody. */
const CLAIMS: Record<string, (bob: Resident, heard: HelloMessage) => Partial<HelloMessage>> = {
  'its id alone': (bob) => ({ id: bob.id }),
  'its id and key': (_, { id, key }) => ({ id, key }),
  'its id, key and a signature of its, over another connection': (_, { id, key, signature }) => ({
    id,
    key,
    signature,
  }),
  'where it is to be found': (_, { peerId }) => ({ peerId }),
};

/** Each rule that earns a penalty. */
const OFFENCES: Record<string, (connection: Connection, resident: Resident, bob: Resident) => void> = {
  'a message that cannot be read': (connection) => say(connection, '{"type":"roster"}'),
  'no JSON': (connection) => say(connection, 'nonsense'),
  'a message that is too large': (connection) => say(connection, `"${'x'.repeat(20_000)}"`),
  'a message out of turn': (connection) => say(connection, '{"type":"refused","code":"room-full"}'),
  'a second proof': (connection) => say(connection, `{"type":"proof","proof":"${'00'.repeat(32)}"}`),
  'bytes that no transfer knows': (_, { room }, bob) => {
    for (const { id, name, transfer } of room.members)
      if (name === 'mallory' || id !== bob.id) transfer?.close(new SnapError('peer-protocol'));
  },
};

/** What Bob says of itself, as somebody hears it that it is connected to. */
async function helloOf(resident: Resident): Promise<HelloMessage> {
  const { heard } = await introduce(town, resident);
  return JSON.parse(heard.find((text) => text.includes('"hello"'))!) as HelloMessage;
}

// claim: #penalty-not-by-proxy
describe('a rule broken in the name of another member', () => {
  for (const [claim, lie] of Object.entries(CLAIMS))
    for (const [offence, offend] of Object.entries(OFFENCES))
      for (const away of [false, true])
        it(`(${offence}, with ${claim}) does not count against that member, who is ${away ? 'away' : 'here'}`, async () => {
          const [ada, bob] = await town.room(2);
          const said = lie(bob!, await helloOf(bob!));
          await town.clock.until(() => ada!.sees.join() === 'r1', 30_000);
          if (away) {
            bob!.room.leave({ final: false });
            await town.clock.pass(1_000);
          }
          const connection = await introduce(town, ada!, (hello) => ({ ...hello, ...said }));
          expect(connection.closed.aborted).to.equal(!('peerId' in said));
          offend(connection, ada!, bob!);
          await town.clock.pass(1_000);
          expect(connection.closed.aborted).to.be.true;

          if (!away) {
            expect(ada!.told)
              .to.not.include('lost r1')
              .and.not.include('gone r1')
              .and.not.include('path mallory');
            bob!.room.leave({ final: false });
          }
          const again = town.join('bob again', { identity: bob!.identity });
          await town.clock.until(() => ada!.sees.join() === 'bob again' && again.sees.join() === 'r0', 5_000);
          const bytes: unknown[] = [];
          ada!.room.members.find(({ id }) => id === bob!.id)!.transfer!.onmessage = (text) =>
            bytes.push(text);
          again.room.members[0]!.transfer!.send('a photo');
          await town.clock.pass(1_000);
          expect(bytes).to.deep.equal(['a photo']);
        });
});

describe('a peer that claims an identity it cannot prove', () => {
  for (const [what, change] of Object.entries({
    'a signature of nothing': () => ({ signature: '00'.repeat(64) }),
    'a key that verifies anything': () => ({
      key: `01${'00'.repeat(31)}`,
      signature: `01${'00'.repeat(63)}`,
    }),
    'no point of the curve': () => ({ key: 'ff'.repeat(32) }),
    'an id that is not that of its key': () => ({ id: new Identity().id }),
  }))
    it(`is rejected with ${what}, reported for breaking a rule, and barred by its own address`, async () => {
      const [ada] = await town.room(1);
      const connection = await introduce(town, ada!, (hello) => ({ ...hello, ...change() }));
      expect(connection.closed.aborted).to.be.true;
      expect(ada!.sees).to.be.empty;
      expect(ada!.told).to.include('error peer-protocol').and.not.include('join mallory');
    });

  // claim: #penalty-no-takeover
  it('neither replaces the member that is here nor ends its connection', async () => {
    const [ada, bob] = await town.room(2);
    const transfer = ada!.room.members[0]!.transfer;
    await introduce(town, ada!, (hello) => ({ ...hello, id: bob!.id }));
    expect(ada!.room.members[0]!.transfer).to.equal(transfer);
    expect(ada!.sees).to.deep.equal(['r1']);
  });
});

describe('a goodbye from the address of another member', () => {
  // claim: #penalty-still-dialled
  it('does not stop others from dialling that member', async () => {
    const [ada, bob] = await town.room(2);
    const { peerId } = await helloOf(bob!);
    const liar = await introduce(town, ada!, (hello) => ({ ...hello, peerId }));
    say(liar, '{"type":"bye","final":true}');
    await town.clock.pass(1_000);
    for (const { other } of bob!.page.connections)
      if (other.page === ada!.page) other.close(new SnapError('peer-lost'));
    await town.clock.until(() => ada!.sees.join() === 'r1', 10_000);
  });
});

describe('a peer that keeps breaking rules under new ids', () => {
  // claim: #penalty-not-let-in
  it('is barred as a newcomer, while earlier members may return', async () => {
    const [ada, bob] = await town.room(2);
    let breaks = 0;
    for (let attempt = 0; attempt < 30; attempt++) {
      const connection = await introduce(town, ada!);
      if (connection.closed.aborted) continue;
      breaks++;
      say(connection, '{"type":"roster"}');
      await town.clock.pass(500);
    }
    expect(breaks).to.be.within(5, 20);
    bob!.room.leave({ final: false });
    const again = town.join('bob again', { identity: bob!.identity });
    await town.clock.until(() => ada!.sees.includes('bob again') && again.sees.includes('r0'), 5_000);
    await town.clock.pass(300_000);
    await introduce(town, ada!);
    expect(ada!.sees).to.include('mallory');
  });

  it('is barred for longer each time under the same id', async () => {
    const [ada] = await town.room(1);
    const identity = new Identity();
    const waits: number[] = [];
    for (let offence = 0; offence < 3; offence++) {
      const connection = await introduce(town, ada!, undefined, identity);
      say(connection, '{"type":"roster"}');
      const began = town.clock.now;
      do await town.clock.pass(10_000);
      while ((await introduce(town, ada!, undefined, identity)).closed.aborted);
      waits.push(town.clock.now - began);
      ada!.room.members[0]?.transfer?.close();
      await town.clock.pass(1_000);
    }
    expect(waits[1]).to.be.greaterThan(waits[0]! * 1.5);
    expect(waits[2]).to.be.greaterThan(waits[1]! * 1.5);
  });

  it('is barred when it gives an address of another room', async () => {
    const [ada] = await town.room(1);
    const peerId = newMemberId(deriveKeys(makeRoomCode()).tag);
    await introduce(town, ada!, (hello) => ({ ...hello, peerId }));
    expect(ada!.sees).to.be.empty;
  });
});
