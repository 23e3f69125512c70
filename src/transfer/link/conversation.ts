import type { SnapError, SnapErrorCode } from '../../errors.js';
import type { Shipper } from '../lanes/in-flight.js';
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

/** A part of one piece, ready to be sent. */
export interface Shipment {
  readonly offset: number;
  readonly payload: Uint8Array;
}

/** The sending side of one conversation, as the link drives it. */
export interface Sending {
  /** The id of its offer. */
  readonly id: string;
  /** In bytes. */
  readonly size: number;
  /** The number of the offer on the present connection; 0 without one. */
  readonly no: number;
  /** Whether nothing more will happen. */
  readonly settled: boolean;
  /** Whether the receiver has accepted on this connection, and does not have everything yet. */
  readonly sending: boolean;
  /** Bytes not yet confirmed. */
  readonly remaining: number;
  /** Who hears what became of the frames of this conversation. */
  readonly shipper: Shipper;
  /**
   * Whether much larger transfers should make way: it is being sent, or was offered just now.
   * `roundTrip`: the current round trip, in ms.
   */
  isUrgent(roundTrip: number): boolean;
  /** Offers it over a new connection. */
  offer(wire: Wire, no: number): void;
  /** The connection is gone. */
  suspend(): void;
  /**
   * The next bytes to send, at most `most` of them; null when there are none right now, in which
   * case the wire is woken when there may be again.
   */
  next(most: number): Shipment | null;
  accept(accept: Accept): void;
  /** The receiver does not want it. */
  declined(error: SnapError): void;
  storedUpTo(pieces: number): void;
  redo(index: number): void;
  done(root: string): void;
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
