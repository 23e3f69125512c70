import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import type { Claim, Connection } from '../../../src/peer/channel.js';
import type { Peer } from '../../../src/peer/peerjs/vendor/peerjs.js';
import { VirtualTime, task } from '../../timing/support/virtual-time.js';
import { InPagePeers, expectAlive, nextConnection } from '../support/in-page-peers.js';
import type { Message } from '../support/in-page-server.js';

const TIMEOUT = { timeout: 5_000 };
/** Above this, in bytes, PeerJS keeps what it is given in an array of its own. */
const PEERJS_LIMIT = 8 * 1024 * 1024;

let peers: InPagePeers;
const unhandled: unknown[] = [];
addEventListener('unhandledrejection', ({ reason }) => unhandled.push(reason));

beforeEach(() => {
  peers = new InPagePeers();
});

afterEach(() => {
  peers.close();
});

const nextOnline = (claim: Claim) => new Promise<boolean>((resolve) => (claim.ononline = resolve));

const closed = ({ closed: signal }: Connection) =>
  new Promise<SnapError>((resolve) => {
    if (signal.aborted) resolve(signal.reason as SnapError);
    else signal.addEventListener('abort', () => resolve(signal.reason as SnapError));
  });

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('It did not reject'),
    (error: unknown) => error as SnapError,
  );

/** After what the server has said until now was heard. */
const heard = () => new Promise((resolve) => setTimeout(resolve));

/** Rejections that nobody has handled: each is told in a task of its own. */
async function unhandledSoFar(): Promise<unknown[]> {
  for (let count = 0; count < 5; count += 1) await task();
  return unhandled;
}

/** As the browser would. */
function tell(connection: RTCPeerConnection, key: 'connectionState' | 'iceConnectionState', state: string) {
  Object.defineProperty(connection, key, { configurable: true, value: state });
  connection.dispatchEvent(new Event(`${key.toLowerCase()}change`));
}

describe('what PeerJS would queue', () => {
  // claim: #backpressure-visible
  it('waits in the data channel instead, where it can be seen', async () => {
    const { there, carrier } = await peers.pair();
    const channel = there.channel('transfer');
    for (let sent = 0; sent <= PEERJS_LIMIT; sent += channel.maxMessageSize)
      channel.send(new Uint8Array(channel.maxMessageSize));
    expect(channel.bufferedAmount).to.be.above(PEERJS_LIMIT);
    expect(carrier.bufferSize).to.equal(0);
    carrier.send('what PeerJS itself would do');
    expect(carrier.bufferSize).to.equal(1);
  });

  // claim: #message-too-large
  it('is refused when it is too large, over which PeerJS would close', async () => {
    const { there, here, carrier } = await peers.pair();
    const channel = there.channel('transfer');
    const tooLarge = new Uint8Array(channel.maxMessageSize + 1);
    expect(() => channel.send(tooLarge)).to.throw(RangeError);
    await expectAlive({ here, there });
    carrier.send(tooLarge);
    await closed(there);
  });
});

describe('a dial', () => {
  // claim: #dial-while-offline
  it('is refused at once while the server is lost, and builds nothing', async () => {
    const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
    const offline = nextOnline(alice);
    peers.server.sockets.get(alice.id)!.fail();
    await offline;
    const dialled = performance.now();
    expect(await rejection(alice.dial(bob.id, TIMEOUT))).to.have.property('code', 'peer-lost');
    expect(performance.now() - dialled).to.be.below(1_000);
    expect(peers.built).to.be.empty;
  });

  for (const [what, code, happens] of [
    ['its offer is not answered by somebody who is there', 'peer-unreachable', () => {}],
    ['the server is lost', 'peer-lost', ({ src }: Message) => peers.server.sockets.get(src!)!.fail()],
  ] as const) {
    // claim: #dial-ends-in-time
    it(`ends in time when ${what}, and leaves no connection`, async () => {
      const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
      peers.server.relay = (message, pass) => {
        if (message.type === 'OFFER') happens(message);
        else pass(message);
      };
      const error = await rejection(alice.dial(bob.id, { timeout: 500 }));
      expect(error).to.have.property('code', code);
      expect(peers.built).to.have.length(1);
      await peers.built[0]!.closed;
    });
  }

  it('does not wait for an answer that the server has lost for as long as a connection may take', async () => {
    const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
    peers.server.relay = (message, pass) => {
      if (message.type !== 'ANSWER') pass(message);
    };
    const dialled = performance.now();
    const error = await rejection(alice.dial(bob.id, { timeout: 15_000 }));
    expect(error.message).to.contain('no answer');
    expect(performance.now() - dialled).to.be.below(10_000);
    expect(peers.built).to.have.length(2);
    await peers.native('offer').closed;
  });

  // claim: #dial-peer-gone
  it('fails as soon as the server says that nobody is there any more, and leaves no connection', async () => {
    const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
    peers.server.relay = (message, pass) => {
      const { type, src, dst } = message;
      if (type === 'OFFER') peers.server.deliver({ type: 'EXPIRE', src: dst!, dst: src! });
      else pass(message);
    };
    const dialled = performance.now();
    const error = await rejection(alice.dial(bob.id, { timeout: 15_000 }));
    expect(error.message).to.contain('nobody has this id');
    expect(performance.now() - dialled).to.be.below(10_000);
    await peers.built[0]!.closed;
    expect(alice.online).to.be.true;
  });
});

