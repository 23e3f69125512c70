/**
 * RFC 4648's base32 alphabet in lower case: nothing that a person confuses, nothing that a URL or
 * PeerJS minds.
 */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Characters of a room code: five random bits each, 130 in all, so that nobody needs to be slowed
 * down guessing.
 */
const CODE_LENGTH = 26;

export function isRoomCode(text: string): boolean {
  return /^[a-z2-7]{26}$/.test(text);
}

/** A new room's code. It is the room's secret: whoever knows it is a member. */
export function makeRoomCode(): string {
  return randomBase32(CODE_LENGTH);
}

/** `length` random characters. */
export function randomBase32(length: number): string {
  return base32(crypto.getRandomValues(new Uint8Array(length)));
}

/**
 * One character for each byte, from its lowest five bits. 32 divides 256, so random bytes give
 * every character alike.
 */
export function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
