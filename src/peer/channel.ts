import type { SnapError } from '../errors.js';

/**
 * What `room/` and `transfer/` know of the world: types only, so that both are tested with fakes
 * and neither knows PeerJS.
 *
 * A {@link Connection} is one RTCPeerConnection to one peer. It carries texts on named topics, and
 * bytes. Nothing on it is to be believed until `room/` has proven it.
 */

/** The three conversations that share one connection. Each has its own strict message types. */
export type Topic = 'room' | 'transfer' | 'lane';

/** One end of one conversation. Delivery is whole, in order and once, or the channel closes. */
export interface Channel {
  /**
   * The largest message in bytes that `send` takes: what SCTP negotiated, at most 256 KiB; 16 KiB
   * where it is unknown. RFC 8841, section 6.
   */
  readonly maxMessageSize: number;
  /** Bytes handed to `send` that have not left the browser (RTCDataChannel.bufferedAmount). */
  readonly bufferedAmount: number;
  /** Aborts when the channel has closed, whoever closed it. The reason is a `SnapError`. */
  readonly closed: AbortSignal;
  /**
   * Sends one message, of which it takes a copy. Throws when the channel has closed or the message
   * is larger than `maxMessageSize`.
   */
  send(message: string | Uint8Array): void;
  /**
   * Called once for each message. A text has lost its topic. Messages that come while this is null
   * are kept, at most 64.
   */
  onmessage: ((message: string | Uint8Array) => void) | null;
  /**
   * Closes the whole connection that carries this channel. `reason` becomes the reason of `closed`
   * on this side.
   */
  close(reason?: Error): void;
}

/** Where a transfer gets more connections to the same peer, all as trusted as the first. */
export interface LaneSource {
  /** Open or being opened. */
  readonly count: number;
  /** How many more may be opened now. */
  readonly available: number;
  /** A lane is open, whoever opened it. Set its `onmessage` before returning. */
  onlane: ((lane: Channel) => void) | null;
  /** Asks for one more. It comes by `onlane`, or not at all. */
  open(): void;
  /** Closes all of them. */
  close(): void;
}

/**
 * The DTLS certificates of a connection, as `sha-256 AB:CD:…`, upper-case (RFC 8122). Exactly one
 * distinct on each side, or null.
 */
export interface Fingerprints {
  readonly local: string | null;
  readonly remote: string | null;
}

/** One RTCPeerConnection with its first data channel, open, unproven. */
export interface Connection {
  /** The id of this connection that both sides know (PeerJS's `connectionId`). */
  readonly id: string;
  /** Who called: it proves first. */
  readonly role: 'initiator' | 'responder';
  /** The ids that this connection was dialled with: ours, and the other side's. */
  readonly localId: string;
  readonly remoteId: string;
  /**
   * When the last message came, on any topic, in ms as `performance.now()` tells it: a busy peer is
   * alive, though its pong is stuck behind bytes.
   */
  readonly heardAt: number;
  readonly closed: AbortSignal;
  /** Read from the applied descriptions, at the time of the call. */
  fingerprints(): Fingerprints;
  /**
   * The other side has proven that it belongs here. Until then anything but a text on the topic
   * `room` closes the connection, and it counts against the few unproven ones that are let in.
   */
  trust(): void;
  /**
   * The conversation of that topic. The same object each time. Binary messages belong to
   * `transfer`.
   */
  channel(topic: Topic): Channel;
  /** Whether the path goes through a relay; null while unknown. */
  relayed(): Promise<boolean | null>;
  close(reason?: Error): void;
}

/**
 * Why an id could not be had: somebody has it, the server is out of reach, has no place just now,
 * or says no.
 */
export type ClaimFailure = 'id-taken' | 'server-unreachable' | 'server-full' | 'server-refused';

/** Thrown by {@link Signalling.claim}. */
export interface ClaimError extends Error {
  readonly reason: ClaimFailure;
  /** There is no use in trying again: the page has a mistake that the server will not overlook. */
  readonly final: boolean;
}

/** An id held at the PeerServer: others can dial it, and it can dial others. */
export interface Claim {
  readonly id: string;
  /** Whether the server knows us now. Connections live on without it. */
  readonly online: boolean;
  /** Why the server does not know us, as far as it has said; of use while `online` is false. */
  readonly failure: ClaimFailure;
  /**
   * The server was lost (false) or is back (true). The claim reconnects by itself only when
   * `reconnect` is called.
   */
  ononline: ((online: boolean) => void) | null;
  /**
   * The id was given to another while we were away: this claim is over, its connections live on.
   */
  onlost: (() => void) | null;
  /** A peer dialled us and its data channel is open. */
  onconnection: ((connection: Connection) => void) | null;
  /**
   * A peer that is there has dialled us in vain: with `peer-unreachable` or a relay's code, as
   * {@link Claim.dial} rejects.
   */
  onunreachable: ((remoteId: string, error: SnapError) => void) | null;
  /**
   * Resolves when the data channel is open. Rejects with a `SnapError`: `peer-lost` where nobody
   * answers within `timeout` ms, or answers any longer; where somebody does and there is no path,
   * `peer-unreachable`, or what is wrong with the relay that should have helped (`relay-refused`,
   * `relay-unreachable`, `relay-missing`). A path is looked for as long as it takes, up to 10 s
   * from the answer on, and has 20 s more to carry a channel. An id where nobody answers costs no
   * RTCPeerConnection, and 3 s. Rejects at once when `signal` aborts.
   */
  dial(id: string, options: { timeout: number; signal?: AbortSignal }): Promise<Connection>;
  /**
   * Asks whether the server still knows us; if not, `ononline` tells within 3 s. A WebSocket alone
   * does not notice.
   */
  check(): void;
  /**
   * Tries once to get back to the server with the same id. The outcome is told by `ononline` or
   * `onlost`.
   */
  reconnect(): void;
  /** Gives the id back; connections that came in through it live on. */
  release(): void;
  /** Gives the id back and closes every connection. Synchronous, so that it works in `pagehide`. */
  close(): void;
}

/** The way to a PeerServer. */
export interface Signalling {
  /** Registers `id`. Rejects with a {@link ClaimError}. */
  claim(id: string, options?: { signal?: AbortSignal }): Promise<Claim>;
}
