import { SnapError } from '../../errors.js';
import type { Channel, LaneSource } from '../channel.js';
import { canOpenLane } from '../connection-budget.js';
import { exponential } from '../../timing/backoff.js';
import { LaneConnection } from './lane-connection.js';
import { parseLaneMessage } from './messages.js';
import type { LaneMessage } from './messages.js';
import { maxLaneSetups, laneSetupTimeout } from './lane-setup.js';

/**
 * The most lanes in a page, over all peers. Chromium allows 500 connections; a phone is happy with
 * far fewer.
 */
const MAX_IN_PAGE = 32;
/**
 * How long we wait after a lane failed before we open the next, in ms; doubles with each failure. A
 * peer that has enough lanes refuses for a long time. When both sides request the last ones at once
 * and refuse each other, the jitter lets one of them go first the next time.
 */
const RETRY = { first: 1_000, most: 60_000 } as const;
let inPage = 0;

/**
 * More connections to a peer that is already proven. Their descriptions and candidates travel over
 * the first, proven channel, so their certificates are as trusted as that channel, and no server is
 * involved.
 */
export class Lanes implements LaneSource {
  #onlane: ((lane: Channel) => void) | null = null;
  readonly #signalling: Channel;
  readonly #configuration: RTCConfiguration;
  readonly #limit: number;
  readonly #roundTrip: () => number;
  /** Keyed by who opened the lane, and its number. */
  readonly #lanes = new Map<string, LaneConnection>();
  #opened = 0;
  #failures = 0;
  /** We open no lane before this time. In ms. */
  #retryAt = 0;

  /**
   * `limit`: the most lanes to this peer, whoever opens them. `roundTrip`: returns the current
   * estimate for the path, in ms; 0 while unknown.
   */
  constructor(
    signalling: Channel,
    {
      configuration,
      limit,
      roundTrip = () => 0,
    }: { configuration: RTCConfiguration; limit: number; roundTrip?: () => number },
  ) {
    this.#signalling = signalling;
    this.#configuration = configuration;
    this.#limit = limit;
    this.#roundTrip = roundTrip;
    signalling.onmessage = (message) => this.#receive(message);
    signalling.closed.addEventListener('abort', () => this.close(), { once: true });
  }

  get onlane(): ((lane: Channel) => void) | null {
    return this.#onlane;
  }

  /**
   * Also reports the lanes that are open already, in a microtask: a caller that sets a reader is
   * rarely ready to be called back during the assignment.
   */
  set onlane(take) {
    this.#onlane = take;
    queueMicrotask(() => {
      for (const lane of this.#lanes.values()) if (lane.wasOpen && this.#onlane === take) take?.(lane);
    });
  }

  get count(): number {
    return this.#lanes.size;
  }

  /** How many lanes we may open now. */
  get available(): number {
    if (performance.now() < this.#retryAt) return 0;
    const opening = [...this.#lanes].filter(([key, { wasOpen }]) => key.startsWith('ours') && !wasOpen);
    return Math.max(0, Math.min(this.#places(), maxLaneSetups(this.#roundTrip()) - opening.length));
  }

  #places(): number {
    if (this.#signalling.closed.aborted || !canOpenLane()) return 0;
    return Math.max(0, Math.min(this.#limit - this.#lanes.size, MAX_IN_PAGE - inPage));
  }

  /**
   * Opens one more lane, and reports it by `onlane`. Does nothing if none is available; reports
   * nothing if it fails.
   */
  open(): void {
    if (this.available === 0) return;
    const lane = ++this.#opened;
    const connection = this.#add('ours', lane);
    connection.closed.addEventListener('abort', () => connection.wasOpen || this.#failed());
    connection.offer().then(
      (sdp) => this.#send({ type: 'offer', lane, sdp }),
      (cause: unknown) => connection.close(SnapError.from(cause, 'peer-unreachable')),
    );
  }

  /** Closes every lane. */
  close(): void {
    for (const connection of [...this.#lanes.values()]) connection.close(new SnapError('peer-lost'));
  }

  #add(side: Side, lane: number): LaneConnection {
    const key = keyOf(side, lane);
    const connection = new LaneConnection(this.#configuration, {
      candidate: (candidate) => this.#send({ type: 'candidate', lane, side, candidate }),
      open: () => {
        if (side === 'ours') this.#failures = 0;
        this.#onlane?.(connection);
      },
    });
    inPage++;
    this.#lanes.set(key, connection);
    const began = performance.now();
    const mind = (): void => {
      if (connection.wasOpen) return;
      // The estimate may have changed since.
      const rest = began + laneSetupTimeout(this.#roundTrip()) - performance.now();
      if (rest > 0) timer = setTimeout(mind, rest);
      else connection.close(new SnapError('peer-unreachable'));
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    mind();
    connection.closed.addEventListener('abort', () => {
      clearTimeout(timer);
      inPage--;
      this.#lanes.delete(key);
    });
    return connection;
  }

  /** Several failures in one waiting time count as one. */
  #failed(): void {
    const now = performance.now();
    if (now < this.#retryAt) return;
    this.#failures += 1;
    this.#retryAt = now + exponential(this.#failures, RETRY) * (0.5 + Math.random());
  }

  #send(message: LaneMessage): void {
    if (this.#signalling.closed.aborted) return;
    try {
      this.#signalling.send(JSON.stringify(message));
    } catch (cause) {
      // A closing channel throws before it reports that it has closed.
      this.#signalling.close(SnapError.from(cause, 'peer-lost'));
    }
  }

  #receive(text: string | Uint8Array): void {
    try {
      this.#obey(parseLaneMessage(text));
    } catch (thrown) {
      this.#signalling.close(SnapError.from(thrown, 'peer-protocol'));
    }
  }

  #obey(message: LaneMessage): void {
    const { lane } = message;
    if (message.type === 'offer') {
      this.#answer(lane, message.sdp);
    } else if (message.type === 'refuse') {
      this.#lanes
        .get(keyOf('ours', lane))
        ?.close(new SnapError('peer-unreachable', { detail: 'the peer has lanes enough' }));
    } else if (message.type === 'answer') {
      this.#lanes.get(keyOf('ours', lane))?.accept(message.sdp);
    } else {
      // "ours" from the sender's point of view.
      this.#lanes.get(keyOf(message.side === 'ours' ? 'theirs' : 'ours', lane))?.candidate(message.candidate);
    }
  }

  #answer(lane: number, sdp: string): void {
    const key = keyOf('theirs', lane);
    if (this.#lanes.has(key)) throw new SnapError('peer-protocol', { detail: 'a lane offered twice' });
    if (this.#places() === 0) {
      this.#send({ type: 'refuse', lane });
      return;
    }
    const connection = this.#add('theirs', lane);
    connection.answer(sdp).then(
      (answer) => this.#send({ type: 'answer', lane, sdp: answer }),
      (cause: unknown) => connection.close(SnapError.from(cause, 'peer-unreachable')),
    );
  }
}

/** Who opened a lane. */
type Side = 'ours' | 'theirs';

function keyOf(side: Side, lane: number): string {
  return `${side}:${lane}`;
}
