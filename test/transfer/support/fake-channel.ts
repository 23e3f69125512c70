import { SnapError } from '../../../src/errors.js';
import type { Channel } from '../../../src/peer/channel.js';

/** One end of a pair of channels in memory: in order, whole, each message a task of its own. */
export class FakeChannel implements Channel {
  readonly maxMessageSize: number;
  readonly bufferedAmount = 0;
  readonly sent: (string | Uint8Array)[] = [];
  other!: FakeChannel;
  /** Changes or swallows (null) what this end sends. */
  tamper: (message: string | Uint8Array) => string | Uint8Array | null = (message) => message;
  #handler: ((message: string | Uint8Array) => void) | null = null;
  readonly #kept: (string | Uint8Array)[] = [];
  readonly #closed = new AbortController();

  constructor(maxMessageSize: number) {
    this.maxMessageSize = maxMessageSize;
  }

  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  get onmessage(): ((message: string | Uint8Array) => void) | null {
    return this.#handler;
  }

  set onmessage(handler: ((message: string | Uint8Array) => void) | null) {
    this.#handler = handler;
    for (const message of handler ? this.#kept.splice(0) : []) this.hear(message);
  }

  send(message: string | Uint8Array): void {
    if (this.closed.aborted) throw new SnapError('peer-lost');
    if (sizeOf(message) > this.maxMessageSize) throw new RangeError('longer than a message may be');
    const copy = typeof message === 'string' ? message : message.slice();
    this.sent.push(copy);
    const changed = this.tamper(copy);
    if (changed !== null) this.other.hear(changed);
  }

  close(reason: Error = new SnapError('peer-lost')): void {
    if (this.closed.aborted) return;
    this.#closed.abort(reason);
    this.other.close(new SnapError('peer-lost'));
  }

  /** Keeps back what this end sends. Returns what lets it go. */
  holdBack(which: (message: string | Uint8Array) => boolean = () => true): () => void {
    const held: (string | Uint8Array)[] = [];
    this.tamper = (message) => {
      if (!which(message)) return message;
      held.push(message);
      return null;
    };
    return () => {
      this.tamper = (message) => message;
      for (const message of held.splice(0)) this.other.hear(message);
    };
  }

  /** Takes a message as from the other end. */
  hear(message: string | Uint8Array): void {
    task(() => {
      if (this.closed.aborted) return;
      if (this.#handler) this.#handler(message);
      else this.#kept.push(message);
    });
  }
}

/** Bytes of payload that were sent on it. */
export function carried(channel: FakeChannel): number {
  return channel.sent.reduce(
    (sum, sent) => sum + (typeof sent === 'string' || sent[1] !== 1 ? 0 : sent.byteLength - 24),
    0,
  );
}

/** In bytes, with the topic that goes before a text. */
function sizeOf(message: string | Uint8Array): number {
  return typeof message === 'string'
    ? new TextEncoder().encode(`transfer ${message}`).byteLength
    : message.byteLength;
}

/** Two ends that hear each other. */
export function channelPair({ maxMessageSize = 262_144 } = {}): [FakeChannel, FakeChannel] {
  const one = new FakeChannel(maxMessageSize);
  const two = new FakeChannel(maxMessageSize);
  one.other = two;
  two.other = one;
  return [one, two];
}

const { port1, port2 } = new MessageChannel();
const tasks: (() => void)[] = [];
port1.onmessage = () => tasks.shift()?.();

function task(run: () => void): void {
  tasks.push(run);
  port2.postMessage(null);
}
