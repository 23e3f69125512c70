import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import type { Claim, Connection } from '../../../src/peer/channel.js';
import { peerjsSignalling } from '../../../src/peer/peerjs/peerjs.js';
import { randomToken } from '../../../src/peer/peerjs/random-token.js';
import { Peer, type DataConnection } from '../../../src/peer/peerjs/vendor/peerjs.js';
import { Identity } from '../../../src/room/identity.js';
import { Room } from '../../../src/room/room.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { Mischief } from '../../support/mischief.js';
import { InPageServer, type Message } from '../support/in-page-server.js';
import { listenIn } from '../support/man-in-the-middle.js';

const SERVER = new URL('https://peerserver.test/peerjs');
const signalling = peerjsSignalling({ server: SERVER, iceServers: [], relayOnly: false });
const TIMEOUT = { timeout: 5_000 };

const nextOnline = (claim: Claim) => new Promise<boolean>((resolve) => (claim.ononline = resolve));

let server: InPageServer;
const rooms: Room[] = [];
const claims: Claim[] = [];

beforeEach(() => {
  server = new InPageServer();
});

afterEach(() => {
  for (const room of rooms.splice(0)) room.leave();
  for (const claim of claims.splice(0)) claim.close();
  server.close();
});

async function claim(id = randomToken()): Promise<Claim> {
  const fresh = await signalling.claim(id);
  claims.push(fresh);
  return fresh;
}

async function pair() {
  const [alice, bob] = await Promise.all([claim(), claim()]);
  const incoming = new Promise<Connection>((resolve) => (bob.onconnection = resolve));
  const there = await alice.dial(bob.id, TIMEOUT);
  return { alice, bob, there, here: await incoming };
}

/** Says something over the connection and waits for it to arrive. */
async function expectAlive({ here, there }: { here: Connection; there: Connection }): Promise<void> {
  const text = randomToken();
  const heard = new Promise((resolve) => (here.channel('room').onmessage = resolve));
  there.channel('room').send(text);
  expect(await heard).to.equal(text);
}

function room(code: string, name: string): Room {
  const made = new Room({
    code,
    self: { identity: new Identity(), name, sendOnly: false },
    signalling,
    maxPeers: 12,
  });
  rooms.push(made);
  return made;
}

/** Resolves once `condition` holds; it is looked at whenever a room tells something. */
function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (condition()) resolve();
    };
    for (const each of rooms) {
      each.onstate = each.onjoin = each.onreconnected = each.onlost = each.onleave = look;
    }
    look();
  });
}

describe('a PeerServer that listens in', () => {
  // claim: #control-plain-peerjs-is-read
  it('hears everything that plain PeerJS pages say', async () => {
    const { overheard, stop } = listenIn(server);
    const options = { host: SERVER.hostname, path: SERVER.pathname, config: {} };
    const [alice, bob] = [new Peer('alice', options), new Peer('bob', options)];
    await Promise.all([alice, bob].map((peer) => new Promise((resolve) => peer.on('open', resolve))));
    const heard = new Promise((resolve) => {
      bob.on('connection', (connection: DataConnection) => connection.on('data', resolve));
    });
    const connection = alice.connect('bob', { serialization: 'raw', reliable: true });
    connection.on('open', () => connection.send('a secret') as undefined);
    expect(await heard).to.equal('a secret');
    expect(overheard).to.deep.equal(['a secret']);
    alice.destroy();
    bob.destroy();
    stop();
  });

  // claim: #server-in-the-middle
  it('is refused by both sides, and hears neither name nor roster', async () => {
    const { overheard, stop } = listenIn(server);
    const code = makeRoomCode();
    const ada = room(code, 'Ada, whose name is secret');
    const bob = room(code, 'Bob, whose name is secret');
    const refused = [ada, bob].map((each) => new Promise<SnapError>((resolve) => (each.onerror = resolve)));
    ada.onjoin = bob.onjoin = () => expect.fail('They let the listener in');
    ada.join();
    bob.join();
    for (const error of await Promise.all(refused)) expect(error.code).to.equal('peer-unverified');
    expect(ada.members).to.have.length(0);
    expect(bob.members).to.have.length(0);
    expect(overheard).not.to.be.empty;
    for (const data of overheard)
      expect(data).to.match(/^room \{"type":"(nonce|proof)","(nonce|proof)":"[0-9a-f]{64}"\}$/);
    stop();
  });
});

