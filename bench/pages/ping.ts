import { NativeContestant } from './native.js';

/** In ms, as often as a call sends a packet of sound. */
const EVERY = 20;

/** In ms: what does not come back counts as this; nobody waits longer in a call. */
const LOST = 1000;

declare global {
  /** What the pages of the call offer beside `bench`. */
  var call: Ping;
}

/**
 * A call beside a transfer: a small message every 20 ms, not repeated when it is lost, that the
 * other page sends back.
 */
export class Ping extends NativeContestant {
  #channel!: RTCDataChannel;
  #sentAt: number[] = [];
  #roundTrips: (number | null)[] = [];
  #timer: number | undefined;

  constructor() {
    super(1, { ordered: false, maxRetransmits: 0 });
  }

  /** Begins to ping. */
  start(): void {
    this.#sentAt = [];
    this.#roundTrips = [];
    this.#timer = window.setInterval(() => {
      this.#roundTrips.push(null);
      const sequence = this.#sentAt.push(performance.now()) - 1;
      this.#channel.send(String(sequence));
    }, EVERY);
  }

  /** Ends it. The round trips in ms, in the order in which the pings were sent. */
  async stop(): Promise<number[]> {
    clearInterval(this.#timer);
    const known = (): boolean => !this.#roundTrips.includes(null);
    const patience = new Promise((resolve) => setTimeout(resolve, LOST));
    const all = new Promise<void>((resolve) => {
      if (known()) resolve();
      this.#channel.addEventListener('message', () => known() && resolve());
    });
    await Promise.race([all, patience]);
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