describe('an offered connection', () => {
  // claim: #open-within-10s
  it('is closed when it does not open within 10 s', async () => {
    const bob = await peers.claim();
    bob.onconnection = () => expect.fail('It opened');
    const caller = new RTCPeerConnection();
    caller.createDataChannel('snaptrail');
    const sdp = await caller.createOffer();
    const time = new VirtualTime();
    time.install();
    try {
      const payload = { type: 'data', connectionId: 'connection1', serialization: 'raw', sdp };
      peers.server.deliver({ type: 'OFFER', src: 'eve', dst: bob.id, payload });
      await time.until(() => peers.built.length === 2);
      const offered = peers.built[1]!;
      await time.pass(9_999);
      expect(offered.signalingState).not.to.equal('closed');
      await time.pass(2);
      await time.until(() => offered.signalingState === 'closed');
    } finally {
      time.remove();
    }
  });
});

describe('a connection', () => {
  // claim: #browser-says-lost
  it('is lost when the browser says so, at which PeerJS does not look; not when it only suspects it', async () => {
    const { here, there } = await peers.pair();
    const native = peers.native('offer');
    tell(native, 'connectionState', 'disconnected');
    tell(native, 'iceConnectionState', 'disconnected');
    await expectAlive({ here, there });
    tell(native, 'connectionState', 'failed');
    expect(await closed(there)).to.have.property('code', 'peer-lost');
    await native.closed;
  });

  // claim: #path-failed
  it('is lost when its path has failed, over which PeerJS would close it in the midst of events', async () => {
    const { there } = await peers.pair();
    tell(peers.native('offer'), 'iceConnectionState', 'failed');
    expect(await closed(there)).to.have.property('code', 'peer-lost');
  });

  // claim: #flush-and-close
  it('closes over the text that PeerJS sends where it was asked to flush and close', async () => {
    const [bob, eve] = await Promise.all([peers.claim(), peers.plain()]);
    const incoming = nextConnection(bob);
    const connection = eve.connect(bob.id, { serialization: 'raw', reliable: true });
    const here = await incoming;
    connection.close({ flush: true });
    expect(await closed(here)).to.have.property('code', 'peer-unverified');
  });

  // claim: #close-despite-deaf-peer
  it('is closed at once for who closes it, and soon for the browser, though the other side is deaf', async () => {
    const { there } = await peers.pair();
    // The other side never confirms that the channel closes.
    RTCDataChannel.prototype.close = () => {};
    try {
      const begun = performance.now();
      there.close();
      expect(there.closed.aborted).to.be.true;
      expect(() => there.channel('room').send('x')).to.throw();
      await peers.native('offer').closed;
      expect(performance.now() - begun).to.be.below(5_000);
    } finally {
      Object.defineProperty(RTCDataChannel.prototype, 'close', closeOfChannels);
    }
  });

  // claim: #bad-candidate
  it('survives a malformed candidate', async () => {
    const { alice, bob, here, there } = await peers.pair();
    hearCandidate(alice, bob, here);
    await expectAlive({ here, there });
    expect(await unhandledSoFar()).to.deep.equal([]);
  });

  // claim: #late-candidate
  it('survives a candidate that is rejected after it was closed', async () => {
    const { alice, bob, here } = await peers.pair();
    const native = peers.native('answer');
    let refuse!: (error: Error) => void;
    Object.assign(native, {
      addIceCandidate: () => new Promise((_, reject: typeof refuse) => (refuse = reject)),
    });
    hearCandidate(alice, bob, here);
    bob.close();
    await native.closed;
    refuse(new Error('closed'));
    expect(await unhandledSoFar()).to.deep.equal([]);
  });
});

