import SimplePeer from 'simple-peer/simplepeer.min.js';
import { Contestant } from './contestant.js';

/** In bytes: the chunk size of a file stream. */
const CHUNK = 65_536;

/** simple-peer with defaults: writes to its stream while that accepts data. */
class SimplePeerContestant extends Contestant<Uint8Array<ArrayBuffer>> {
  #peer: SimplePeer | null = null;
  #connected: Promise<void> = Promise.resolve();
  #expected = 0;
  #count = 0;

  invite(): Promise<string> {
    return this.#start(true);
  }

  async join([offer]: readonly string[]): Promise<string[]> {
    const answer = this.#start(false);
    this.#peer!.signal(offer!);
    return [await answer];
  }

  override admit(answer: string): Promise<void> {
    this.#peer!.signal(answer);
    return Promise.resolve();
  }

  opened(): Promise<void> {
    return this.#connected;
  }

  override received(bytes: number): Promise<number> {
    this.#expected = bytes;
    this.#count = 0;
    return super.received(bytes);
  }

  protected make(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    return bytes;
  }

  protected transmit(value: Uint8Array<ArrayBuffer>): void {
    const peer = this.#peer!;
    let at = 0;
    const write = (): void => {
      while (at < value.byteLength) {
        const room = peer.write(value.subarray(at, at + CHUNK));
        at += CHUNK;
        if (!room) return;
      }
      peer.off('drain', write);
    };
    peer.on('drain', write);
    write();
  }

  /** Resolves with the description when it contains all candidates. */
  #start(initiator: boolean): Promise<string> {
    const peer = new SimplePeer({ initiator, trickle: false, config: { iceServers: [] } });
    this.#peer = peer;
    this.#connected = new Promise((resolve) => peer.once('connect', resolve));
    peer.on('data', ({ byteLength }: Uint8Array) => {
      this.#count += byteLength;
      if (this.#count === this.#expected) this.arrived(this.#count);
    });
    return new Promise((resolve) => peer.once('signal', (signal) => resolve(JSON.stringify(signal))));
  }
}

globalThis.bench = new SimplePeerContestant();
