import type { Link } from './link/link.js';

/** Whom we send to and receive from: a proven member of the room. */
export interface Partner {
  /** The member's `tabId`. */
  readonly id: string;
  readonly name: string;
  /** Gives and never receives. */
  readonly sendOnly: boolean;
}

/** A partner that is connected now. */
export interface Connected {
  readonly partner: Partner;
  readonly link: Link;
}

/**
 * What is known of a partner, without whatever else stands behind it: for who outlives its
 * connection.
 */
export function apart({ id, name, sendOnly }: Partner): Partner {
  return { id, name, sendOnly };
}

/** Who is connected now, by id. */
export type ConnectedPartners = ReadonlyMap<string, Connected>;
