import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import type { Channel, Claim, Connection } from '../../../src/peer/channel.js';
import { peerjsSignalling } from '../../../src/peer/peerjs/peerjs.js';
import { randomToken } from '../../../src/peer/peerjs/random-token.js';
import { Peer, type DataConnection } from '../../../src/peer/peerjs/vendor/peerjs.js';
import { task } from '../../timing/support/virtual-time.js';

/** Against the real PeerServer that web-test-runner.config.mjs mounts at /peerjs. */
const SERVER = new URL('/peerjs', location.href);
const signalling = peerjsSignalling({ server: SERVER, iceServers: [], relayOnly: false });

const TIMEOUT = { timeout: 5_000 };

const nextMessage = (channel: Channel) => new Promise((resolve) => (channel.onmessage = resolve));
const nextConnection = (claim: Claim) => new Promise<Connection>((resolve) => (claim.onconnection = resolve));
const closed = ({ closed: signal }: { closed: AbortSignal }) =>
  new Promise<SnapError>((resolve) => {
    if (signal.aborted) resolve(signal.reason as SnapError);
    else signal.addEventListener('abort', () => resolve(signal.reason as SnapError));
  });
const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('It did not reject'),
    (error: unknown) => error as SnapError,
  );

describe('PeerJS adapter', () => {
  const claims: Claim[] = [];
  const peers: Peer[] = [];

  async function claim(id = randomToken()): Promise<Claim> {
    const fresh = await signalling.claim(id);
    claims.push(fresh);
    return fresh;
  }

  async function pair() {
    const [alice, bob] = await Promise.all([claim(), claim()]);
    const incoming = nextConnection(bob);
    const there = await alice.dial(bob.id, TIMEOUT);
    return { alice, bob, there, here: await incoming };
  }

  /** A stranger with stock PeerJS. */
  async function stranger(): Promise<Peer> {
    const peer = new Peer(randomToken(), {
      host: SERVER.hostname,
      port: Number(SERVER.port),
      path: SERVER.pathname,
      config: { iceServers: [] },
    });
    peers.push(peer);
    await new Promise((resolve) => peer.on('open', resolve));
    return peer;
  }

  afterEach(() => {
    for (const claimed of claims.splice(0)) claimed.close();
    for (const peer of peers.splice(0)) peer.destroy();
  });

  // claim: #id-taken
  it('claims an id, and tells the next client that it is taken', async () => {
    const { id } = await claim();
    expect(await rejection(claim(id))).to.have.property('reason', 'id-taken');
  });

  it('lets the next client claim an id once it was released', async () => {
    const first = await claim();
    first.release();
    expect(first.online).to.be.false;
    let second: Claim | null = null;
    while (!second) second = await claim(first.id).catch(() => null);
    expect(second.online).to.be.true;
  });

  it('is connected only once its descriptions are there, of which a page may hear later than of its channel', async () => {
    const [alice, bob] = await Promise.all([claim(), claim()]);
    const prototype = RTCPeerConnection.prototype;
    const genuine = Object.getOwnPropertyDescriptor(prototype, 'currentRemoteDescription')!;
    const waiting = new Set<RTCPeerConnection>();
    const opened = new Promise<void>((resolve) => {
      const get = function (this: RTCPeerConnection): null {
        waiting.add(this);
        if (waiting.size === 2) resolve();
        return null;
      };
      Object.defineProperty(prototype, 'currentRemoteDescription', { ...genuine, get });
    });
    let connected = false;
    const both = Promise.all([alice.dial(bob.id, TIMEOUT), nextConnection(bob)]).finally(
      () => (connected = true),
    );
    await opened;
    await task();
    expect(connected).to.be.false;
    Object.defineProperty(prototype, 'currentRemoteDescription', genuine);
    for (const connection of waiting) connection.dispatchEvent(new Event('signalingstatechange'));
    const [there, here] = await both;
    expect(there.fingerprints().remote).to.be.a('string').that.equals(here.fingerprints().local);
  });

  it('connects two peers, which see the same connection', async () => {
    const { alice, bob, here, there } = await pair();
    expect(there).to.include({ id: here.id, role: 'initiator', localId: alice.id, remoteId: bob.id });
    expect(here).to.include({ role: 'responder', localId: bob.id, remoteId: alice.id });
    const fingerprints = there.fingerprints();
    expect(fingerprints.local).to.match(/^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(here.fingerprints()).to.deep.equal({ local: fingerprints.remote, remote: fingerprints.local });
    expect(fingerprints.local).not.to.equal(fingerprints.remote);
    expect(await there.relayed()).to.be.false;
  });

  it('carries texts and bytes, once both sides trust each other', async () => {
    const { here, there } = await pair();
    const text = nextMessage(here.channel('room'));
    there.channel('room').send('{"héllo":1}');
    expect(await text).to.equal('{"héllo":1}');
    here.trust();
    there.trust();
    const bytes = nextMessage(there.channel('transfer'));
    const sent = crypto.getRandomValues(new Uint8Array(60_000));
    here.channel('transfer').send(sent);
    expect(await bytes).to.deep.equal(sent);
    const { maxMessageSize } = here.channel('transfer');
    const large = nextMessage(there.channel('transfer'));
    here.channel('transfer').send(new Uint8Array(maxMessageSize));
    expect(await large).to.have.length(maxMessageSize);
  });

  // claim: #proof-before-anything
  it('closes a peer that sends anything but texts for the room before it is trusted', async () => {
    const { here, there } = await pair();
    there.trust();
    there.channel('transfer').send('{}');
    expect(await closed(here)).to.have.property('code', 'peer-unverified');
    expect(await closed(there)).to.have.property('code', 'peer-lost');
  });

  // claim: #nobody-there
  it('reports that nobody is there, without creating a connection', async () => {
    const alice = await claim();
    const { RTCPeerConnection } = globalThis;
    globalThis.RTCPeerConnection = function () {
      expect.fail('It built a connection');
    } as unknown as typeof RTCPeerConnection;
    try {
      expect(await rejection(alice.dial(randomToken(), TIMEOUT))).to.have.property('code', 'peer-lost');
    } finally {
      globalThis.RTCPeerConnection = RTCPeerConnection;
    }
  });

  it('stops dialling when its signal aborts', async () => {
    const alice = await claim();
    const stop = new AbortController();
    const dialling = alice.dial(randomToken(), { ...TIMEOUT, signal: stop.signal });
    stop.abort(new Error('enough'));
    expect(await rejection(dialling)).to.have.property('message', 'enough');
  });

  it('reports that the server cannot be reached', async () => {
    const nowhere = peerjsSignalling({
      server: new URL('http://127.0.0.1:1/'),
      iceServers: [],
      relayOnly: false,
    });
    expect(await rejection(nowhere.claim(randomToken()))).to.have.property('reason', 'server-unreachable');
  });

  // claim: #close-told-at-once
  it('tells the other side at once when it closes', async () => {
    const { alice, here } = await pair();
    alice.close();
    expect(await closed(here)).to.have.property('code', 'peer-lost');
  });

  // claim: #goodbye-behind-data
  it('lets a goodbye arrive that was said just before it closed, behind half a megabyte', async () => {
    const { alice, here, there } = await pair();
    here.trust();
    there.trust();
    const greeting = nextMessage(there.channel('room'));
    here.channel('room').send('hello');
    await greeting;
    const goodbye = nextMessage(here.channel('room'));
    for (let count = 0; count < 8; count += 1) there.channel('transfer').send(new Uint8Array(64_000));
    there.channel('room').send('bye');
    alice.close();
    expect(await goodbye).to.equal('bye');
  });

  // claim: #close-every-connection
  it('closes every connection to the same id, which PeerJS does not', async () => {
    const { alice, bob, here, there } = await pair();
    const incoming = nextConnection(bob);
    const second = await alice.dial(bob.id, TIMEOUT);
    await incoming;
    bob.close();
    await Promise.all([closed(here), closed(there), closed(second)]);
  });

  it('keeps connections when their id is released', async () => {
    const { alice, bob, here, there } = await pair();
    bob.release();
    alice.release();
    const text = nextMessage(there.channel('room'));
    here.channel('room').send('still here');
    expect(await text).to.equal('still here');
  });

  it('gives a stranger a connection, and no more than the reader of its first message does', async () => {
    const bob = await claim();
    const eve = await stranger();
    const incoming = nextConnection(bob);
    const connection = eve.connect(bob.id, { serialization: 'raw', reliable: true });
    const here = await incoming;
    expect(here).to.include({ role: 'responder', remoteId: eve.id });
    const gone = new Promise<void>((resolve) => connection.on('close', resolve));
    connection.send('give me everything');
    expect(await closed(here)).to.have.property('code', 'peer-unverified');
    await gone;
  });

  for (const serialization of ['binary', 'json', 'binary-utf8', 'nonsense', 'constructor']) {
    // claim: #serializer-refused
    it(`creates nothing for a stranger who asks for the serializer “${serialization}”`, async () => {
      const bob = await claim();
      const eve = await stranger();
      const { socket } = eve;
      const built: unknown[] = [];
      const { RTCPeerConnection } = globalThis;
      let counting = false;
      globalThis.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          if (counting) built.push(this);
        }
      };
      try {
        counting = true;
        socket.send({
          type: 'OFFER',
          dst: bob.id,
          payload: {
            type: 'data',
            connectionId: 'dc_strangers',
            serialization,
            sdp: { type: 'offer', sdp: 'v=0' },
          },
        });
        // The server keeps the order, so the offer has been dealt with when this is.
        counting = true;
        const incoming = nextConnection(bob);
        const alice = await claim();
        await alice.dial(bob.id, TIMEOUT);
        await incoming;
        expect(built).to.have.length(2);
      } finally {
        globalThis.RTCPeerConnection = RTCPeerConnection;
      }
    });
  }

  // claim: #second-data-channel
  it('closes a peer that opens a second data channel', async () => {
    const bob = await claim();
    const eve = await stranger();
    const incoming = nextConnection(bob);
    const connection: DataConnection = eve.connect(bob.id, { serialization: 'raw', reliable: true });
    const here = await incoming;
    connection.peerConnection.createDataChannel('another');
    expect(await closed(here)).to.have.property('code', 'peer-protocol');
  });
});
