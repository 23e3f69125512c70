import type { SnapError, SnapErrorCode } from '../../../src/errors.js';
import { Transfers } from '../../../src/transfer/transfers.js';
import type { Description, TransfersEvents, Peer } from '../../../src/transfer/transfers.js';
import type { Offer } from '../../../src/transfer/wire/messages.js';
import { memorySink } from '../../../src/transfer/sinks/sink.js';
import type { Transfer } from '../../../src/transfer/transfer.js';
import { randomId } from '../../../src/item.js';
import { channelPair } from './fake-channel.js';
import type { FakeChannel } from './fake-channel.js';
import { task } from '../../timing/support/virtual-time.js';

/** One member with its transfers, and everything that they have told. */
export class Side {
  readonly peer: Peer;
  readonly transfers: Transfers;
  readonly received: { content: Blob; offer: Offer; transfer: Transfer }[] = [];
  readonly violations: SnapError[] = [];
  /** Every transfer that this side was told of. */
  readonly seen = new Set<Transfer>();
  decide: () => Promise<SnapErrorCode | null> = () => Promise.resolve(null);
  /** What the page needs before it can show it. */
  prepare: (transfer: Transfer) => Promise<void> = () => Promise.resolve();
  /** What the page does when it is notified of a change. */
  changed: (transfer: Transfer) => void = () => undefined;
  #waiting: (() => void)[] = [];

  constructor(
    name: string,
    { sendOnly = false, openSink = (offer: Offer) => Promise.resolve(memorySink(offer.mime)) } = {},
  ) {
    this.peer = { id: name.padEnd(32, '0'), name, sendOnly };
    const events: TransfersEvents = {
      decide: () => {
        const decision = this.decide();
        this.#tell();
        return decision;
      },
      cleanName: (name) => name,
      preview: (bytes) => new Blob([bytes]),
      openSink,
      received: async (transfer, content, offer) => {
        await this.prepare(transfer);
        return () => this.received.push({ transfer, content, offer });
      },
      changed: (transfer) => {
        this.seen.add(transfer);
        this.changed(transfer);
        this.#tell();
      },
      takes: () => this.#tell(),
      violation: (_, error) => {
        this.violations.push(error);
        this.#tell();
      },
    };
    this.transfers = new Transfers(events);
  }

  /** Resolves as soon as `condition` holds after something has happened here. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Lets two sides meet. Returns the ends of their connection, the first side's first. */
export function connect(a: Side, b: Side, options = {}): [FakeChannel, FakeChannel] {
  const [one, two] = channelPair(options);
  a.transfers.connect(b.peer, one);
  b.transfers.connect(a.peer, two);
  return [one, two];
}

/** The same, of two that speak of outcomes: returns the ends of that channel. */
export function connectWithOutcomes(a: Side, b: Side): [FakeChannel, FakeChannel] {
  const [one, two] = channelPair();
  const ends = channelPair();
  // They share one connection.
  for (const [at, end] of [one, two].entries())
    ends[at]!.closed.addEventListener('abort', () => end.close(), { once: true });
  a.transfers.connect(b.peer, one, { outcome: ends[0] });
  b.transfers.connect(a.peer, two, { outcome: ends[1] });
  return ends;
}

/** Ends the connection between two sides: both notice. */
export function disconnect(a: Side, b: Side, channel: FakeChannel): void {
  channel.close();
  a.transfers.disconnect(b.peer.id);
  b.transfers.disconnect(a.peer.id);
}

/** What a test sends, unless it says otherwise. */
export function description(over: Partial<Description> = {}): Description {
  return {
    id: randomId(),
    name: 'photo.jpg',
    mime: 'image/jpeg',
    format: 'file',
    width: 0,
    height: 0,
    takenAt: 1_790_000_000_000,
    preview: null,
    ...over,
  };
}

/** Bytes that differ everywhere, so that a piece in the wrong place shows. */
export function patternedBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = seed >>> 0;
  for (let at = 0; at < words.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[at] = state;
  }
  return new Uint8Array(words.buffer, 0, size);
}

/** Resolves when `condition` holds, for what no side tells of. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await task();
}

/** What has arrived, or nothing. */
export async function bytesOf(blob: Blob | undefined): Promise<Uint8Array> {
  return new Uint8Array(await (blob ?? new Blob()).arrayBuffer());
}

/** chai's deep equality takes seconds on megabytes. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, at) => byte === b[at]);
}
