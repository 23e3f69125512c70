import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { SnapItem } from '../../src/item.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { Contestant, parameter } from './contestant.js';
import { jpegOf } from './photo.js';

/**
 * `send()` of the elements' own hub, with everything on: proof of the room, hashes, confirmation.
 */
export class SnaptrailContestant extends Contestant<Blob> {
  readonly hub = document.querySelector<SnapConnection>('snap-connection')!;
  readonly #members = Number(parameter('members'));
  readonly #transfers = new Map<string, Transfer>();

  constructor() {
    super();
    this.hub.addEventListener('snap-received', ({ item }) => {
      this.arrived(item.file.size);
      this.use(item);
    });
    this.hub.addEventListener('snap-error', ({ error }) => reportError(error));
  }

  async invite(): Promise<string> {
    const room = parameter('room');
    await this.#connect(room);
    await this.#until('snap-connection-change', () => ['waiting', 'connected'].includes(this.hub.state));
    return room;
  }

  async join([room]: readonly string[]): Promise<string[]> {
    await this.#connect(room!);
    return [];
  }

  async opened(): Promise<void> {
    const complete = (): boolean => this.hub.peers.length === this.#members - 1;
    await this.#until('snap-peer-join', complete);
    await this.#until('snap-connection-change', () => this.hub.state === 'connected');
  }

  /** Resolves when the receiver has confirmed that many bytes of the value of that name. */
  async underWay(name: string, bytes: number): Promise<void> {
    await this.#until('snap-transfer-change', () => (this.#transfers.get(name)?.loaded ?? 0) >= bytes);
  }

  /**
   * What the receiving page does with an item. Removes it here, or the page would hold the files of
   * all runs.
   */
  protected use(item: SnapItem): void {
    this.hub.dispatchEvent(Object.assign(new Event('snap-remove-request'), { subject: item }));
  }

  /** Read it once, so that the browser stores it like a chosen file. */
  protected async make(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Blob> {
    const blob = name === 'photo' ? await jpegOf(bytes.byteLength) : new Blob([bytes]);
    await blob.slice(0, 1).arrayBuffer();
    return blob;
  }

  protected transmit(value: Blob, name: string): void {
    this.#transfers.set(name, this.hub.send(value, { name }));
  }

  async #connect(room: string): Promise<void> {
    await customElements.whenDefined('snap-connection');
    this.hub.room = room;
    await this.hub.updateComplete;
    await this.hub.connect();
  }

  /** Resolves when `done` returns true; checks again on each event of that type. */
  async #until(type: string, done: () => boolean): Promise<void> {
    while (!done()) await new Promise((resolve) => this.hub.addEventListener(type, resolve, { once: true }));
  }
}
