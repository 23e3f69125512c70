const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * 130 random bits in 26 characters that need no encoding in a URL and that PeerJS takes as an id.
 */
export function randomToken(): string {
  // 32 divides 256, so every letter is equally likely.
  return Array.from(
    crypto.getRandomValues(new Uint8Array(26)),
    (byte) => LETTERS[byte % LETTERS.length],
  ).join('');
}
