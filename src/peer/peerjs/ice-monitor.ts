import { SnapError } from '../../errors.js';

/**
 * Watches ICE on one RTCPeerConnection from the start, so that it can explain afterwards why there
 * is no path.
 */
export class IceMonitor {
  readonly #servers: readonly string[];
  readonly #relayOnly: boolean;
  #connected = false;
  /** Whether all candidates have been gathered. */
  #complete = false;
  #candidates = 0;
  #relays = 0;
  /** The error of a TURN server that answered, but gave us no relay. */
  #refusal: string | null = null;

  /** Calls `onchange` when ICE has connected or failed. Stops listening once `signal` aborts. */
  constructor(connection: RTCPeerConnection, onchange: () => void, signal: AbortSignal) {
    const { iceServers = [], iceTransportPolicy } = connection.getConfiguration();
    this.#relayOnly = iceTransportPolicy === 'relay';
    this.#servers = iceServers.flatMap(({ urls }) => urls).filter((url) => /^turns?:/i.test(url));
    const listen = (type: string, listener: (event: Event) => void): void =>
      connection.addEventListener(type, listener, { signal });
    listen('icecandidate', (event) => this.#gathered((event as RTCPeerConnectionIceEvent).candidate));
    listen('icecandidateerror', (event) => this.#refused(event as RTCPeerConnectionIceErrorEvent));
    listen('icegatheringstatechange', () => {
      this.#complete = connection.iceGatheringState === 'complete';
      onchange();
    });
    listen('iceconnectionstatechange', () => {
      const state = connection.iceConnectionState;
      if (state === 'connected' || state === 'completed') this.#connected = true;
      onchange();
    });
  }

  /** Whether there is, or was, a path. */
  get connected(): boolean {
    return this.#connected;
  }

  /**
   * Whether gathering has ended without any candidate: only a relay would do, and there is none.
   */
  get exhausted(): boolean {
    return this.#complete && this.#candidates === 0;
  }

  /** Why there is no path, as far as this side can tell. */
  failure(): SnapError {
    if (this.#relays > 0 || (this.#servers.length === 0 && !this.#relayOnly))
      return new SnapError('peer-unreachable');
    if (this.#servers.length === 0) return new SnapError('relay-missing');
    if (this.#refusal !== null) return new SnapError('relay-refused', { detail: this.#refusal });
    return new SnapError('relay-unreachable', { detail: this.#servers.join(', ') });
  }

  #gathered(candidate: RTCIceCandidate | null): void {
    if (!candidate?.candidate) return;
    this.#candidates += 1;
    if (candidate.type === 'relay') this.#relays += 1;
  }

  /**
   * A STUN error comes from the server itself (RFC 8489, section 14.8); with 701 the browser
   * reports a server that did not answer.
   */
  #refused({ errorCode, errorText, url }: RTCPeerConnectionIceErrorEvent): void {
    if (errorCode >= 300 && errorCode < 700 && /^turns?:/i.test(url))
      this.#refusal = `${url}: ${errorCode} ${errorText}`;
  }
}
