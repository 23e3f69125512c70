import { steadyTimeout } from '../../timing/steady-timeout.js';
import { Gate, type ServerMessage } from './gate.js';
import { Probe } from './probe.js';
import type { Peer } from './vendor/peerjs.js';

/** How often we send a heartbeat to the server, in ms: as often as PeerJS itself does. */
const HEARTBEAT_INTERVAL = 5_000;

/**
 * What passes between one PeerJS `Peer` and its server: only what the {@link Gate} admits, and
 * regular heartbeats.
 */
export class ServerSocket {
  readonly gate = new Gate();
  readonly probe: Probe;
  readonly #peer: Peer;
  readonly #listeners: ((message: ServerMessage) => void)[];
  #stopBeating: () => void = () => {};
  #closeCode: number | null = null;

  /** `peer` is new: nothing has arrived from the server yet. */
  constructor(peer: Peer, id: string) {
    this.#peer = peer;
    this.probe = new Probe(id, (message) => peer.socket.send(message));
    const { socket } = peer;
    this.#listeners = socket.listeners('message') as ((message: unknown) => void)[];
    socket.removeAllListeners('message');
    socket.on('message', (message: unknown) => this.#receive(message));
    this.followSocket();
    this.#beat();
  }

  /** The code with which the current WebSocket was closed; null while it is open. */
  get closeCode(): number | null {
    return this.#closeCode;
  }

  /** Call it when PeerJS has a new WebSocket, whose close code it does not report. */
  followSocket(): void {
    this.#closeCode = null;
    const { _socket: webSocket } = this.#peer.socket as unknown as { _socket?: WebSocket };
    if (!webSocket) return;
    const tellPeerjs = webSocket.onclose;
    webSocket.onclose = (event) => {
      this.#closeCode = event.code;
      tellPeerjs?.call(webSocket, event);
    };
  }

  /** The server knows us, but its greeting was lost: PeerJS would wait for it for ever. */
  greet(): void {
    this.#pass({ type: 'OPEN' });
  }

  /**
   * Call it when a connection to that id has closed. PeerJS keeps an empty list for each id unless
   * the server says that the peer has left.
   */
  forget(remoteId: string): void {
    if (!this.gate.knows(remoteId)) this.#pass({ type: 'LEAVE', src: remoteId });
  }

  /** The id has been released. */
  stop(): void {
    this.#stopBeating();
  }

  #receive(message: unknown): void {
    if (this.probe.take(message)) return;
    const admitted = this.gate.admit(message);
    if (!admitted) return;
    try {
      this.#pass(admitted);
    } catch {
      // Chromium refuses the 500th RTCPeerConnection that has not been collected yet. Such an offer
      // is ignored.
      if (admitted.type !== 'OFFER') return;
      this.gate.closed((admitted.payload as { connectionId: string }).connectionId);
      this.gate.onexhausted?.();
    }
  }

  #pass(message: ServerMessage): void {
    for (const listener of this.#listeners) listener(message);
  }

  #beat(): void {
    this.#stopBeating = steadyTimeout(() => {
      this.#peer.socket.send({ type: 'HEARTBEAT' });
      this.#beat();
    }, HEARTBEAT_INTERVAL);
  }
}
