import { SnapError } from '../../errors.js';
import { IceMonitor } from './ice-monitor.js';

/**
 * How long ICE may take from the answer on, in ms. Through relays at the far end of a path with a
 * round trip of 1.8 s it takes about 7 s: two round trips for the relay, and one each for its
 * permission, for the check, and for the exchange of candidates.
 */
const PATH_TIMEOUT = 10_000;
/**
 * How long the data channel may take to open once there is a path, in ms. DTLS and SCTP take four
 * round trips of up to 4 s, plus retransmissions.
 */
const CHANNEL_TIMEOUT = 20_000;
/**
 * A timer that is this late was asleep, together with the tab or the machine, and says nothing
 * about the path. In ms.
 */
const SLEPT = 3_000;

/** Why a {@link ConnectionSetup} failed. */
export interface SetupFailure {
  readonly detail: string;
  /**
   * Why there is no connection; null where we cannot tell, because the peer closed before it
   * answered, or this tab slept.
   */
  readonly error: SnapError | null;
}

/**
 * Follows a new connection until its data channel is open. Each step (the answer, the path, the
 * channel) has a timeout of its own, so that a slow path is not mistaken for none.
 */
export class ConnectionSetup {
  readonly #connection: RTCPeerConnection;
  readonly #ice: IceMonitor;
  readonly #onfailure: (failure: SetupFailure) => void;
  readonly #over = new AbortController();
  #step: 'answer' | 'path' | 'channel' = 'answer';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `answerWithin` is in ms, or null for the responder, which waits for no answer. `onfailure` is
   * called at most once, and never after `end()`.
   */
  constructor(
    connection: RTCPeerConnection,
    { answerWithin, onfailure }: { answerWithin: number | null; onfailure: (failure: SetupFailure) => void },
  ) {
    this.#connection = connection;
    this.#onfailure = onfailure;
    const { signal } = this.#over;
    this.#ice = new IceMonitor(connection, () => this.#look(), signal);
    if (answerWithin === null) this.#enter('path', PATH_TIMEOUT, 'no path in time');
    else this.#enter('answer', answerWithin, 'no answer to the offer');
    connection.addEventListener('signalingstatechange', () => this.#look(), { signal });
  }

  /** The channel is open, or nobody waits for it any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#over.abort();
  }

  /** Reports a failure that the caller has noticed. */
  fail(detail: string): void {
    this.#fail(detail, this.#step !== 'answer');
  }

  #look(): void {
    const { remoteDescription, iceConnectionState } = this.#connection;
    if (this.#step === 'answer' && remoteDescription) this.#enter('path', PATH_TIMEOUT, 'no path in time');
    if (this.#step === 'path' && this.#ice.connected)
      this.#enter('channel', CHANNEL_TIMEOUT, 'the data channel did not open in time');
    // Without an answer, nobody may be there, and then the lack of candidates explains nothing.
    else if (this.#step !== 'answer' && this.#ice.exhausted) this.#fail('no candidates', true);
    // PeerJS closes a failed connection, and is notified first.
    else if (iceConnectionState === 'failed' || iceConnectionState === 'closed') this.fail('ICE has failed');
  }

  #enter(step: 'answer' | 'path' | 'channel', timeout: number, detail: string): void {
    this.#step = step;
    clearTimeout(this.#timer);
    const due = performance.now() + timeout;
    this.#timer = setTimeout(() => this.#fail(detail, performance.now() - due < SLEPT), timeout);
  }

  #fail(detail: string, conclusive: boolean): void {
    if (this.#over.signal.aborted) return;
    this.end();
    // A peer that is there and does not answer accepts nobody: it has no connections left.
    const pathless = this.#step !== 'answer' && !this.#ice.connected;
    const error = pathless ? this.#ice.failure() : new SnapError('peer-unreachable', { detail });
    this.#onfailure({ detail, error: conclusive ? error : null });
  }
}
