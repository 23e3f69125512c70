import { SnapError } from '../../errors.js';
import type { Channel, Connection, Fingerprints, Topic } from '../channel.js';
import { trackConnection } from '../connection-budget.js';
import { fingerprintsOf } from './fingerprints.js';
import { maxMessageSize } from '../message-size.js';
import { closeWhenSettled } from '../deferred-close.js';
import { Topics, type Transport } from '../topics.js';
import type { DataConnection } from './vendor/peerjs.js';

interface PeerjsConnectionContext {
  readonly localId: string;
  readonly role: Connection['role'];
  /** The data channel is open. Called at most once. */
  onopen(): void;
  /** The peer has proven itself. */
  ontrust(): void;
  /** The native connection has closed as well, a moment after `closed`. Called once. */
  onend(): void;
}

/**
 * How long a closed connection may take to send its last messages, in ms. Closing it at once would
 * lose them.
 */
const LINGER = 1_000;

/**
 * A {@link Connection} that PeerJS has set up. PeerJS does the signalling; after that, this class
 * drives the native data channel. PeerJS's own `send` would queue without a limit, poll with a
 * throttled timer, and close the connection over a message that is too large; its `close` event
 * never fires before the channel is open, nor when the other tab crashes.
 *
 * Keeps its own references to the native objects, because PeerJS drops its own in `close()`.
 */
export class PeerjsConnection implements Connection {
  readonly id: string;
  readonly remoteId: string;
  readonly localId: string;
  readonly role: Connection['role'];
  readonly closed: AbortSignal;

  readonly #carrier: DataConnection;
  readonly #peerConnection: RTCPeerConnection;
  readonly #topics: Topics;
  readonly #closing = new AbortController();
  readonly #context: PeerjsConnectionContext;
  #trusted = false;
  #dataChannel: RTCDataChannel | null = null;

  /** `carrier` is new: its peer connection exists, its data channel perhaps not yet. */
  constructor(carrier: DataConnection, context: PeerjsConnectionContext) {
    this.#carrier = carrier;
    this.#peerConnection = carrier.peerConnection;
    trackConnection(this.#peerConnection);
    this.id = carrier.connectionId;
    this.remoteId = carrier.peer;
    this.localId = context.localId;
    this.role = context.role;
    this.#context = context;
    this.closed = this.#closing.signal;
    this.#topics = new Topics(this.#transport());
    this.#watch();
    if (context.role === 'initiator') this.#adopt(carrier.dataChannel);
  }

  get heardAt(): number {
    return this.#topics.heardAt;
  }

  get open(): boolean {
    return this.#dataChannel?.readyState === 'open';
  }

  fingerprints(): Fingerprints {
    return fingerprintsOf(this.#peerConnection);
  }

  trust(): void {
    this.#trusted = true;
    this.#topics.trust();
    this.#context.ontrust();
  }

  channel(topic: Topic): Channel {
    return this.#topics.channel(topic);
  }

  async relayed(): Promise<boolean | null> {
    if (this.closed.aborted) return null;
    const stats = await this.#peerConnection.getStats().catch(() => null);
    if (!stats) return null;
    return isRelayed(stats);
  }

  close(reason: Error = new SnapError('peer-lost', { detail: 'closed here' })): void {
    if (this.closed.aborted) return;
    this.#closing.abort(reason);
    if (this.#trusted && this.open) this.#linger(this.#dataChannel!);
    else this.#end();
  }

  /** A member may just have been told something, such as that we are leaving. */
  #linger(channel: RTCDataChannel): void {
    const ended = new AbortController();
    const end = () => {
      clearTimeout(timer);
      ended.abort();
      this.#end();
    };
    const timer = setTimeout(end, LINGER);
    channel.addEventListener('close', end, { signal: ended.signal });
    channel.close();
  }

  #end(): void {
    // So that the other side need not wait for the rest.
    this.#dataChannel?.close();
    closeWhenSettled(this.#peerConnection, () => {
      this.#carrier.close();
      this.#context.onend();
    });
  }

