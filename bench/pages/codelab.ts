import { receive, sendPhoto } from './codelab-loop.js';
import { NativeContestant } from './native.js';

/** The codelab that this project is based on. */
class Codelab extends NativeContestant {
  #channel!: RTCDataChannel;

  protected ready([channel]: readonly RTCDataChannel[]): void {
    this.#channel = channel!;
    receive(this.#channel, (value) => this.arrived(value.byteLength));
  }

  protected transmit(payload: Uint8Array<ArrayBuffer>): void {
    void sendPhoto(this.#channel, payload);
  }
}

globalThis.bench = new Codelab();
