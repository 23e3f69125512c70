import { randomBase32 } from '../base32.js';

/** 26 characters of five random bits each: 130 bits, so there is no need to rate-limit guesses. */
const CODE_LENGTH = 26;

export function isRoomCode(text: string): boolean {
  return /^[a-z2-7]{26}$/.test(text);
}

/** A code for a new room. It is the room's secret: whoever knows it is a member. */
export function makeRoomCode(): string {
  return randomBase32(CODE_LENGTH);
}
