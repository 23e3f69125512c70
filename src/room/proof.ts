import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { Fingerprints } from '../peer/channel.js';

/**
 * Proves that both ends of a connection know the room's key, and that nobody stands between them.
 *
 * Each side sends a nonce. The initiator then sends HMAC-SHA256(key, transcript with role
 * "initiator"). Only once the responder has checked that, it sends its own, with role "responder".
 * So a stranger who dials us gets nothing but a nonce.
 *
 * The transcript consists of this version, the prover's role, the connection's id, both PeerJS ids,
 * both DTLS fingerprints and both nonces, the initiator's before the responder's, each prefixed
 * with its length. The fingerprints defeat a PeerServer that stands in the middle with certificates
 * of its own; the role defeats reflection; the nonces defeat replay; the ids defeat mix-ups.
 */
const VERSION = 'snaptrail proof 1';
/** The version string for the same parts when a member signs them with its key. */
const MEMBER_VERSION = 'snaptrail member 1';

/** Bytes. */
export const NONCE_LENGTH = 32;

export type Role = 'initiator' | 'responder';

/** What both sides see, and see alike if nobody stands between them. */
export interface Transcript {
  readonly connectionId: string;
  readonly initiator: Endpoint;
  readonly responder: Endpoint;
}

/** One side of a connection. */
export interface Endpoint {
  readonly id: string;
  readonly fingerprint: string;
  readonly nonce: Uint8Array;
}

/**
 * The transcript of a connection as this side sees it; null if a fingerprint is missing, weak, or
 * one of several.
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

/** The proof that the side in `role` sends: 32 bytes. */
export function prove(key: Uint8Array, role: Role, transcript: Transcript): Uint8Array {
  return hmac(sha256, key, inBytes(VERSION, role, transcript));
}

/** What the side in `role` signs to show which member it is. Valid for this connection only. */
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
 * Whether `proof` is the right one for the side in `role`. Takes the same time wherever a wrong one
 * differs.
 */
export function verify(key: Uint8Array, role: Role, transcript: Transcript, proof: Uint8Array): boolean {
  const expected = prove(key, role, transcript);
  if (proof.length !== expected.length) return false;
  return expected.reduce((difference, byte, at) => difference | (byte ^ proof[at]!), 0) === 0;
}

/**
 * Prefixes each part with its length in four bytes, big-endian, so that no two lists of parts give
 * the same bytes.
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
