import { SnapError } from '../../errors.js';
import { IceMonitor } from './ice-monitor.js';

/**
 * How long ICE may take from the answer on, in ms. Through relays at the other end of a path with a
 * round trip of 1.8 s it takes about 7 s: two round trips for the relay, one each for its
 * permission, for the check, and for the candidates to get there.
 */
const PATH_TIMEOUT = 10_000;
/**
 * How long the data channel may take to open once there is a path, in ms: DTLS and SCTP, four round
 * trips of up to 4 s, and what gets lost.
 */
const CHANNEL_TIMEOUT = 20_000;
/**
 * A timer that is this late was asleep, with the tab or the whole machine, and tells nothing of the
 * path. In ms.
 */
const SLEPT = 3_000;

/** How an {@link ConnectionSetup} comes to nothing. */
export interface SetupFailure {
  readonly detail: string;
  /**
   * Why there is no connection; null where that cannot be told: the other side has ended it before
   * it answered, or we have slept.
   */
  readonly error: SnapError | null;
}

/**
 * Follows a fresh connection until its data channel is open. Each step has a time of its own, so
 * that a slow path is not taken for none: the other side's answer, the path, the channel.
 */
export class ConnectionSetup {
  readonly #connection: RTCPeerConnection;
  readonly #ice: IceMonitor;
  readonly #onfailure: (failure: SetupFailure) => void;
  readonly #over = new AbortController();
  #step: 'answer' | 'path' | 'channel' = 'answer';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `answerWithin` is in ms; whoever was dialled has nothing to wait for. `onfailure` is called at
   * most once, and not after `end()`.
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

  /** It came to nothing. */
  fail(detail: string): void {
    this.#fail(detail, this.#step !== 'answer');
  }

  #look(): void {
    const { remoteDescription, iceConnectionState } = this.#connection;
    if (this.#step === 'answer' && remoteDescription) this.#enter('path', PATH_TIMEOUT, 'no path in time');
    if (this.#step === 'path' && this.#ice.connected)
      this.#enter('channel', CHANNEL_TIMEOUT, 'the data channel did not open in time');
    else if (this.#ice.exhausted) this.#fail('no candidates', true);
    // PeerJS closes what has failed, and hears of it first.
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
    // Who does not answer, though it is there, takes nobody in: it has no connections left.
    const pathless = this.#step !== 'answer' && !this.#ice.connected;
    const error = pathless ? this.#ice.failure() : new SnapError('peer-unreachable', { detail });
    this.#onfailure({ detail, error: conclusive ? error : null });
  }
}
