import type { Claim, Connection } from '../../../src/peer/channel.js';
import { peerjsSignalling, type PeerjsOptions } from '../../../src/peer/peerjs/peerjs.js';
import { PeerjsClaim } from '../../../src/peer/peerjs/claim.js';
import { randomToken } from '../../../src/peer/peerjs/random-token.js';
import { Peer, type BufferedConnection } from '../../../src/peer/peerjs/vendor/peerjs.js';
import { InPageServer } from './in-page-server.js';

const SERVER = new URL('https://peerserver.test/peerjs');
const PLACE = { host: SERVER.hostname, path: SERVER.pathname, config: {} };

export const USUAL: PeerjsOptions = { server: SERVER, iceServers: [], relayOnly: false };

/** Tells when it is closed, which no event does. */
export class RecordedConnection extends RTCPeerConnection {
  ended!: () => void;
  readonly closed = new Promise<void>((resolve) => (this.ended = resolve));

  override close(): void {
    super.close();
    this.ended();
  }
}

/** Peers of one page, with a server in it, all of whose RTCPeerConnections can be seen. */
export class InPagePeers {
  readonly server = new InPageServer();
  readonly signalling = peerjsSignalling(USUAL);
  /** Every connection that was built, newest last. */
  readonly built: RecordedConnection[] = [];
  readonly #genuine = globalThis.RTCPeerConnection;
  readonly #claims: Claim[] = [];
  readonly #peers: Peer[] = [];

  constructor() {
    const { built } = this;
    globalThis.RTCPeerConnection = class extends RecordedConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        built.push(this);
      }
    };
  }

  /** Puts everything back, and closes everything. */
  close(): void {
    for (const claim of this.#claims) claim.close();
    for (const peer of this.#peers) peer.destroy();
    for (const connection of this.built) connection.close();
    globalThis.RTCPeerConnection = this.#genuine;
    this.server.close();
  }

  async claim(options = USUAL): Promise<Claim> {
    const claim = await peerjsSignalling(options).claim(randomToken());
    this.#claims.push(claim);
    return claim;
  }

  /** Plain PeerJS, as anybody has it. */
  async plain(): Promise<Peer> {
    const peer = new Peer(randomToken(), PLACE);
    this.#peers.push(peer);
    await new Promise((resolve) => peer.once('open', resolve));
    return peer;
  }

  /** A claim, and the PeerJS inside of it. */
  async openClaim(): Promise<{ claim: Claim; peer: Peer }> {
    const id = randomToken();
    const peer = new Peer(id, PLACE);
    const claim = new PeerjsClaim(peer, id);
    this.#claims.push(claim);
    await new Promise((resolve) => peer.once('open', resolve));
    return { claim, peer };
  }

  /**
   * Alice has dialled Bob, and they trust each other. `carrier`: PeerJS's own connection, on her
   * side.
   */
  async pair() {
    const [{ claim: alice, peer }, bob] = await Promise.all([this.openClaim(), this.claim()]);
    const incoming = nextConnection(bob);
    const there = await alice.dial(bob.id, { timeout: 5_000 });
    const here = await incoming;
    there.trust();
    here.trust();
    const carrier = peer.getConnection(bob.id, there.id) as BufferedConnection;
    return { alice, bob, here, there, peer, carrier };
  }

  /** The native connection of who dialled, or of who was dialled, last. */
  native(type: 'offer' | 'answer'): RecordedConnection {
    return this.built.filter(({ localDescription }) => localDescription?.type === type).at(-1)!;
  }
}

export function nextConnection(claim: Claim): Promise<Connection> {
  return new Promise((resolve) => (claim.onconnection = resolve));
}

/**
 * Says something from there to here, and waits for it to arrive. Throws when something else does.
 */
export async function expectAlive({ here, there }: { here: Connection; there: Connection }): Promise<void> {
  const text = randomToken();
  const heard = new Promise((resolve) => (here.channel('room').onmessage = resolve));
  there.channel('room').send(text);
  if ((await heard) !== text) throw new Error('Something else was heard');
}
