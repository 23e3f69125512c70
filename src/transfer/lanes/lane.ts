import { SnapError } from '../../errors.js';
import type { Channel } from '../../peer/channel.js';
import type { Consignment } from './in-flight.js';
import type { Mark } from './controller.js';
import { FRAME_HEADER, decodeFrame, encodeAck, encodeData } from '../wire/frames.js';
import type { AckFrame, DataFrame } from '../wire/frames.js';

/** What a lane tells its link. */
export interface LaneEvents {
  data(frame: DataFrame): void;
  /** A flight has ended well. */
  confirmed(flight: Flight): void;
}

/**
 * Larger messages hold up what comes behind them, and old browsers close on them (RFC 8831, section
 * 6.6).
 */
const LARGEST_MESSAGE = 262_144;

/**
 * Where every frame is put together: a channel copies what it sends, and fresh memory for each
 * frame would cost more than that.
 */
const SCRATCH = new ArrayBuffer(LARGEST_MESSAGE);

/** A consignment on its way over one lane. */
export interface Flight {
  readonly consignment: Consignment;
  /** What the controller remembers of the moment of sending. */
  readonly mark: Mark;
}

/** One connection that carries data frames, and the account of what is on its way on it. */
export class Lane {
  readonly channel: Channel;
  readonly #events: LaneEvents;
  /**
   * By transfer and offset. The same bytes are on one lane twice only after a redo, so a list
   * rarely has a second entry.
   */
  readonly #flights = new Map<string, Flight[]>();
  #inFlight = 0;

  constructor(channel: Channel, events: LaneEvents) {
    this.channel = channel;
    this.#events = events;
    channel.closed.addEventListener('abort', () => this.#giveBack(), { once: true });
  }

  /** Payload bytes on their way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get open(): boolean {
    return !this.channel.closed.aborted;
  }

  /** The largest payload that a frame can have here. */
  get largestPayload(): number {
    return Math.min(this.channel.maxMessageSize, LARGEST_MESSAGE) - FRAME_HEADER;
  }

  /** When the first of what is on its way was sent, in ms; `Infinity` when nothing is. */
  get waitsSince(): number {
    for (const { mark } of this.flights()) return mark.at;
    return Infinity;
  }

  /** What is on its way, in the order of sending. */
  *flights(): Iterable<Flight> {
    for (const flights of this.#flights.values()) yield* flights;
  }

  send(consignment: Consignment, payload: Uint8Array, mark: Mark): void {
    const { transfer, range } = consignment;
    const key = keyOf(transfer, range.start, payload.byteLength);
    this.#flights.set(key, [...(this.#flights.get(key) ?? []), { consignment, mark }]);
    this.#inFlight += payload.byteLength;
    consignment.sent();
    if (this.open) this.#say(encodeData(transfer, range.start, payload, SCRATCH));
    else this.#giveBack();
  }

  /** Takes one binary message. Throws `peer-protocol` when it is not a frame that may come now. */
  receive(message: Uint8Array): void {
    const frame = decodeFrame(message);
    if (frame.kind === 'ack') {
      this.#acknowledge(frame);
      return;
    }
    this.#events.data(frame);
    this.#say(encodeAck(frame.transfer, frame.offset, frame.payload.byteLength));
  }

  /**
   * A channel that is closing throws before it tells that it has closed. That is a loss, not a
   * fault of the peer.
   */
  #say(message: Uint8Array): void {
    if (!this.open) return;
    try {
      this.channel.send(message);
    } catch (cause) {
      this.channel.close(SnapError.from(cause, 'peer-lost'));
    }
  }

  #acknowledge({ transfer, offset, length }: AckFrame): void {
    const key = keyOf(transfer, offset, length);
    const [flight, ...others] = this.#flights.get(key) ?? [];
    if (!flight) throw new SnapError('peer-protocol', { detail: 'frame: acknowledges what was not sent' });
    if (others.length > 0) this.#flights.set(key, others);
    else this.#flights.delete(key);
    this.#inFlight -= length;
    this.#events.confirmed(flight);
    flight.consignment.confirmed();
  }

  #giveBack(): void {
    this.#inFlight = 0;
    const flights = [...this.#flights.values()].flat();
    this.#flights.clear();
    for (const { consignment } of flights) consignment.lost();
  }
}

function keyOf(transfer: number, offset: number, length: number): string {
  return `${transfer}:${offset}:${length}`;
}
