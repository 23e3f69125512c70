import { steadyTimeout } from '../../timing/steady-timeout.js';
import { Gate, type ServerMessage } from './gate.js';
import { Probe } from './probe.js';
import type { Peer } from './vendor/peerjs.js';

/** How often the server hears from us, in ms: as often as it does from PeerJS itself. */
const HEARTBEAT_INTERVAL = 5_000;

/**
 * What passes between one PeerJS `Peer` and its server: nothing without the {@link Gate}'s leave,
 * and a sign of life in time.
 */
export class ServerSocket {
  readonly gate = new Gate();
  readonly probe: Probe;
  readonly #peer: Peer;
  readonly #listeners: ((message: ServerMessage) => void)[];
  #stopBeating: () => void = () => {};
  #closeCode: number | null = null;

  /** `peer` is fresh: nothing has come from the server yet. */
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

  /** With which code the present WebSocket was closed; null while it was not. */
  get closeCode(): number | null {
    return this.#closeCode;
  }

  /** PeerJS has a new WebSocket, and keeps to itself with which code it closes. */
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

  /** The server knows us, and its greeting was lost: PeerJS would wait for it for ever. */
  greet(): void {
    this.#pass({ type: 'OPEN' });
  }

  /**
   * No connection with that id is left. PeerJS would keep an empty list for each, unless the server
   * says that it left.
   */
  forget(remoteId: string): void {
    if (!this.gate.knows(remoteId)) this.#pass({ type: 'LEAVE', src: remoteId });
  }

  /** The id is given back. */
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
      // Chromium refuses the 500th RTCPeerConnection that has not been collected yet. An offer then
      // counts for nothing.
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
