import type { Link } from './link/link.js';

/** Whom we send to and receive from: a proven member of the room. */
export interface Peer {
  /** The member's `tabId`. */
  readonly id: string;
  readonly name: string;
  /** Gives and never receives. */
  readonly sendOnly: boolean;
}

/** A peer that is connected now. */
export interface Connected {
  readonly peer: Peer;
  readonly link: Link;
}

/** A copy that holds nothing but these fields, for what outlives the peer's connection. */
export function plainPeer({ id, name, sendOnly }: Peer): Peer {
  return { id, name, sendOnly };
}

/** Who is connected now, by id. */
export type ConnectedPeers = ReadonlyMap<string, Connected>;
