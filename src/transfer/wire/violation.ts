import { SnapError } from '../../errors.js';

/** The error for a message that a peer may send, but not now, or not with these values. */
export function violation(what: string): SnapError {
  return new SnapError('peer-protocol', { detail: `out of place: ${what}` });
}
