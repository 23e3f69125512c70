import { randomBase32 } from '../../base32.js';

/** 130 random bits in 26 characters that PeerJS accepts as an id. */
export function randomToken(): string {
  return randomBase32(26);
}
