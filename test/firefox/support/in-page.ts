// Functions that the tests run inside the pages. Each is sent as text, and may use nothing but
// globals and its arguments.
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import type {} from '../../support/connections.js';

/** A file, as either side describes it. */
export interface Told {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** An open connection, and the bytes that its data channel has carried. */
interface Load {
  readonly connection: RTCPeerConnection;
  readonly sent: number;
  readonly received: number;
}

declare global {
  /** Both are set by {@link prepare}. */
  var tell: (file: File) => Promise<Told>;
  var loads: () => Promise<Load[]>;
}

/** Runs before the page's own scripts. */
export function prepare(): void {
  globalThis.tell = async (file) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { name: file.name, type: file.type, size: file.size, sha256 };
  };
  globalThis.loads = async () => {
    const found: Load[] = [];
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue;
      const stats = await connection.getStats();
      stats.forEach((report: RTCStats & { bytesSent: number; bytesReceived: number }) => {
        if (report.type === 'data-channel')
          found.push({ connection, sent: report.bytesSent, received: report.bytesReceived });
      });
    }
    return found;
  };
}

export interface Sending {
  /** In bytes. */
  readonly size: number;
  /** How many connections to close when half of the file is confirmed, busiest first. */
  readonly cut?: number;
}

/** Sends random bytes. Resolves when they are delivered. */
export async function sendFile({ size, cut = 0 }: Sending): Promise<Told> {
  const bytes = new Uint8Array(size);
  // The most that one call may ask for (Web Cryptography API, section 10.1.1).
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  const file = new File([bytes], 'holiday.bin', { type: 'application/octet-stream' });
  const transfer = document.querySelector<SnapConnection>('snap-connection')!.send(file);
  if (cut > 0) {
    const half = new Promise<void>((resolve) => {
      document.addEventListener('snap-transfer-change', () => {
        if (transfer.loaded >= size / 2) resolve();
      });
    });
    await Promise.race([half, transfer.finished]);
    const busiest = (await loads()).sort((one, other) => other.sent - one.sent).slice(0, cut);
    for (const { connection } of busiest) connection.close();
    if (transfer.ended) throw new Error('The transfer ended before a connection was cut.');
  }
  await transfer.finished;
  return tell(file);
}

/** Presses *Snap & Send*. Resolves to the photo that was taken. */
export async function snapAndSend(): Promise<Told> {
  const taken = new Promise<File>((resolve) => {
    document.addEventListener('snap-captured', ({ item }) => resolve(item.file), { once: true });
  });
  document.querySelector('snap-sender')!.shadowRoot!.querySelector<HTMLElement>('[part~=snap-send]')!.click();
  return tell(await taken);
}

/** All files that have arrived. */
export function received(): Promise<Told[]> {
  const hub = document.querySelector<SnapConnection>('snap-connection')!;
  return Promise.all(hub.received.map(({ file }) => tell(file)));
}

/** How many bytes each connection has received. */
export async function bytesReceived(): Promise<number[]> {
  return (await loads()).map((load) => load.received);
}

export function turnOffCamera(): void {
  document.querySelector<SnapCamera>('snap-camera')!.stop();
}

/** The size of the camera's picture, in pixels. */
export function sizeOfPicture(): [width: number, height: number] {
  const video = document.querySelector('snap-camera')!.shadowRoot!.querySelector('video')!;
  return [video.videoWidth, video.videoHeight];
}

/** The size of the photo in the trail, in pixels. */
export async function sizeOfPhoto(): Promise<[width: number, height: number]> {
  const trail = document.querySelector<PhotoTrail>('photo-trail')!;
  // The tile itself is smaller.
  await trail.shadowRoot!.querySelector('img')!.decode();
  const { width, height } = trail.items[0]!;
  return [width, height];
}
