import { expect } from '@open-wc/testing';
import type { PeerjsOptions } from '../../src/peer/peerjs/peerjs.js';
import { Lanes } from '../../src/peer/lanes/lanes.js';
import { makeRoomCode } from '../../src/room/code.js';
import { Identity } from '../../src/room/identity.js';
import { deriveKeys } from '../../src/room/keys.js';
import { Room } from '../../src/room/room.js';
import { channelPair } from '../transfer/support/fake-channel.js';
import { task } from '../timing/support/virtual-time.js';
import { InPagePeers, USUAL, nextConnection } from './support/in-page-peers.js';

let peers: InPagePeers;

beforeEach(() => {
  peers = new InPagePeers();
});

afterEach(() => {
  peers.close();
});

/**
 * Resolves once the connection that was built as that one, from 0, knows every address that it has.
 */
async function gathered(number: number): Promise<void> {
  while (peers.built.length <= number) await task();
  const connection = peers.built[number]!;
  await new Promise<void>((resolve) => {
    const look = () => connection.iceGatheringState === 'complete' && resolve();
    connection.addEventListener('icegatheringstatechange', look);
    look();
  });
}

/** All that a PeerServer is told, in addresses and in messages. */
function listen(): string[] {
  const told: string[] = [];
  const { WebSocket } = globalThis;
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string) {
      super(url);
      told.push(url);
    }
    override send(data: string): void {
      told.push(data);
      super.send(data);
    }
  } as unknown as typeof WebSocket;
  return told;
}

describe('a PeerServer', () => {
  // claim: #server-learns-ids-only
  it('learns who meets by which ids, and neither the room’s code nor its key nor anybody’s name', async () => {
    const told = listen();
    const code = makeRoomCode();
    const { tag, key } = deriveKeys(code);
    const members = ['Ada', 'Bob'].map((name) => ({ identity: new Identity(), name, sendOnly: false }));
    const { signalling } = peers;
    const rooms = members.map((self) => new Room({ code, self, signalling, maxPeers: 12 }));
    const met = rooms.map((room) => new Promise((resolve) => (room.onjoin = resolve)));
    for (const room of rooms) room.join();
    await Promise.all(met);
    for (const room of rooms) room.leave();
    const all = told.join('\n');
    expect(all)
      .to.contain(`${tag}-d-0`)
      .and.to.match(new RegExp(`${tag}-m-[a-z2-7]{16}`));
    const hex = Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('');
    for (const secret of [
      code,
      hex,
      ...members.flatMap(({ identity, name }) => [identity.id, identity.secret, name]),
    ])
      expect(all).not.to.contain(secret);
  });
});

describe('the addresses of this host', () => {
  const SIDES = ['OFFER', 'ANSWER'] as const;

  /** What the server hears from Alice while she, with such options, dials Bob or answers him. */
  async function heardOfAlice(side: (typeof SIDES)[number], options: PeerjsOptions): Promise<string> {
    const told: string[] = [];
    const [alice, bob] = await Promise.all([peers.claim(options), peers.claim()]);
    peers.server.relay = (message, pass) => {
      if (message.src === alice.id) told.push(JSON.stringify(message));
      pass(message);
    };
    const [from, to] = side === 'OFFER' ? [alice, bob] : [bob, alice];
    // A connection that nobody wants is closed as soon as it opens, which may be before all
    // addresses are known.
    to.onconnection = () => {};
    const enough = new AbortController();
    const dialling = from.dial(to.id, { timeout: 15_000, signal: enough.signal }).catch(() => null);
    await gathered(SIDES.indexOf(side));
    while (!told.some((message) => message.includes(`"${side}"`))) await task();
    enough.abort();
    await dialling;
    return told.join('\n');
  }

  for (const side of SIDES) {
    // claim: #addresses-by-server
    it(`are told by way of the server, with the ${side} or after it`, async () => {
      expect(await heardOfAlice(side, USUAL)).to.match(new RegExp(`"${side}"[^]* typ host `));
    });

    // claim: #addresses-not-in-signalling
    it(`stay here with relay-only and no relay, with the ${side} and after it`, async () => {
      const told = await heardOfAlice(side, { ...USUAL, relayOnly: true });
      expect(told).to.contain(`"${side}"`).and.not.to.contain(' typ ');
      expect([...told.matchAll(/IN IP[46] ([^\\ ]+)/g)].map(([, address]) => address)).to.have.members([
        '127.0.0.1',
        '0.0.0.0',
      ]);
    });
  }

  for (const [iceTransportPolicy, tells] of [
    ['all', true],
    ['relay', false],
  ] as const) {
    // claim: #addresses-not-over-lanes
    it(`are ${tells ? '' : 'not '}told over a lane whose policy is “${iceTransportPolicy}”`, async () => {
      const [member, topic] = channelPair();
      const lanes = new Lanes(member, { configuration: { iceTransportPolicy }, limit: 1 });
      const told: string[] = [];
      topic.onmessage = (message) => told.push(message as string);
      lanes.open();
      await gathered(0);
      while (!told.some((text) => text.includes('"candidate":null'))) await task();
      lanes.close();
      expect(told.join()).to.contain('"offer"');
      expect(told.join().includes(' typ host ')).to.equal(tells);
    });
  }
});

describe('the ICE servers', () => {
  // claim: #ice-servers-as-named
  it('are those that the page names, read anew for each connection; never PeerJS’s own', async () => {
    const options = { ...USUAL, iceServers: [{ urls: 'stun:one.test' }] };
    const [alice, bob] = await Promise.all([peers.claim(options), peers.claim()]);
    const dial = async () => {
      const incoming = nextConnection(bob);
      await alice.dial(bob.id, { timeout: 5_000 });
      await incoming;
      return peers
        .native('offer')
        .getConfiguration()
        .iceServers!.map(({ urls }) => String(urls));
    };
    expect(await dial()).to.deep.equal(['stun:one.test']);
    options.iceServers = [{ urls: 'stun:two.test' }];
    expect(await dial()).to.deep.equal(['stun:two.test']);
  });
});
