import { SnapError } from '../errors.js';
import type { Channel, Topic } from './channel.js';

const TOPICS: readonly Topic[] = ['room', 'transfer', 'lane'];

/** What comes before its reader is there is kept, but a peer must not fill our memory that way. */
const MAX_KEPT = 64;

/** What {@link Topics} writes to: in life an `RTCDataChannel`. */
export interface Wire {
  readonly maxMessageSize: number;
  readonly bufferedAmount: number;
  /** Aborts when the connection has closed; the reason is a `SnapError`. */
  readonly closed: AbortSignal;
  send(data: string | Uint8Array): void;
  close(reason?: Error): void;
}

/**
 * Several conversations over one data channel. A text goes out as `<topic> <text>`; bytes go out as
 * they are, and belong to `transfer`. Nothing but texts on `room` is let in before {@link
 * Topics.trust}.
 */
export class Topics {
  /** When the last message came, by `now`. */
  heardAt: number;

  readonly #wire: Wire;
  readonly #now: () => number;
  readonly #conversations: ReadonlyMap<string, Conversation>;
  #trusted = false;

  constructor(wire: Wire, now = () => performance.now()) {
    this.#wire = wire;
    this.#now = now;
    this.heardAt = now();
    this.#conversations = new Map(TOPICS.map((topic) => [topic, new Conversation(wire, topic)]));
  }

  channel(topic: Topic): Channel {
    return this.#conversations.get(topic)!;
  }

  trust(): void {
    this.#trusted = true;
  }

  /** Hands a message that has come to the conversation it belongs to. */
  receive(data: unknown): void {
    if (this.#wire.closed.aborted) return;
    this.heardAt = this.#now();
    const space = typeof data === 'string' ? data.indexOf(' ') : -1;
    const topic = typeof data === 'string' ? data.slice(0, Math.max(space, 0)) : 'transfer';
    const conversation = this.#conversations.get(topic);
    if (!this.#trusted && topic !== 'room') {
      this.#wire.close(
        new SnapError('peer-unverified', { detail: 'It spoke before it had proven anything' }),
      );
    } else if (conversation && typeof data === 'string') {
      conversation.receive(data.slice(space + 1));
    } else if (conversation && data instanceof ArrayBuffer) {
      conversation.receive(new Uint8Array(data));
    } else {
      this.#wire.close(new SnapError('peer-protocol', { detail: 'A message without a topic' }));
    }
  }
}

/** One end of one topic. */
class Conversation implements Channel {
  readonly #wire: Wire;
  readonly #topic: Topic;
  #onmessage: Channel['onmessage'] = null;
  #kept: (string | Uint8Array)[] = [];

  constructor(wire: Wire, topic: Topic) {
    this.#wire = wire;
    this.#topic = topic;
  }

  get maxMessageSize(): number {
    return this.#wire.maxMessageSize;
  }

  get bufferedAmount(): number {
    return this.#wire.bufferedAmount;
  }

  get closed(): AbortSignal {
    return this.#wire.closed;
  }

  get onmessage(): Channel['onmessage'] {
    return this.#onmessage;
  }

  set onmessage(reader) {
    this.#onmessage = reader;
    // Not at once: who sets a reader is rarely ready to be called back while doing so.
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
    this.#wire.send(data);
  }

  close(reason?: Error): void {
    this.#wire.close(reason);
  }

  receive(message: string | Uint8Array): void {
    if (this.#kept.length >= MAX_KEPT) {
      this.close(new SnapError('peer-protocol', { detail: `Nobody reads the topic ${this.#topic}` }));
      return;
    }
    this.#kept.push(message);
    // What was kept goes first; its microtask will take this one along.
    if (this.#kept.length === 1) this.#deliver();
  }

  #deliver(): void {
    while (this.#onmessage && this.#kept.length > 0 && !this.closed.aborted) {
      this.#onmessage(this.#kept.shift()!);
    }
  }
}

/**
 * UTF-16 code units take at most three bytes in UTF-8, so most texts need not be encoded to be
 * measured.
 */
function fits(data: string | Uint8Array, limit: number): boolean {
  if (typeof data !== 'string') return data.byteLength <= limit;
  return data.length * 3 <= limit || new TextEncoder().encode(data).byteLength <= limit;
}