describe('a PeerServer that misbehaves', () => {
  // claim: #server-refuses
  it('refuses: the claim says so', async () => {
    server.greeting = { type: 'ERROR', payload: { msg: 'Go away' } };
    const error = await claim().catch((thrown: unknown) => thrown);
    expect(error).to.include({ reason: 'server-refused', final: false });
  });

  it('refuses for good: the claim says so', async () => {
    server.greeting = { type: 'ERROR', payload: { msg: 'Invalid key provided' } };
    const error = await claim().catch((thrown: unknown) => thrown);
    expect(error).to.include({ reason: 'server-refused', final: true });
  });

  it('is full when the claim comes back: the claim knows why', async () => {
    const alice = await claim();
    const offline = nextOnline(alice);
    server.drop();
    expect(await offline).to.be.false;
    expect(alice.failure).to.equal('server-unreachable');
    server.greeting = { type: 'ERROR', payload: { msg: 'Server has reached its concurrent user limit' } };
    const again = nextOnline(alice);
    alice.reconnect();
    expect(await again).to.be.false;
    expect(alice.failure).to.equal('server-full');
  });

  it('closes with a code that says why: the claim says so', async () => {
    for (const [code, reason] of [
      [1008, 'server-refused'],
      [1012, 'server-unreachable'],
      [1013, 'server-full'],
    ] as const) {
      server.closeCode = code;
      const error = await claim().catch((thrown: unknown) => thrown);
      expect(error).to.include({ reason, final: false });
    }
  });

  it('accepts and says nothing: the claim gives up', async () => {
    server.reachable = null;
    const error = await claim().catch((thrown: unknown) => thrown);
    expect(error).to.include({ reason: 'server-unreachable' });
  });

  it('accepts and does not say so: the claim finds out that it is online, and is reached by others', async () => {
    server.greets = false;
    const alice = await claim();
    server.greets = true;
    const bob = await claim();
    const incoming = new Promise<Connection>((resolve) => (alice.onconnection = resolve));
    const there = await bob.dial(alice.id, TIMEOUT);
    await expectAlive({ here: await incoming, there });
  });

  // claim: #server-heartbeat
  it('would forget a client that it does not hear of: it hears of it every five seconds', async () => {
    const alice = await claim();
    const start = performance.now();
    const heard = () => new Promise<string>((resolve) => (server.onheartbeat = resolve));
    expect(await heard()).to.equal(alice.id);
    expect(await heard()).to.equal(alice.id);
    expect(performance.now() - start).to.be.within(9_000, 15_000);
  });

  // claim: #server-gone-and-back
  it('goes away: the connection lives, and the claim comes back', async () => {
    const { alice, ...ends } = await pair();
    const offline = nextOnline(alice);
    server.drop();
    expect(await offline).to.be.false;
    await expectAlive(ends);
    const online = nextOnline(alice);
    alice.reconnect();
    expect(await online).to.be.true;
    expect(server.sockets.has(alice.id)).to.be.true;
  });

  // claim: #server-out-of-reach
  it('cannot be reached again: each attempt ends, and the next one may succeed', async () => {
    const alice = await claim();
    server.reachable = false;
    const offline = nextOnline(alice);
    server.drop();
    await offline;
    for (const reachable of [false, false, true]) {
      server.reachable = reachable;
      const outcome = nextOnline(alice);
      alice.reconnect();
      expect(await outcome).to.equal(reachable);
    }
  });

  // claim: #server-silent-return
  it('takes the client back without a word: the claim finds out that it is online', async () => {
    const alice = await claim();
    const socket = server.sockets.get(alice.id)!;
    const offline = nextOnline(alice);
    socket.fail();
    server.sockets.set(alice.id, socket);
    await offline;
    const online = nextOnline(alice);
    alice.reconnect();
    expect(await online).to.be.true;
  });

  // claim: #server-forgets-silently
  it('forgets the client without a word: the claim finds out that it is offline', async () => {
    const alice = await claim();
    const offline = nextOnline(alice);
    server.forget(alice.id);
    alice.check();
    expect(await offline).to.be.false;
  });

  it('still knows the client: the claim stays online', async () => {
    const alice = await claim();
    let told = false;
    alice.ononline = () => (told = true);
    const echoed = new Promise<void>((resolve) => {
      server.relay = (message, pass) => {
        pass(message);
        resolve();
      };
    });
    alice.check();
    await echoed;
    expect(told).to.be.false;
    expect(alice.online).to.be.true;
  });

  // claim: #server-gives-id-away
  it('gives the id to another meanwhile: the claim is over, its connection lives', async () => {
    const { alice, ...ends } = await pair();
    const offline = nextOnline(alice);
    server.drop();
    await offline;
    await claim(alice.id);
    const lost = new Promise<void>((resolve) => (alice.onlost = resolve));
    alice.reconnect();
    await lost;
    expect(alice.online).to.be.false;
    await expectAlive(ends);
  });

  // claim: #server-leave-and-repeat
  it('says that a peer has left, offers its connection anew, or answers twice: the connection lives', async () => {
    let offer: Message | null = null;
    let answer: Message | null = null;
    server.relay = (message, pass) => {
      if (message.type === 'OFFER') offer = message;
      if (message.type === 'ANSWER') answer = message;
      pass(message);
    };
    const { alice, bob, ...ends } = await pair();
    server.deliver({ type: 'LEAVE', src: bob.id, dst: alice.id });
    server.deliver({ type: 'EXPIRE', src: alice.id, dst: bob.id });
    server.deliver(offer!);
    server.deliver(answer!);
    server.deliver({ ...answer!, type: 'OFFER' });
    server.deliver({ ...offer!, src: alice.id, dst: alice.id });
    await expectAlive(ends);
    await expectAlive({ here: ends.there, there: ends.here });
  });

  // claim: #server-nonsense
  it('says what makes no sense: nothing breaks', async () => {
    const { alice, bob, ...ends } = await pair();
    const payloads = [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { connectionId: 'snaptrail_probe' },
      { connectionId: ends.here.id, type: 'data' },
    ];
    for (const type of [
      'OPEN',
      'OFFER',
      'ANSWER',
      'CANDIDATE',
      'LEAVE',
      'EXPIRE',
      'HEARTBEAT',
      'x',
      '',
      null,
      1,
    ]) {
      for (const payload of payloads) {
        for (const src of [undefined, null, 1, alice.id, bob.id, randomToken()]) {
          server.deliver({ type, src, dst: bob.id, payload } as unknown as Message);
        }
      }
    }
    for (const text of ['', '{', 'null', '[]', '1']) server.sockets.get(bob.id)!.hear(text);
    await expectAlive(ends);
    expect(bob.online).to.be.true;
  });

  // claim: #server-false-errors
  it('says that the id is taken, or that something is wrong, while all is well: the connection lives', async () => {
    for (const type of ['ID-TAKEN', 'INVALID-KEY', 'ERROR']) {
      const { bob, ...ends } = await pair();
      const over = new Promise((resolve) => {
        bob.onlost = () => resolve('lost');
        bob.ononline = resolve;
      });
      server.deliver({ type, dst: bob.id });
      await over;
      expect(bob.online).to.be.false;
      await expectAlive(ends);
    }
  });

  // claim: #server-chaos
  it('drops, repeats, reorders, delays and invents for a minute: no crash, no false member, and whole within 10 s', async function () {
    this.timeout(240_000);
    const code = makeRoomCode();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) room(code, name).join();
    const mischief = new Mischief<Message>();
    server.relay = (message, pass) => mischief.take(message, pass);
    const falling = setInterval(() => {
      // Something has to go on: somebody loses the server, or a connection.
      const [socket] = [...server.sockets.values()].sort(() => Math.random() - 0.5);
      socket?.fail();
      const member = rooms[Math.floor(Math.random() * rooms.length)]!.members[0];
      if (Math.random() < 0.3) member?.transfer?.close();
    }, 1_500);
    const strangers: unknown[] = [];
    for (const each of rooms) each.onjoin = ({ name }) => names.includes(name) || strangers.push(name);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    clearInterval(falling);
    server.relay = (message, pass) => pass(message);
    const behaves = performance.now();
    await until(() =>
      rooms.every(({ members }) => members.filter(({ connected }) => connected).length === 5),
    );
    expect(performance.now() - behaves).to.be.below(10_000);
    expect(strangers).to.deep.equal([]);
    for (const each of rooms) expect(each.members.map(({ name }) => name).sort()).to.have.length(5);
  });
});
