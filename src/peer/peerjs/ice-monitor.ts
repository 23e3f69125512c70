import { SnapError } from '../../errors.js';

/**
 * What one RTCPeerConnection makes of looking for a path. It listens from the first moment on, so
 * that it can tell afterwards why there is none.
 */
export class IceMonitor {
  readonly #servers: readonly string[];
  readonly #relayOnly: boolean;
  #connected = false;
  /** Whether all candidates have been gathered. */
  #complete = false;
  #candidates = 0;
  #relays = 0;
  /** What a TURN server said that was reached, and gave no relay. */
  #refusal: string | null = null;

  /**
   * `onchange` is called when the search has found a path, or has failed. Nothing is listened to
   * once `signal` has aborted.
   */
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
   * Whether there is nothing that a path could begin with: only a relay would do, and none was to
   * be had.
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
   * STUN's errors come from the server itself (RFC 8489, section 14.8); 701 is the browser's word
   * for a server that did not answer.
   */
  #refused({ errorCode, errorText, url }: RTCPeerConnectionIceErrorEvent): void {
    if (errorCode >= 300 && errorCode < 700 && /^turns?:/i.test(url))
      this.#refusal = `${url}: ${errorCode} ${errorText}`;
  }
}
