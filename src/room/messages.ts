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

/** The protocol versions that this implementation speaks, oldest and newest. */
export const VERSIONS: readonly [oldest: number, newest: number] = [2, 3];
/** The first version with the topic `outcome`. */
export const OUTCOME_SINCE = 3;

/** The largest message of this topic, in bytes of UTF-8. A roster of twenty takes about 2 KB. */
export const MAX_ROOM_MESSAGE = 16 * 1024;

/** Code points of a member's name. */
export const MAX_NAME = 64;

/** Doors of a room. The holder of one may be asleep, and another's may have just crashed. */
export const DOORS = 3;

/** The most members of a room, ourselves included: each connects to all others. */
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

/** Introduces its sender. */
export interface HelloMessage {
  readonly type: 'hello';
  /**
   * The oldest and newest version that the sender speaks. The newest that both sides speak applies;
   * if there is none, they disconnect.
   */
  readonly versions: readonly [oldest: number, newest: number];
  /** The member's `tabId`: 32 hexadecimal digits, the beginning of the SHA-256 of its `key`. */
  readonly id: string;
  /**
   * The sender's public key (Ed25519), 64 hexadecimal digits, and its signature over this
   * connection, 128 digits. See identity.ts and proof.ts.
   */
  readonly key: string;
  readonly signature: string;
  readonly name: string;
  readonly sendOnly: boolean;
  /** Where to dial it, whichever id this connection was dialled with. */
  readonly peerId: string;
}

/** The room is full. The receiver closes the connection. */
export interface RefusedMessage {
  readonly type: 'refused';
  readonly code: 'room-full';
}

/** The sender's name, address and doors, and the members that it is connected to right now. */
export interface RosterMessage {
  readonly type: 'roster';
  readonly name: string;
  readonly peerId: string;
  /** Numbers of doors, each once. */
  readonly doors: readonly number[];
  /** May include the sender and the receiver, but need not. */
  readonly members: readonly { readonly id: string; readonly peerId: string }[];
}

/** The receiver answers at once, with a pong of the same number. */
export interface PingMessage {
  readonly type: 'ping';
  readonly number: number;
}

export interface PongMessage {
  readonly type: 'pong';
  readonly number: number;
}

/** The sender is leaving. */
export interface ByeMessage {
  readonly type: 'bye';
  /**
   * Whether it leaves for good. A page that is being unloaded cannot tell a close from a reload,
   * and says false.
   */
  readonly final: boolean;
}
