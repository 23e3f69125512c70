import type { SnapError, SnapErrorCode } from '../../errors.js';
import type { Chunk, ChunkOwner } from '../lanes/chunk.js';
import type { DataFrame } from '../wire/frames.js';
import type { Accept, Message } from '../wire/messages.js';

/**
 * What a transfer needs of the connection that it runs over. One object per connection, so two
 * conversations run over the same connection exactly when their wires are the same object.
 */
export interface Wire {
  send(message: Message): void;
  /** There may be something to send now. */
  wake(): void;
}

/** Something to deliver to one recipient, over whichever connection there is. */
export interface Deliverable {
  /** The id of its offers. */
  readonly id: string;
  /** In bytes. */
  readonly size: number;
  /** Whether nothing more will happen to it. */
  readonly settled: boolean;
  /** Its conversation over the present connection; null while it is not offered. */
  readonly attempt: Sending | null;
  /** Offers it over a connection. */
  offer(wire: Wire, no: number): Sending;
}

/** The sending side of one conversation, as the link drives it: from an offer to its end. */
export interface Sending extends ChunkOwner {
  /** The number of the offer. */
  readonly no: number;
  /** In bytes. */
  readonly size: number;
  /** Bytes not yet confirmed. */
  readonly remaining: number;
  /** Whether the receiver has accepted it, and not everything is delivered. */
  readonly sending: boolean;
  /** Whether the conversation has ended. */
  readonly over: boolean;
  /**
   * Whether much larger transfers should make way: it is being sent, or was offered just now.
   * `roundTrip`: the current round trip, in ms.
   */
  isUrgent(roundTrip: number): boolean;
  /**
   * Takes the next chunk to send, of at most `most` bytes, which are in memory. Null when there is
   * none right now; the wire is woken when there may be one.
   */
  next(most: number): Chunk | null;
  /** The receiver wants it. This and the following throw `peer-protocol` when they cannot be. */
  accepted(accept: Accept): void;
  /** The receiver does not want it, or no longer. */
  declined(error: SnapError): void;
  /** The receiver has stored this many pieces. */
  stored(pieces: number): void;
  /** The receiver needs this piece again. */
  redo(index: number): void;
  /** The receiver has all of it, under this root digest. */
  done(root: string): void;
  /** The connection is gone. */
  suspend(): void;
}

/** The receiving side of one conversation, as the link drives it. */
export interface Receiving {
  /** The id of its offer. */
  readonly id: string;
  /** Whether the last message of this conversation was sent: its number expects nothing more. */
  readonly concluded: boolean;
  attach(wire: Wire, no: number): void;
  /** The connection is gone. */
  suspend(): void;
  /** Returns whether any of it was new. Throws `peer-protocol` when it does not belong there. */
  data(frame: DataFrame): boolean;
  /** Returns whether it was new. */
  digest(index: number, digest: string): boolean;
  end(root: string): void;
  cancelled(code: SnapErrorCode): void;
}
