import { parameter } from './contestant.js';
import { NativeContestant } from './native.js';

/**
 * Messages per window: fewer leave the line idle between confirmations, more cost time in both
 * pages.
 */
const MESSAGES = 8;

/** In bytes: the largest message (RFC 8831, section 6.6). */
const LARGEST = 262_144;

/**
 * The best that a page can do on this line: a bare pump over `lanes` connections, each with at most
 * `window` unconfirmed bytes. No framing, no order, no checks. Both numbers are tuned for each
 * scenario (bench/limits.ts).
 */
class Limit extends NativeContestant {
  readonly #window = Number(parameter('window'));
  #channels: readonly RTCDataChannel[] = [];
  #payload = new Uint8Array();
  #at = 0;
  #expected = 0;
  #count = 0;
  /** Unconfirmed bytes of each lane. */
  #unconfirmed: number[] = [];

  constructor() {
    super(Number(parameter('lanes')));
  }

  /** There is no header that announces the size. */
  override received(bytes: number): Promise<number> {
    this.#expected = bytes;
    this.#count = 0;
    return super.received(bytes);
  }

  protected ready(channels: readonly RTCDataChannel[]): void {
    this.#channels = channels;
    this.#unconfirmed = channels.map(() => 0);
    channels.forEach((channel, lane) => {
      channel.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
        if (typeof data === 'string') this.#confirmed(lane, Number(data));
        else this.#bytes(channel, data.byteLength);
      });
    });
  }

  protected transmit(payload: Uint8Array<ArrayBuffer>): void {
    this.#payload = payload;
    this.#at = 0;
    // Round robin, so that the first window is spread over all lanes.
    for (let filling = true; filling;) {
      const before = this.#at;
      for (let lane = 0; lane < this.#channels.length; lane++) this.#sendOne(lane);
      filling = this.#at > before;
    }
  }

  #sendOne(lane: number): boolean {
    const message = Math.min(LARGEST, this.#window / MESSAGES);
    if (this.#at >= this.#payload.byteLength || this.#unconfirmed[lane]! + message > this.#window)
      return false;
    const chunk = this.#payload.subarray(this.#at, this.#at + message);
    this.#channels[lane]!.send(chunk);
    this.#at += chunk.byteLength;
    this.#unconfirmed[lane]! += chunk.byteLength;
    return true;
  }

  #confirmed(lane: number, bytes: number): void {
    this.#unconfirmed[lane]! -= bytes;
    while (this.#sendOne(lane));
  }

  #bytes(channel: RTCDataChannel, bytes: number): void {
    channel.send(String(bytes));
    this.#count += bytes;
    if (this.#count === this.#expected) this.arrived(this.#count);
  }
}

globalThis.bench = new Limit();
