import { SnapError } from '../../errors.js';

/** What to throw about something that a peer may say, but not now, or not with these numbers. */
export function outOfPlace(what: string): SnapError {
  return new SnapError('peer-protocol', { detail: `out of place: ${what}` });
}
