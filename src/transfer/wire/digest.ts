import { sha256 as sha256Here } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Offer } from './messages.js';

/**
 * The SHA-256 of `bytes`, 64 hexadecimal digits. The browser computes it off the main thread; on
 * plain-HTTP pages, where `crypto.subtle` is missing, it is computed here.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return bytesToHex(sha256Here(bytes));
  return bytesToHex(new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}

/**
 * The digest of a whole transfer: SHA-256 over the text `snaptrail/1`, then the fields of the offer
 * that describe the file, then the digest of every piece in order. A text is preceded by its length
 * in bytes (UTF-8), every number is 64 bits, network byte order. `no` and `preview` are not part of
 * it: they may differ from one connection to the next.
 */
export function rootDigest(offer: Omit<Offer, 'type' | 'no' | 'preview'>, pieces: readonly string[]): string {
  const hash = sha256Here.create();
  const putNumber = (value: number): void => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
    hash.update(bytes);
  };
  const putText = (value: string): void => {
    const bytes = new TextEncoder().encode(value);
    putNumber(bytes.byteLength);
    hash.update(bytes);
  };
  putText('snaptrail/1');
  putText(offer.id);
  putText(offer.name);
  putText(offer.mime);
  putNumber(offer.size);
  putNumber(offer.piece);
  putText(offer.format);
  putNumber(offer.width);
  putNumber(offer.height);
  putNumber(offer.takenAt);
  for (const piece of pieces) hash.update(hexToBytes(piece));
  return bytesToHex(hash.digest());
}

/**
 * The digest of what an offer announces, whatever the bytes are. It is the same over every
 * connection and from every member.
 */
export function headerDigest(offer: Omit<Offer, 'type' | 'no' | 'preview'>): string {
  return rootDigest(offer, []);
}
