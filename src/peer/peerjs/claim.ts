import { SnapError } from '../../errors.js';
import type { Claim, ClaimFailure, Connection } from '../channel.js';
import { canDial } from '../connection-budget.js';
import { LABEL, SERIALIZATION } from './gate.js';
import { ConnectionSetup, type SetupFailure } from './connection-setup.js';
import { PeerjsConnection } from './connection.js';
import { randomToken } from './random-token.js';
import { claimRefusalOf } from './claim-refusal.js';
import { ServerSocket } from './server-socket.js';
import type { DataConnection, Peer } from './vendor/peerjs.js';

/**
 * How long the answer to an offer may take, in ms. The peer has just answered a probe, so if
 * nothing arrives the server has lost a message, and the time is better spent on another attempt.
 */
const ANSWER_TIMEOUT = 5_000;
/** A server that accepts the WebSocket and then stays silent is unusable. In ms. */
const CLAIM_TIMEOUT = 8_000;
/**
 * How long an attempt to reconnect to the server may take, from the new WebSocket to the first
 * echo. In ms.
 */
const RECONNECT_TIMEOUT = 5_000;
/** How long a probe may take to be relayed to the peer and back. In ms. */
const PROBE_TIMEOUT = 3_000;

/**
 * An id at the PeerServer, held by one PeerJS `Peer`. The `Peer` hears the server only through a
 * {@link ServerSocket}.
 */
export class PeerjsClaim implements Claim {
  readonly id: string;
  ononline: Claim['ononline'] = null;
  onlost: Claim['onlost'] = null;
  onconnection: Claim['onconnection'] = null;
  onunreachable: Claim['onunreachable'] = null;
  /** A connection could not be created because the page has too many. */
  onexhausted: (() => void) | null = null;

  readonly #peer: Peer;
  readonly #server: ServerSocket;
  readonly #connections = new Set<PeerjsConnection>();
  /** Dials in progress, with the id that each dialled. */
  readonly #dials = new Set<{ id: string; fail: (detail: string) => void }>();
  #online = true;
  #failure: ClaimFailure = 'server-unreachable';
  #over = false;
  #closed = false;
  #attempt: AbortController | null = null;

