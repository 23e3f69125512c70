import { SnapError } from '../errors.js';
import type { Channel, Topic } from './channel.js';

const TOPICS: readonly Topic[] = ['room', 'transfer', 'lane', 'outcome'];

/** Messages are kept until there is a reader, but a peer must not fill our memory that way. */
const MAX_KEPT = 64;

/** What {@link Topics} sends over: in production an `RTCDataChannel`. */
export interface Transport {
  readonly maxMessageSize: number;
  readonly bufferedAmount: number;
  /** Aborts when the connection has closed. The reason is a `SnapError`. */
  readonly closed: AbortSignal;
  send(data: string | Uint8Array): void;
  close(reason?: Error): void;
}

/**
 * Several channels over one data channel. A text is sent as `<topic> <text>`; bytes are sent as
 * they are, and belong to `transfer`. Until {@link Topics.trust} is called, only texts on `room`
 * are accepted.
 */
export class Topics {
  /** When the last message arrived, by `now`. */
  heardAt: number;

  readonly #transport: Transport;
  readonly #now: () => number;
  readonly #channels: ReadonlyMap<string, TopicChannel>;
  #trusted = false;

  constructor(transport: Transport, now = () => performance.now()) {
    this.#transport = transport;
    this.#now = now;
    this.heardAt = now();
    this.#channels = new Map(TOPICS.map((topic) => [topic, new TopicChannel(transport, topic)]));
  }

  channel(topic: Topic): Channel {
    return this.#channels.get(topic)!;
  }

  trust(): void {
    this.#trusted = true;
  }

  /** Dispatches an incoming message to the channel of its topic. */
  receive(data: unknown): void {
    if (this.#transport.closed.aborted) return;
    this.heardAt = this.#now();
    const space = typeof data === 'string' ? data.indexOf(' ') : -1;
    const topic = typeof data === 'string' ? data.slice(0, Math.max(space, 0)) : 'transfer';
    const channel = this.#channels.get(topic);
    if (!this.#trusted && topic !== 'room') {
      this.#transport.close(
        new SnapError('peer-unverified', { detail: 'It spoke before it had proven anything' }),
      );
    } else if (channel && typeof data === 'string') {
      channel.receive(data.slice(space + 1));
    } else if (channel && data instanceof ArrayBuffer) {
      channel.receive(new Uint8Array(data));
    } else {
      this.#transport.close(new SnapError('peer-protocol', { detail: 'A message without a topic' }));
    }
  }
}

/** One end of one topic. */
class TopicChannel implements Channel {
  readonly #transport: Transport;
  readonly #topic: Topic;
  #onmessage: Channel['onmessage'] = null;
  #kept: (string | Uint8Array)[] = [];

  constructor(transport: Transport, topic: Topic) {
    this.#transport = transport;
    this.#topic = topic;
  }

  get maxMessageSize(): number {
    return this.#transport.maxMessageSize;
  }

  get bufferedAmount(): number {
    return this.#transport.bufferedAmount;
  }

  get closed(): AbortSignal {
    return this.#transport.closed;
  }

  get onmessage(): Channel['onmessage'] {
    return this.#onmessage;
  }

  set onmessage(reader) {
    this.#onmessage = reader;
    // In a microtask: a caller that sets a reader is rarely ready to be called back during the
    // assignment.
    if (reader && this.#kept.length > 0) queueMicrotask(() => this.#deliver());
  }

  send(message: string | Uint8Array): void {
    if (this.closed.aborted) throw this.closed.reason;
    if (typeof message !== 'string' && this.#topic !== 'transfer') {
      throw new TypeError(`Bytes belong to the topic transfer, not to ${this.#topic}`);
    }
    const data = typeof message === 'string' ? `${this.#topic} ${message}` : message;
    if (!fits(data, this.maxMessageSize)) {
      throw new RangeError(`A message of more than ${this.maxMessageSize} bytes`);
    }
    this.#transport.send(data);
  }

  close(reason?: Error): void {
    this.#transport.close(reason);
  }

  receive(message: string | Uint8Array): void {
    if (this.#kept.length >= MAX_KEPT) {
      this.close(new SnapError('peer-protocol', { detail: `Nobody reads the topic ${this.#topic}` }));
      return;
    }
    this.#kept.push(message);
    // Kept messages go first. If there are any, their microtask will deliver this one as well.
    if (this.#kept.length === 1) this.#deliver();
  }

  #deliver(): void {
    while (this.#onmessage && this.#kept.length > 0 && !this.closed.aborted) {
      this.#onmessage(this.#kept.shift()!);
    }
  }
}

/**
 * A UTF-16 unit takes at most three bytes in UTF-8, so most texts need not be encoded to be
 * measured.
 */
function fits(data: string | Uint8Array, limit: number): boolean {
  if (typeof data !== 'string') return data.byteLength <= limit;
  return data.length * 3 <= limit || new TextEncoder().encode(data).byteLength <= limit;
}
