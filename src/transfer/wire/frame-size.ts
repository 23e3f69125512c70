/** In bytes: smaller payloads cost more in headers and packets than they are worth. */
const SMALLEST = 4096;
/** Payloads are multiples of this, so that pieces divide into few frames. */
const GRAIN = 1024;

/**
 * The size of the next payload on a lane that may have `share` bytes in flight: an eighth of it, so
 * that frames flow evenly.
 */
export function payloadSize(share: number, largest: number): number {
  const wanted = Math.min(Math.max(SMALLEST, Math.floor(share / 8)), largest);
  return wanted < GRAIN ? wanted : wanted - (wanted % GRAIN);
}
