/**
 * The topic `room`: who is here. JSON texts of at most 16 KiB with a literal `type`.
 *
 * ```
 * initiator                          responder
 *     | nonce ---------------------------> |   as soon as the channel is open
 *     | <--------------------------- nonce |   not before that one: see handshake.ts
 *     | proof ---------------------------> |   checked before the responder says anything more
 *     | <-------------------- proof, hello |
 *     | hello ---------------------------> |
 *     | <---------------- roster | refused |   with its first roster the responder has let the initiator in
 *     | roster --------------------------> |
 *     | <----------- roster, ping, pong -> |   from now on, from both sides
 *     | bye ------------------------------ |   leaves, for good or perhaps to reload
 * ```
 */
export type RoomMessage =
  | NonceMessage
  | ProofMessage
  | HelloMessage
  | RefusedMessage
  | RosterMessage
  | PingMessage
  | PongMessage
  | ByeMessage;

/** The versions of the protocol that this implementation speaks, from the oldest to the newest. */
export const VERSIONS: readonly [oldest: number, newest: number] = [2, 2];

/** The largest message of this topic, in bytes of UTF-8: a roster of twenty takes about 2 KB. */
export const MAX_ROOM_MESSAGE = 16 * 1024;

/** Characters (code points) of a member's name. */
export const MAX_NAME = 64;

/**
 * Doors of a room: one may be held by a phone that sleeps, a second by one that has just crashed.
 */
export const DOORS = 3;

/**
 * The most members that a room can have, ourselves among them: every one connects to every other.
 */
export const MAX_MEMBERS = 20;

/** 32 random bytes, as 64 hexadecimal digits. */
export interface NonceMessage {
  readonly type: 'nonce';
  readonly nonce: string;
}

/** See proof.ts. 32 bytes, as 64 hexadecimal digits. */
export interface ProofMessage {
  readonly type: 'proof';
  readonly proof: string;
}

/** Who is speaking. */
export interface HelloMessage {
  readonly type: 'hello';
  /**
   * The oldest and the newest version that it speaks. The newest that both speak holds; without
   * one, they part.
   */
  readonly versions: readonly [oldest: number, newest: number];
  /** The member's `tabId`: 32 hexadecimal digits, the beginning of the SHA-256 of its `key`. */
  readonly id: string;
  /**
   * Its public key (Ed25519), 64 hexadecimal digits, and its signature over this connection, 128 of
   * them: see identity.ts and proof.ts.
   */
  readonly key: string;
  readonly signature: string;
  readonly name: string;
  readonly sendOnly: boolean;
  /** Where to dial it, whichever id this connection was dialled with. */
  readonly peerId: string;
}

/** You cannot come in. The receiver closes. */
export interface RefusedMessage {
  readonly type: 'refused';
  readonly code: 'room-full';
}

/**
 * What I am called, where I am to be found, which doors I hold, and whom I am connected to at this
 * moment.
 */
export interface RosterMessage {
  readonly type: 'roster';
  readonly name: string;
  readonly peerId: string;
  /** Numbers of doors, each once. */
  readonly doors: readonly number[];
  /** Neither the sender nor the receiver needs to be in it. */
  readonly members: readonly { readonly id: string; readonly peerId: string }[];
}

/** Answer with a pong that has the same number, at once. */
export interface PingMessage {
  readonly type: 'ping';
  readonly number: number;
}

export interface PongMessage {
  readonly type: 'pong';
  readonly number: number;
}

/** I am leaving. */
export interface ByeMessage {
  readonly type: 'bye';
  /**
   * For good. A page that goes away cannot tell whether it is being closed or reloaded: then this
   * is false.
   */
  readonly final: boolean;
}
