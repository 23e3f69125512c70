import { getPublicKey, hashes, sign, utils, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

// Without `crypto.subtle`, which plain-HTTP pages lack and which would make every introduction
// wait.
hashes.sha512 = sha512;

/** Bytes of a member's id: the first of the SHA-256 of its public key. */
const ID_LENGTH = 16;

/**
 * What shows who a member is: its public key, 32 bytes, and a signature, 64 bytes, both in
 * hexadecimal digits.
 */
export interface Signed {
  readonly key: string;
  readonly signature: string;
}

/**
 * Who a member is, in a way that it can prove and nobody else can: its id follows from the public
 * key of an Ed25519 key pair (RFC 8032). All members know each other's ids, and the room's key; the
 * secret stays with the tab.
 */
export class Identity {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** What the id follows from, to be kept: 64 hexadecimal digits. */
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

/** Whether whoever has the id has said this. */
export function hasSigned(id: string, statement: Uint8Array, { key, signature }: Signed): boolean {
  try {
    const publicKey = hexToBytes(key);
    return idOf(publicKey) === id && verify(hexToBytes(signature), statement, publicKey, { zip215: false });
  } catch {
    // No point of the curve, or one of those that verify anything.
    return false;
  }
}

/** The identity with that id and secret; null when they do not belong together. */
export function recallIdentity(id: string, secret: string | null): Identity | null {
  if (secret === null || !/^[0-9a-f]{64}$/.test(secret)) return null;
  const identity = new Identity(secret);
  return identity.id === id ? identity : null;
}

function idOf(key: Uint8Array): string {
  return bytesToHex(sha256(key).subarray(0, ID_LENGTH));
}
