import { getPublicKey, hashes, sign, utils, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

// Not by `crypto.subtle`: pages on plain HTTP lack it, and it would make every introduction
// asynchronous.
hashes.sha512 = sha512;

/** Bytes of a member's id: the first of the SHA-256 of its public key. */
const ID_LENGTH = 16;

/**
 * Shows who a member is: its public key, 32 bytes, and a signature, 64 bytes, both in hexadecimal.
 */
export interface Signed {
  readonly key: string;
  readonly signature: string;
}

/**
 * Who a member is, in a way that it can prove and nobody else can. Its id is derived from the
 * public key of an Ed25519 key pair (RFC 8032). All members know each other's ids and the room's
 * key, but the secret stays in the tab.
 */
export class Identity {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The private key, to be stored: 64 hexadecimal digits. */
  readonly secret: string;
  readonly #key: Uint8Array;

  constructor(secret: string = bytesToHex(utils.randomSecretKey())) {
    this.secret = secret;
    this.#key = getPublicKey(hexToBytes(secret));
    this.id = idOf(this.#key);
  }

  sign(statement: Uint8Array): Signed {
    return {
      key: bytesToHex(this.#key),
      signature: bytesToHex(sign(statement, hexToBytes(this.secret))),
    };
  }
}

/** Whether the owner of the id has signed the statement. */
export function hasSigned(id: string, statement: Uint8Array, { key, signature }: Signed): boolean {
  try {
    const publicKey = hexToBytes(key);
    return idOf(publicKey) === id && verify(hexToBytes(signature), statement, publicKey, { zip215: false });
  } catch {
    // The key is not a point on the curve, or is one that verifies any signature.
    return false;
  }
}

/** The identity with that id and secret; null if they do not belong together. */
export function recallIdentity(id: string, secret: string | null): Identity | null {
  if (secret === null || !/^[0-9a-f]{64}$/.test(secret)) return null;
  const identity = new Identity(secret);
  return identity.id === id ? identity : null;
}

function idOf(key: Uint8Array): string {
  return bytesToHex(sha256(key).subarray(0, ID_LENGTH));
}
