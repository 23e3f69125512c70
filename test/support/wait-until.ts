import { waitUntil as waitFor } from '@open-wc/testing';

/** In ms. Only a test that fails waits so long. */
const TIMEOUT = 60_000;

/**
 * Resolves when `holds` returns something true; rejects with `what` after a minute. The library's
 * own second is too little on a machine that does something else meanwhile.
 */
export function waitUntil(holds: () => unknown, what?: string): Promise<void> {
  return waitFor(holds, what, { timeout: TIMEOUT });
}
