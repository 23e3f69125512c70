import { joinRoom, type MessageAction } from '@trystero-p2p/torrent';
import { Contestant, parameter } from './contestant.js';

/** Trystero with the torrent strategy, and the tracker of the bench (bench/tracker.ts). */
class Trystero extends Contestant<ArrayBuffer> {
  #action: MessageAction<ArrayBuffer> | null = null;
  #connected: Promise<void> = Promise.resolve();

  invite(): Promise<string> {
    this.#join(parameter('room'));
    return Promise.resolve(parameter('room'));
  }

  join([room]: readonly string[]): Promise<string[]> {
    this.#join(room!);
    return Promise.resolve([]);
  }

  opened(): Promise<void> {
    return this.#connected;
  }

  protected make(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
    return bytes.buffer;
  }

  protected transmit(value: ArrayBuffer): void {
    void this.#action!.send(value);
  }

  #join(name: string): void {
    const room = joinRoom(
      {
        appId: 'snaptrail-bench',
        relayConfig: { urls: [parameter('tracker')], redundancy: 1 },
        rtcConfig: { iceServers: [] },
      },
      name,
    );
    this.#connected = new Promise((resolve) => (room.onPeerJoin = () => resolve()));
    this.#action = room.makeAction<ArrayBuffer>('file', {
      onMessage: ({ byteLength }) => this.arrived(byteLength),
    });
  }
}

globalThis.bench = new Trystero();
