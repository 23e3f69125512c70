import type { DataConnection } from 'peerjs';
import { Contestant } from './contestant.js';
import { localPeer } from './local-peer.js';

/**
 * PeerJS with defaults: `binary` serialization, in order (`reliable`), over the same PeerServer.
 */
class Peerjs extends Contestant<ArrayBuffer> {
  readonly #peer = localPeer();
  readonly #registered = new Promise((resolve) => this.#peer.once('open', resolve));
  readonly #connections: Promise<DataConnection>[] = [];
  #open: readonly DataConnection[] = [];

  async invite(): Promise<string> {
    this.#connections.push(new Promise((resolve) => this.#peer.once('connection', resolve)));
    await this.#registered;
    return this.#peer.id;
  }

  async join(invitations: readonly string[]): Promise<string[]> {
    await this.#registered;
    return invitations.map((id) => {
      this.#connections.push(Promise.resolve(this.#peer.connect(id, { reliable: true })));
      return '';
    });
  }

  async opened(): Promise<void> {
    this.#open = await Promise.all(this.#connections);
    await Promise.all(
      this.#open.map(async (connection) => {
        connection.on('data', (value) => this.arrived((value as ArrayBuffer).byteLength));
        if (!connection.open) await new Promise<void>((resolve) => connection.once('open', resolve));
      }),
    );
  }

  /** PeerJS would have to read a Blob first, and would copy a view. */
  protected make(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
    return bytes.buffer;
  }

  protected transmit(value: ArrayBuffer): void {
    for (const connection of this.#open) void connection.send(value);
  }
}

globalThis.bench = new Peerjs();