const closeOfChannels = Object.getOwnPropertyDescriptor(RTCDataChannel.prototype, 'close')!;

/** Bob hears now of a candidate of hers, for that connection, that makes no sense. */
function hearCandidate(alice: Claim, bob: Claim, { id }: Connection): void {
  const candidate = { candidate: 'candidate:nonsense', sdpMid: 'nowhere' };
  const payload = { type: 'data', connectionId: id, candidate };
  const message = { type: 'CANDIDATE', src: alice.id, dst: bob.id, payload };
  peers.server.sockets.get(bob.id)!.onmessage!({ data: JSON.stringify(message) });
}

describe('memory that PeerJS would leak', () => {
  interface Insides {
    readonly _lostMessages: Map<string, unknown[]>;
    readonly _connections: Map<string, unknown[]>;
  }
  const inside = (peer: Peer) => peer as unknown as Insides;

  function flood(id: string): void {
    const socket = peers.server.sockets.get(id)!;
    for (let number = 0; number < 100; number += 1) {
      const payload = { type: 'data', connectionId: `unknown${number}`, candidate: { candidate: 'x' } };
      for (const type of ['CANDIDATE', 'ANSWER']) socket.hear({ type, src: 'eve', dst: id, payload });
    }
  }

  // claim: #no-unknown-messages
  it('does not hold messages of unknown connections', async () => {
    const [{ claim: alice, peer }, plain] = await Promise.all([peers.openClaim(), peers.plain()]);
    flood(alice.id);
    flood(plain.id);
    await heard();
    expect(inside(plain)._lostMessages.size).to.equal(100);
    expect(inside(peer)._lostMessages.size).to.equal(0);
  });

  // claim: #no-list-of-the-gone
  it('is no list of a peer that is gone', async () => {
    const { bob, peer, there } = await peers.pair();
    expect([...inside(peer)._connections.keys()]).to.deep.equal([bob.id]);
    bob.close();
    await closed(there);
    await peers.native('offer').closed;
    expect([...inside(peer)._connections.keys()]).to.deep.equal([]);
  });
});

describe('a browser that builds no more connections', () => {
  async function refusing(run: () => Promise<void>): Promise<void> {
    const { RTCPeerConnection } = globalThis;
    globalThis.RTCPeerConnection = function () {
      throw new DOMException('Too many', 'UnknownError');
    } as unknown as typeof RTCPeerConnection;
    try {
      await run();
    } finally {
      globalThis.RTCPeerConnection = RTCPeerConnection;
    }
  }

  // claim: #dial-failure-coded
  it('fails a dial by a code, and the next may succeed', async () => {
    const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
    await refusing(async () => {
      expect(await rejection(alice.dial(bob.id, TIMEOUT))).to.have.property('code', 'peer-unreachable');
    });
    const incoming = nextConnection(bob);
    await expectAlive({ there: await alice.dial(bob.id, TIMEOUT), here: await incoming });
  });

  // claim: #offers-refused
  it('refuses offers, and each that was refused leaves its place to another', async () => {
    const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
    const sdp = { type: 'offer', sdp: 'v=0' };
    await refusing(async () => {
      for (let number = 0; number < 30; number += 1) {
        const payload = { type: 'data', connectionId: `strangers${number}`, serialization: 'raw', sdp };
        peers.server.deliver({ type: 'OFFER', src: `eve${number}`, dst: bob.id, payload });
      }
      await heard();
    });
    const incoming = nextConnection(bob);
    await expectAlive({ there: await alice.dial(bob.id, TIMEOUT), here: await incoming });
  });
});

describe('what PeerJS draws from Math.random', () => {
  // claim: #random-tokens
  it('cannot be guessed: the token that holds an id, and the id of a connection', async () => {
    const { random } = Math;
    Math.random = () => 0.5;
    try {
      const tokenOf = ({ id }: { id: string }) => peers.server.sockets.get(id)!.token;
      const [one, other] = await Promise.all([peers.plain(), peers.plain()]);
      expect(tokenOf(one)).to.equal(tokenOf(other));
      const [alice, bob] = await Promise.all([peers.claim(), peers.claim()]);
      const { id } = await alice.dial(bob.id, TIMEOUT);
      for (const secret of [tokenOf(alice), tokenOf(bob), id]) expect(secret).to.match(/^[a-z2-7]{26}$/);
      expect(tokenOf(alice)).not.to.equal(tokenOf(bob));
    } finally {
      Math.random = random;
    }
  });
});
