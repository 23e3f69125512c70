import { NativeContestant } from './native.js';

/** In ms: the packet interval of an audio call. */
const EVERY = 20;

/** In ms: a lost ping counts as this; in a call, nobody waits longer. */
const LOST = 1000;

declare global {
  /** The interface between the bench and the pages of the call, beside `bench`. */
  var call: Ping;
}

/**
 * Simulates a call beside a transfer: sends a small unreliable message every 20 ms, which the other
 * page returns.
 */
export class Ping extends NativeContestant {
  #channel!: RTCDataChannel;
  #sentAt: number[] = [];
  #roundTrips: (number | null)[] = [];
  #timer: number | undefined;

  constructor() {
    super(1, { ordered: false, maxRetransmits: 0 });
  }

  /** Starts to ping. */
  start(): void {
    this.#sentAt = [];
    this.#roundTrips = [];
    this.#timer = window.setInterval(() => {
      this.#roundTrips.push(null);
      const sequence = this.#sentAt.push(performance.now()) - 1;
      this.#channel.send(String(sequence));
    }, EVERY);
  }

  /** Stops, and returns the round trips in ms, in the order of the pings. */
  async stop(): Promise<number[]> {
    clearInterval(this.#timer);
    const known = (): boolean => !this.#roundTrips.includes(null);
    const timeout = new Promise((resolve) => setTimeout(resolve, LOST));
    const all = new Promise<void>((resolve) => {
      if (known()) resolve();
      this.#channel.addEventListener('message', () => known() && resolve());
    });
    await Promise.race([all, timeout]);
    return this.#roundTrips.map((roundTrip) => roundTrip ?? LOST);
  }

  protected ready([channel]: readonly RTCDataChannel[]): void {
    this.#channel = channel!;
    this.#channel.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const sequence = Number(data);
      const sent = this.#sentAt[sequence];
      if (sent === undefined) this.#channel.send(data);
      else this.#roundTrips[sequence] = Math.min(LOST, performance.now() - sent);
    });
  }

  protected transmit(): void {
    throw new Error('A call sends no files');
  }
}

globalThis.call = new Ping();
globalThis.bench = globalThis.call;
