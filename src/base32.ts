/**
 * RFC 4648's alphabet in lower case: 32 characters that people do not confuse and that need no
 * escaping in a URL or a PeerJS id.
 */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * One character for each byte, from its lowest five bits (not RFC 4648's packing). 32 divides 256,
 * so random bytes give every character with the same probability.
 */
export function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** `length` random characters, of five bits each. */
export function randomBase32(length: number): string {
  return base32(crypto.getRandomValues(new Uint8Array(length)));
}
