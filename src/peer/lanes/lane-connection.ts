import { SnapError } from '../../errors.js';
import type { Channel } from '../channel.js';
import { trackConnection } from '../connection-budget.js';
import { maxMessageSize } from '../message-size.js';
import { closeWhenSettled } from '../deferred-close.js';

/** A peer has about ten candidates; one that sends hundreds is malicious. */
const MOST_CANDIDATES = 100;

/**
 * One certificate for all lanes of a page. Generating one takes milliseconds, so sixteen would be
 * noticeable.
 */
let certificate: Promise<RTCCertificate> | null = null;

/** What a lane reports to its {@link Lanes}. */
export interface LaneConnectionEvents {
  candidate(candidate: RTCIceCandidateInit | null): void;
  open(): void;
}

/**
 * One native connection with one data channel for bytes. The channel is negotiated in advance
 * (without RFC 8832, which saves half a round trip) and unordered: every frame says where it
 * belongs, so none has to wait for a lost one.
 */
export class LaneConnection implements Channel {
  onmessage: Channel['onmessage'] = null;
  readonly #configuration: RTCConfiguration;
  readonly #events: LaneConnectionEvents;
  readonly #closing = new AbortController();
  /** Candidates that arrived before the description that they belong to. */
  readonly #early: (RTCIceCandidateInit | null)[] = [];
  #candidates = 0;
  #wasOpen = false;
  #peerConnection: RTCPeerConnection | null = null;
  #dataChannel: RTCDataChannel | null = null;

  constructor(configuration: RTCConfiguration, events: LaneConnectionEvents) {
    this.#configuration = configuration;
    this.#events = events;
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Whether the lane is, or was, open. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }

  get maxMessageSize(): number {
    return maxMessageSize(this.#peerConnection);
  }

  get bufferedAmount(): number {
    return this.#dataChannel?.bufferedAmount ?? 0;
  }

  send(message: string | Uint8Array): void {
    if (this.closed.aborted) throw this.closed.reason;
    this.#dataChannel?.send(message as Uint8Array<ArrayBuffer>);
  }

  close(reason: Error = new SnapError('peer-lost')): void {
    if (this.closed.aborted) return;
    this.#closing.abort(reason);
    // From here on nothing is sent or received.
    this.#dataChannel?.close();
    if (this.#peerConnection) closeWhenSettled(this.#peerConnection);
  }

  /** Opens the lane. Resolves to the description to send. */
  async offer(): Promise<string> {
    const connection = await this.#create();
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  }

  /** Begins from the other side's description, and resolves with ours. */
  async answer(sdp: string): Promise<string> {
    const connection = await this.#create();
    await connection.setRemoteDescription({ type: 'offer', sdp });
    this.#addEarly(connection);
    await connection.setLocalDescription();
    return connection.localDescription?.sdp ?? '';
  }

  /** Handles the peer's answer. */
  accept(sdp: string): void {
    const connection = this.#peerConnection;
    connection?.setRemoteDescription({ type: 'answer', sdp }).then(
      () => this.#addEarly(connection),
      (cause: unknown) => this.close(SnapError.from(cause, 'peer-unreachable')),
    );
  }

  candidate(candidate: RTCIceCandidateInit | null): void {
    const connection = this.#peerConnection;
    if (++this.#candidates > MOST_CANDIDATES) {
      this.close(new SnapError('peer-protocol', { detail: 'too many candidates' }));
    } else if (connection?.remoteDescription) this.#addCandidate(connection, candidate);
    else this.#early.push(candidate);
  }

  async #create(): Promise<RTCPeerConnection> {
    const algorithm: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
    certificate ??= RTCPeerConnection.generateCertificate(algorithm);
    const certificates = [await certificate];
    if (this.closed.aborted) throw this.closed.reason;
    const connection = new RTCPeerConnection({ ...this.#configuration, certificates });
    trackConnection(connection);
    this.#peerConnection = connection;
    const { signal } = this.#closing;
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => this.#events.candidate(candidate?.toJSON() ?? null),
      { signal },
    );
    connection.addEventListener(
      'connectionstatechange',
      () => {
        if (connection.connectionState === 'failed' || connection.connectionState === 'closed') this.close();
      },
      { signal },
    );
    this.#adopt(connection.createDataChannel('snaptrail lane', { negotiated: true, id: 0, ordered: false }));
    return connection;
  }

  #adopt(channel: RTCDataChannel): void {
    const { signal } = this.#closing;
    channel.binaryType = 'arraybuffer';
    this.#dataChannel = channel;
    channel.addEventListener(
      'open',
      () => {
        this.#wasOpen = true;
        this.#events.open();
      },
      { signal },
    );
    channel.addEventListener('close', () => this.close(), { signal });
    channel.addEventListener(
      'message',
      ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) this.onmessage?.(new Uint8Array(data));
        else this.close(new SnapError('peer-protocol', { detail: 'a text on a lane' }));
      },
      { signal },
    );
  }

  #addEarly(connection: RTCPeerConnection): void {
    for (const candidate of this.#early.splice(0)) this.#addCandidate(connection, candidate);
  }

  /**
   * A candidate that cannot be used (such as an mDNS name that nobody resolves) means one path
   * less, not an error.
   */
  #addCandidate(connection: RTCPeerConnection, candidate: RTCIceCandidateInit | null): void {
    connection.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  }
}
