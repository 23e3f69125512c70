import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base32, randomBase32 } from '../base32.js';

/**
 * The info strings of HKDF (RFC 5869, section 3.2): what is derived under one says nothing of what
 * is derived under the other.
 */
const TAG_INFO = 'snaptrail/1 tag';
const AUTH_INFO = 'snaptrail/1 auth';

/** Characters of the tag: 130 bits, as many as the code has. */
const TAG_LENGTH = 26;
/** Bytes of the key: as many as SHA-256 gives. */
const KEY_LENGTH = 32;
/** Random characters of a member's id: 80 bits, never drawn twice. */
const MEMBER_LENGTH = 16;

/** What follows from a room's code. */
export interface RoomKeys {
  /** What the PeerServer sees of the room: the prefix of every id in it. */
  readonly tag: string;
  /** What members prove to each other, and the PeerServer never sees. */
  readonly key: Uint8Array;
}

/** HKDF-SHA256 over the code's ASCII text, without salt: the code is random already. */
export function deriveKeys(code: string): RoomKeys {
  const secret = new TextEncoder().encode(code);
  const derive = (info: string, length: number) =>
    hkdf(sha256, secret, undefined, new TextEncoder().encode(info), length);
  return { tag: base32(derive(TAG_INFO, TAG_LENGTH)), key: derive(AUTH_INFO, KEY_LENGTH) };
}

/** A PeerJS id for one member of the room, new each time. */
export function newMemberId(tag: string): string {
  return `${tag}-m-${randomBase32(MEMBER_LENGTH)}`;
}

/**
 * Whether `id` is a member's id of the room `tag`: only such ids are dialled, whoever names them.
 */
export function isMemberId(id: string, tag: string): boolean {
  return id.startsWith(`${tag}-m-`) && /^[a-z2-7]{16}$/.test(id.slice(tag.length + 3));
}

/** The PeerJS id of a door: an id that every member knows, and at most one holds. */
export function doorId(tag: string, door: number): string {
  return `${tag}-d-${door}`;
}

export function isDoorId(id: string): boolean {
  return /-d-\d$/.test(id);
}
