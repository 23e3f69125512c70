import { SnapError } from '../../errors.js';
import type { Channel } from '../../peer/channel.js';
import type { InFlight } from './in-flight.js';
import { FRAME_HEADER, decodeFrame, encodeAck, encodeData } from '../wire/frames.js';
import type { AckFrame, DataFrame } from '../wire/frames.js';

/** What a lane tells the set that it belongs to. */
export interface LaneEvents {
  data(frame: DataFrame): void;
  /**
   * The peer has confirmed what this lane carried; called before the chunk's owner learns of it.
   */
  confirmed(inFlight: InFlight): void;
}

/**
 * In bytes: larger messages hold up what comes behind them, and old browsers close the channel on
 * them (RFC 8831, section 6.6).
 */
const LARGEST_MESSAGE = 262_144;

/**
 * Every frame is assembled here: a channel copies what it sends, and new memory for each frame
 * would cost more than that.
 */
const SCRATCH = new ArrayBuffer(LARGEST_MESSAGE);

/** One connection that carries data frames, and what is in flight on it. */
export class Lane {
  readonly channel: Channel;
  readonly #events: LaneEvents;
  /**
   * By transfer, offset and length. The same bytes are on one lane twice only after a redo, so a
   * list rarely has a second entry.
   */
  readonly #sent = new Map<string, InFlight[]>();
  #inFlight = 0;

  constructor(channel: Channel, events: LaneEvents) {
    this.channel = channel;
    this.#events = events;
    channel.closed.addEventListener('abort', () => this.#loseAll(), { once: true });
  }

  /** Payload bytes in flight. */
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

  /** When the oldest chunk in flight was sent, in ms; `Infinity` when there is none. */
  get waitsSince(): number {
    for (const { snapshot } of this.sent()) return snapshot.at;
    return Infinity;
  }

  /** What is in flight, in the order of sending. */
  *sent(): Iterable<InFlight> {
    for (const same of this.#sent.values()) yield* same;
  }

  send(inFlight: InFlight, payload: Uint8Array): void {
    const { transfer, chunk } = inFlight;
    const key = keyOf(transfer, chunk.start, payload.byteLength);
    const same = this.#sent.get(key);
    if (same) same.push(inFlight);
    else this.#sent.set(key, [inFlight]);
    this.#inFlight += payload.byteLength;
    if (this.open) this.#write(encodeData(transfer, chunk.start, payload, SCRATCH));
    else this.#loseAll();
  }

  /** Takes one binary message. Throws `peer-protocol` when it is not a frame that may come now. */
  receive(message: Uint8Array): void {
    const frame = decodeFrame(message);
    if (frame.kind === 'ack') {
      this.#acknowledge(frame);
      return;
    }
    this.#events.data(frame);
    this.#write(encodeAck(frame.transfer, frame.offset, frame.payload.byteLength));
  }

  /** A channel that is closing throws before its `closed` aborts: a loss, and no violation. */
  #write(message: Uint8Array): void {
    if (!this.open) return;
    try {
      this.channel.send(message);
    } catch (cause) {
      this.channel.close(SnapError.from(cause, 'peer-lost'));
    }
  }

  #acknowledge({ transfer, offset, length }: AckFrame): void {
    const key = keyOf(transfer, offset, length);
    const same = this.#sent.get(key);
    const inFlight = same?.shift();
    if (!inFlight) throw new SnapError('peer-protocol', { detail: 'frame: acknowledges what was not sent' });
    if (same?.length === 0) this.#sent.delete(key);
    this.#inFlight -= length;
    this.#events.confirmed(inFlight);
    inFlight.confirmed();
  }

  #loseAll(): void {
    this.#inFlight = 0;
    const all = [...this.sent()];
    this.#sent.clear();
    for (const inFlight of all) inFlight.lost();
  }
}

function keyOf(transfer: number, offset: number, length: number): string {
  return `${transfer}:${offset}:${length}`;
}
