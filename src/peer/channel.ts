import type { SnapError } from '../errors.js';

/**
 * What `room/` and `transfer/` know of the world: types only, so that both are tested with fakes
 * and neither knows PeerJS.
 *
 * A {@link Connection} is one RTCPeerConnection to one peer. It carries texts on named topics, and
 * bytes. Nothing on it is to be believed until `room/` has proven it.
 */

/** The four conversations that share one connection. Each has strict message types of its own. */
export type Topic = 'room' | 'transfer' | 'lane' | 'outcome';

/** One end of one conversation. Messages arrive whole, in order and once, or the channel closes. */
export interface Channel {
  /**
   * The largest message that `send` accepts, in bytes: what SCTP negotiated, at most 256 KiB; 16
   * KiB where it is unknown. RFC 8841, section 6.
   */
  readonly maxMessageSize: number;
  /** Bytes passed to `send` that have not left the browser (RTCDataChannel.bufferedAmount). */
  readonly bufferedAmount: number;
  /** Aborts when the channel has closed, whoever closed it. The reason is a `SnapError`. */
  readonly closed: AbortSignal;
  /**
   * Sends a copy of the message. Throws if the channel has closed or the message is larger than
   * `maxMessageSize`.
   */
  send(message: string | Uint8Array): void;
  /**
   * Called once for each message. The topic has been removed from texts. While this is null, up to
   * 64 messages are kept.
   */
  onmessage: ((message: string | Uint8Array) => void) | null;
  /** Closes the whole connection. `reason` becomes the reason of `closed` on this side. */
  close(reason?: Error): void;
}

/** Opens further connections to the same peer, all as trusted as the first. */
export interface LaneSource {
  /** Lanes that are open or being opened. */
  readonly count: number;
  /** How many more lanes may be opened now. */
  readonly available: number;
  /**
   * A lane is open, whoever opened it. Set its `onmessage` before returning. Lanes that were open
   * before this was set are reported in a microtask.
   */
  onlane: ((lane: Channel) => void) | null;
  /** Requests one more lane. It arrives by `onlane`, or not at all. */
  open(): void;
  /** Closes all lanes. */
  close(): void;
}

/**
 * The DTLS certificates of a connection, as `sha-256 AB:CD:…` in upper case (RFC 8122). Null unless
 * a side has exactly one.
 */
export interface Fingerprints {
  readonly local: string | null;
  readonly remote: string | null;
}

/** One RTCPeerConnection whose first data channel is open. Unproven. */
export interface Connection {
  /** The id of this connection that both sides know (PeerJS's `connectionId`). */
  readonly id: string;
  /** Who dialled: the initiator proves itself first. */
  readonly role: 'initiator' | 'responder';
  /** The PeerJS ids of the dial: ours, and the peer's. */
  readonly localId: string;
  readonly remoteId: string;
  /**
   * When the last message arrived, on any topic, in ms by `performance.now()`. A busy peer is alive
   * even if its pong is stuck behind file data.
   */
  readonly heardAt: number;
  readonly closed: AbortSignal;
  /** From the descriptions that are in use at the time of the call. */
  fingerprints(): Fingerprints;
  /**
   * Call it once the peer has proven that it belongs to the room. Until then, anything but a text
   * on the topic `room` closes the connection, and the connection counts against the few unproven
   * ones that are accepted.
   */
  trust(): void;
  /** The channel of that topic; the same object each time. Binary messages belong to `transfer`. */
  channel(topic: Topic): Channel;
  /** Whether the path goes through a relay; null while unknown. */
  relayed(): Promise<boolean | null>;
  close(reason?: Error): void;
}

/** Why an id could not be claimed: it is taken, or the server is unreachable, full, or refuses. */
export type ClaimFailure = 'id-taken' | 'server-unreachable' | 'server-full' | 'server-refused';

/** Thrown by {@link Signalling.claim}. */
export interface ClaimError extends Error {
  readonly reason: ClaimFailure;
  /**
   * Whether retrying is pointless, because of a mistake in the page that the server will not
   * overlook.
   */
  readonly final: boolean;
}

/** An id that is registered at the PeerServer: others can dial it, and it can dial others. */
export interface Claim {
  readonly id: string;
  /** Whether the server knows us now. Connections live on without it. */
  readonly online: boolean;
  /** Why the server does not know us, as far as it has said. Meaningful while `online` is false. */
  readonly failure: ClaimFailure;
  /**
   * The server was lost (false) or is back (true). The claim reconnects only when `reconnect` is
   * called.
   */
  ononline: ((online: boolean) => void) | null;
  /**
   * The id was given to another client while we were offline. This claim is over; its connections
   * live on.
   */
  onlost: (() => void) | null;
  /** A peer dialled us, and its data channel is open. */
  onconnection: ((connection: Connection) => void) | null;
  /**
   * A peer that is there dialled us, and no path was found: with `peer-unreachable` or the code of
   * a relay, as {@link Claim.dial} rejects.
   */
  onunreachable: ((remoteId: string, error: SnapError) => void) | null;
  /**
   * Resolves when the data channel is open. Rejects with a `SnapError`: `peer-lost` if nobody
   * answers within `timeout` ms, or the peer leaves; if the peer is there but no path is found,
   * `peer-unreachable`, or what is wrong with the relay that should have helped (`relay-refused`,
   * `relay-unreachable`, `relay-missing`). ICE has up to 10 s from the answer on, and the channel
   * another 20 s. Dialling an id where nobody answers costs no RTCPeerConnection, and 3 s. Rejects
   * at once when `signal` aborts.
   */
  dial(id: string, options: { timeout: number; signal?: AbortSignal }): Promise<Connection>;
  /**
   * Asks whether the server still knows us. If not, `ononline` reports it within 3 s. A WebSocket
   * alone does not notice.
   */
  check(): void;
  /**
   * Tries once to reconnect to the server with the same id. `ononline` or `onlost` reports the
   * outcome.
   */
  reconnect(): void;
  /** Releases the id. Connections that came through it live on. */
  release(): void;
  /** Releases the id and closes every connection. Synchronous, so that it works in `pagehide`. */
  close(): void;
}

/** Registers ids at a PeerServer. */
export interface Signalling {
  /** Registers `id`. Rejects with a {@link ClaimError}. */
  claim(id: string, options?: { signal?: AbortSignal }): Promise<Claim>;
}