  /** `peer` is new: nothing has arrived from the server yet. */
  constructor(peer: Peer, id: string) {
    this.#peer = peer;
    this.id = id;
    this.#server = new ServerSocket(peer, id);
    this.#server.gate.onabsent = (absent) => this.#absent(absent);
    this.#server.gate.onexhausted = () => this.onexhausted?.();
    peer.on('connection', (carrier) => this.#offered(carrier));
    peer.on('open', () => this.#found());
    peer.on('disconnected', () => this.#offline());
    this.#await(CLAIM_TIMEOUT);
    peer.on('error', ({ type, message }) => {
      this.#failure = claimRefusalOf(type, message, this.closeCode).reason;
      // PeerJS disconnects after this. Other errors come from a native connection (which closes by
      // itself) or the network (which "disconnected" reports).
      if (type === 'unavailable-id') this.#taken();
    });
  }

  get online(): boolean {
    return this.#online && !this.#over;
  }

  get failure(): ClaimFailure {
    return this.#failure;
  }

  /**
   * The code with which the server, or a proxy in front of it, closed the current WebSocket; null
   * while it is open.
   */
  get closeCode(): number | null {
    return this.#server.closeCode;
  }

  async dial(
    id: string,
    { timeout, signal }: { timeout: number; signal?: AbortSignal },
  ): Promise<Connection> {
    const deadline = performance.now() + timeout;
    const answered =
      this.online && (await this.#server.probe.ask(id, Math.min(PROBE_TIMEOUT, timeout), signal));
    signal?.throwIfAborted();
    // It may have gone offline meanwhile; PeerJS would then return no connection.
    if (!answered || this.#peer.disconnected) throw new SnapError('peer-lost', { detail: 'nobody answers' });
    return this.#connect(id, Math.min(ANSWER_TIMEOUT, deadline - performance.now()), signal);
  }

  check(): void {
    if (!this.online || this.#attempt) return;
    this.#await(PROBE_TIMEOUT);
  }

  reconnect(): void {
    if (this.#over || this.#online || this.#attempt) return;
    this.#failure = 'server-unreachable';
    this.#peer.reconnect();
    this.#server.followSocket();
    this.#await(RECONNECT_TIMEOUT);
  }

  release(): void {
    this.#over = true;
    this.#server.stop();
    this.#attempt?.abort();
    this.#peer.disconnect();
  }

  close(): void {
    this.release();
    this.#closed = true;
    // Not with PeerJS's destroy(), which misses every second connection to the same id and cuts off
    // the last messages.
    for (const connection of this.#connections) connection.close();
    this.#destroy();
  }

  /** Waits for a sign that the server knows us. Without one, the socket is useless. */
  #await(timeout: number): void {
    const attempt = (this.#attempt = new AbortController());
    void this.#server.probe.ask(this.id, timeout, attempt.signal).then((heard) => {
      if (this.#attempt !== attempt) return;
      if (heard) this.#found();
      // Ends in #offline, like any other failure.
      else this.#peer.disconnect();
    });
  }

  #connect(id: string, answerWithin: number, signal: AbortSignal | undefined): Promise<Connection> {
    const carrier = this.#offer(id);
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const connection = this.#follow(carrier, 'initiator', () => {
        end();
        resolve(connection);
      });
      const setup = new ConnectionSetup(carrier.peerConnection, {
        answerWithin,
        onfailure: (failure) => {
          end();
          connection.close(new SnapError('peer-lost', { detail: failure.detail }));
          void this.#explain(id, failure).then(reject);
        },
      });
      const dial = { id, fail: (detail: string) => setup.fail(detail) };
      const end = () => {
        setup.end();
        over.abort();
        this.#dials.delete(dial);
      };
      this.#dials.add(dial);
      const closed = () => setup.fail('closed before it was open');
      connection.closed.addEventListener('abort', closed, { signal: over.signal });
      const leave = () => {
        end();
        connection.close();
        reject(new SnapError('peer-lost', { cause: signal?.reason }));
      };
      signal?.addEventListener('abort', leave, { signal: over.signal });
    });
  }

  /**
   * Finds out why a setup failed. A path can only be missing if the peer is still there, so it is
   * asked by way of the server.
   */
  async #explain(id: string, { detail, error }: SetupFailure): Promise<SnapError> {
    const isHere = error !== null && this.online && (await this.#server.probe.ask(id, PROBE_TIMEOUT));
    return isHere ? error : new SnapError('peer-lost', { detail });
  }

  #offer(id: string): DataConnection {
    if (!canDial()) {
      this.onexhausted?.();
      throw new SnapError('peer-unreachable', { detail: 'too many connections have not been collected yet' });
    }
    const connectionId = randomToken();
    // First, so that the gate admits the answer.
    this.#server.gate.dialled(connectionId, id);
    try {
      // connectionId is an option of PeerJS that its types lack. Its default comes from
      // Math.random.
      const options = { connectionId, label: LABEL, serialization: SERIALIZATION, reliable: true };
      return this.#peer.connect(id, options);
    } catch (error) {
      // Chromium refuses the 500th RTCPeerConnection that has not been collected yet.
      this.#server.gate.closed(connectionId);
      this.onexhausted?.();
      throw new SnapError('peer-unreachable', { cause: error });
    }
  }

  #offered(carrier: DataConnection): void {
    const connection = this.#follow(carrier, 'responder', () => {
      setup.end();
      if (this.onconnection) this.onconnection(connection);
      else connection.close();
    });
    const setup = new ConnectionSetup(carrier.peerConnection, {
      answerWithin: null,
      onfailure: (failure) => {
        connection.close();
        void this.#explain(carrier.peer, failure).then(
          (error) => error.code === 'peer-lost' || this.onunreachable?.(carrier.peer, error),
        );
      },
    });
    connection.closed.addEventListener('abort', () => setup.fail('closed before it was open'), {
      once: true,
    });
  }

  #follow(carrier: DataConnection, role: Connection['role'], onopen: () => void): PeerjsConnection {
    // A candidate may be malformed, or arrive while the connection closes; PeerJS leaves that
    // rejection unhandled.
    const handle = carrier.handleMessage.bind(carrier);
    carrier.handleMessage = (message) => handle(message).catch(() => undefined);
    const connection = new PeerjsConnection(carrier, {
      localId: this.id,
      role,
      onopen,
      ontrust: () => this.#server.gate.proven(carrier.connectionId),
      onend: () => this.#ended(connection),
    });
    this.#connections.add(connection);
    return connection;
  }

  #ended(connection: PeerjsConnection): void {
    this.#connections.delete(connection);
    this.#server.gate.closed(connection.id);
    this.#server.forget(connection.remoteId);
    this.#destroy();
  }

  #destroy(): void {
    if (this.#closed && this.#connections.size === 0) this.#peer.destroy();
  }

  #absent(id: string): void {
    for (const dial of [...this.#dials]) {
      if (dial.id === id) dial.fail('nobody has this id');
    }
  }

  #found(): void {
    this.#attempt?.abort();
    this.#attempt = null;
    if (!this.#peer.open) this.#server.greet();
    if (this.#online) return;
    this.#online = true;
    this.ononline?.(true);
  }

  #offline(): void {
    this.#attempt?.abort();
    this.#attempt = null;
    this.#online = false;
    if (!this.#over) this.ononline?.(false);
  }

  #taken(): void {
    // During the first claim PeerJS destroys itself, and nobody listens here yet.
    if (this.#over) return;
    this.#over = true;
    this.#server.stop();
    this.onlost?.();
  }
}
