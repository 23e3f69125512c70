import { receive } from './codelab-loop.js';
import { NativeContestant } from './native.js';

/** In bytes. */
const MESSAGE = 65_536;

/** In bytes: the thresholds of localsend/web and FileSync, which are among the fastest. */
const HIGH = 1_048_576;
const LOW = 262_144;

/**
 * The best practice elsewhere: messages of 64 KiB, with at most 1 MiB buffered; continues at 256
 * KiB.
 */
class Buffered extends NativeContestant {
  #channel!: RTCDataChannel;

  protected ready([channel]: readonly RTCDataChannel[]): void {
    this.#channel = channel!;
    this.#channel.bufferedAmountLowThreshold = LOW;
    receive(this.#channel, (value) => this.arrived(value.byteLength));
  }

  protected transmit(payload: Uint8Array<ArrayBuffer>): void {
    const channel = this.#channel;
    let at = 0;
    channel.send(String(payload.byteLength));
    const pump = (): void => {
      while (at < payload.byteLength && channel.bufferedAmount + MESSAGE <= HIGH) {
        channel.send(payload.subarray(at, at + MESSAGE));
        at += MESSAGE;
      }
      if (at >= payload.byteLength) channel.removeEventListener('bufferedamountlow', pump);
    };
    channel.addEventListener('bufferedamountlow', pump);
    pump();
  }
}

globalThis.bench = new Buffered();