  #transport(): Transport {
    const channel = () => this.#dataChannel!;
    const peerConnection = this.#peerConnection;
    return {
      closed: this.closed,
      get maxMessageSize() {
        return maxMessageSize(peerConnection);
      },
      get bufferedAmount() {
        return channel().bufferedAmount;
      },
      send: (data) => channel().send(data as string & Uint8Array<ArrayBuffer>),
      close: (reason) => this.close(reason),
    };
  }

  #watch(): void {
    const { signal } = this.#closing;
    const pc = this.#peerConnection;
    // PeerJS's own handler would close it at once, see deferred-close.ts.
    pc.oniceconnectionstatechange = null;
    pc.addEventListener(
      'iceconnectionstatechange',
      () => {
        if (pc.iceConnectionState === 'failed') this.#lost('the path has failed');
      },
      { signal },
    );
    pc.addEventListener('datachannel', ({ channel }) => this.#adopt(channel), { signal });
    pc.addEventListener('track', () => this.#refuse('media'), { signal });
    pc.addEventListener(
      'connectionstatechange',
      () => {
        // "disconnected" is only a suspicion, and PeerJS ignores "failed".
        if (pc.connectionState === 'failed' || pc.connectionState === 'closed')
          this.#lost(pc.connectionState);
      },
      { signal },
    );
    pc.addEventListener(
      'signalingstatechange',
      () => {
        // The proven fingerprints must stay the ones in use.
        if (this.open && pc.signalingState !== 'stable') this.#refuse('a new negotiation');
      },
      { signal },
    );
  }

  #adopt(channel: RTCDataChannel): void {
    if (this.#dataChannel) {
      this.#refuse('a second data channel');
      return;
    }
    this.#dataChannel = channel;
    // PeerJS has set a handler that would close the connection at once.
    channel.onclose = null;
    channel.binaryType = 'arraybuffer';
    const { signal } = this.#closing;
    channel.addEventListener('message', ({ data }) => this.#topics.receive(data), { signal });
    channel.addEventListener('close', () => this.#lost('the data channel closed'), { signal });
    if (channel.readyState === 'open') this.#opened();
    else channel.addEventListener('open', () => this.#opened(), { signal, once: true });
  }

  /**
   * The descriptions are applied before the channel opens, but the page may be notified of both in
   * the other order, and the proof depends on the descriptions.
   */
  #opened(): void {
    const { currentLocalDescription, currentRemoteDescription } = this.#peerConnection;
    if (currentLocalDescription && currentRemoteDescription) this.#context.onopen();
    else
      this.#peerConnection.addEventListener('signalingstatechange', () => this.#opened(), {
        signal: this.#closing.signal,
        once: true,
      });
  }

  #lost(detail: string): void {
    this.close(new SnapError('peer-lost', { detail }));
  }

  #refuse(what: string): void {
    this.close(new SnapError('peer-protocol', { detail: `The peer asked for ${what}` }));
  }
}

/**
 * Looks at the candidate pair in use: the one that the transport has selected, or in Firefox the
 * one marked as selected. A pair may be in use before its state says so.
 */
function isRelayed(stats: RTCStatsReport): boolean | null {
  const reports = new Map(stats.entries() as Iterable<[string, Report]>);
  const all = [...reports.values()];
  const selected = all.find(
    ({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId,
  );
  const pair =
    reports.get(selected?.selectedCandidatePairId ?? '') ??
    all.find(({ type, selected, nominated }) => type === 'candidate-pair' && (selected ?? nominated));
  const ends = [pair?.localCandidateId, pair?.remoteCandidateId].map(
    (end) => reports.get(end ?? '')?.candidateType,
  );
  return ends.includes(undefined) ? null : ends.includes('relay');
}

/** The fields of getStats() reports that are read. */
interface Report {
  readonly type: string;
  readonly selectedCandidatePairId?: string;
  /** Firefox only. */
  readonly selected?: boolean;
  readonly nominated?: boolean;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
}
