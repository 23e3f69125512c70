import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { Fingerprints } from '../peer/channel.js';

/**
 * The proof that both ends of a connection know the room's key, and that nothing stands between
 * them.
 *
 * Each side sends a nonce. The initiator then sends HMAC-SHA256(key, transcript with role
 * "initiator"); only when the responder has checked it does it send its own, with role "responder".
 * So a stranger who dials us gets nothing but a nonce.
 *
 * The transcript holds, each with its length before it: this version, the prover's role, the
 * connection's id, both PeerJS ids, both DTLS fingerprints, both nonces; the initiator's before the
 * responder's. The fingerprints stop a PeerServer that answers in the middle with certificates of
 * its own, the role stops reflection, the nonces replay, the ids mix-ups.
 */
const VERSION = 'snaptrail proof 1';
/** The same parts, signed with the key of a member. */
const MEMBER_VERSION = 'snaptrail member 1';

/** Bytes. */
export const NONCE_LENGTH = 32;

export type Role = 'initiator' | 'responder';

/** What both sides see alike, if nobody stands between them. */
export interface Transcript {
  readonly connectionId: string;
  readonly initiator: Endpoint;
  readonly responder: Endpoint;
}

/** One side of it. */
export interface Endpoint {
  readonly id: string;
  readonly fingerprint: string;
  readonly nonce: Uint8Array;
}

/**
 * One connection as this side sees it; null when a fingerprint is missing, weak or one of several.
 */
export function transcriptOf(
  connection: {
    readonly id: string;
    readonly role: Role;
    readonly localId: string;
    readonly remoteId: string;
    fingerprints(): Fingerprints;
  },
  nonces: { local: Uint8Array; remote: Uint8Array },
): Transcript | null {
  const fingerprints = connection.fingerprints();
  if (fingerprints.local === null || fingerprints.remote === null) return null;
  const local = { id: connection.localId, fingerprint: fingerprints.local, nonce: nonces.local };
  const remote = { id: connection.remoteId, fingerprint: fingerprints.remote, nonce: nonces.remote };
  const connectionId = connection.id;
  return connection.role === 'initiator'
    ? { connectionId, initiator: local, responder: remote }
    : { connectionId, initiator: remote, responder: local };
}

/** What the side in `role` sends as its proof, 32 bytes. */
export function prove(key: Uint8Array, role: Role, transcript: Transcript): Uint8Array {
  return hmac(sha256, key, inBytes(VERSION, role, transcript));
}

/**
 * What the side in `role` signs to show which member it is: on this connection, and on no other.
 */
export function memberStatement(role: Role, transcript: Transcript): Uint8Array {
  return inBytes(MEMBER_VERSION, role, transcript);
}

function inBytes(
  version: string,
  role: Role,
  { connectionId, initiator, responder }: Transcript,
): Uint8Array {
  const text = new TextEncoder();
  const parts = [
    version,
    role,
    connectionId,
    initiator.id,
    responder.id,
    initiator.fingerprint,
    responder.fingerprint,
  ];
  return lengthPrefixed([...parts.map((part) => text.encode(part)), initiator.nonce, responder.nonce]);
}

/**
 * Whether `proof` is the right one for the side in `role`. Takes as long for a wrong one, wherever
 * it differs.
 */
export function verify(key: Uint8Array, role: Role, transcript: Transcript, proof: Uint8Array): boolean {
  const expected = prove(key, role, transcript);
  if (proof.length !== expected.length) return false;
  return expected.reduce((difference, byte, at) => difference | (byte ^ proof[at]!), 0) === 0;
}

/**
 * Each part after its length in four bytes, big-endian: no two lists of parts give the same bytes.
 */
function lengthPrefixed(parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...parts.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.length);
      return [length, part];
    }),
  );
}
