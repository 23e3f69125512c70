import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base32, randomBase32 } from '../base32.js';

/**
 * The info strings of HKDF (RFC 5869, section 3.2). Nothing derived under one reveals anything
 * about what is derived under the other.
 */
const TAG_INFO = 'snaptrail/1 tag';
const AUTH_INFO = 'snaptrail/1 auth';

/** Characters of the tag: 130 bits, as many as the code. */
const TAG_LENGTH = 26;
/** Bytes of the key: the output size of SHA-256. */
const KEY_LENGTH = 32;
/** Random characters of a member's id: 80 bits, so that none is drawn twice. */
const MEMBER_LENGTH = 16;

/** What a room's code determines. */
export interface RoomKeys {
  /** The prefix of every id in the room, which the PeerServer sees. */
  readonly tag: string;
  /** What members prove to each other that they know. The PeerServer never sees it. */
  readonly key: Uint8Array;
}

/** HKDF-SHA256 over the code's ASCII text, without a salt, since the code itself is random. */
export function deriveKeys(code: string): RoomKeys {
  const secret = new TextEncoder().encode(code);
  const derive = (info: string, length: number) =>
    hkdf(sha256, secret, undefined, new TextEncoder().encode(info), length);
  return { tag: base32(derive(TAG_INFO, TAG_LENGTH)), key: derive(AUTH_INFO, KEY_LENGTH) };
}

/** A new PeerJS id for one member of the room. */
export function newMemberId(tag: string): string {
  return `${tag}-m-${randomBase32(MEMBER_LENGTH)}`;
}

/** Whether `id` is a member's id in the room `tag`. We dial no others, whoever names them. */
export function isMemberId(id: string, tag: string): boolean {
  return id.startsWith(`${tag}-m-`) && /^[a-z2-7]{16}$/.test(id.slice(tag.length + 3));
}

/** The PeerJS id of a door: every member knows it, and at most one holds it. */
export function doorId(tag: string, door: number): string {
  return `${tag}-d-${door}`;
}

export function isDoorId(id: string): boolean {
  return /-d-\d$/.test(id);
}
