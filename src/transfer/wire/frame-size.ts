/** In bytes: below it the header and the packets' own cost more than they bring. */
const SMALLEST = 4096;
/** Payloads are multiples of this, so that pieces divide into few frames. */
const GRAIN = 1024;

/**
 * The payload of the next frame, when a lane may have `share` bytes on their way: an eighth, so
 * that the pipe stays even.
 */
export function payloadSize(share: number, largest: number): number {
  const wanted = Math.min(Math.max(SMALLEST, Math.floor(share / 8)), largest);
  return wanted < GRAIN ? wanted : wanted - (wanted % GRAIN);
}
