import { SnapError } from '../errors.js';
import type { SnapItem } from '../item.js';
import type { Transfer } from '../transfer/transfer.js';
import type { CaptureDevice } from './hub-element.js';
import type { Pending } from './pending.js';
import type { RequestHandlers } from './requests.js';

/** What requests act on: a hub. */
export interface Requested {
  readonly queue: Pick<Pending, 'add' | 'capture' | 'send'>;
  /** The camera that is asked for photos, or null. */
  readonly camera: CaptureDevice | null;
  choose(files: readonly File[], send: boolean): void;
  remove(subject: SnapItem | Transfer): void;
  reconnect(): void;
  rename(name: string): void;
  moveToNewRoom(): void;
  report(error: SnapError): void;
}

/** What `hub` does on each request. */
export function requestHandlers(hub: Requested): RequestHandlers {
  return {
    'snap-captured': ({ item }) => hub.queue.add(item),
    'snap-capture-request': ({ send }) => {
      const { camera } = hub;
      if (camera) hub.queue.capture(camera, send);
      else hub.report(new SnapError('camera-missing', { detail: 'no <snap-camera> is linked to this hub' }));
    },
    'snap-choose-request': ({ files, send }) => hub.choose(files, send),
    'snap-send-request': ({ items }) => hub.queue.send(items),
    'snap-cancel-request': ({ transfer }) => {
      if (!transfer.ended) transfer.cancel();
    },
    'snap-retry-request': ({ transfer }) => {
      if (!transfer) hub.reconnect();
      else if (transfer.ended && transfer.state !== 'delivered') transfer.retry();
    },
    'snap-remove-request': ({ subject }) => hub.remove(subject),
    'snap-rename-request': ({ name }) => hub.rename(name),
    'snap-renew-request': () => hub.moveToNewRoom(),
  };
}

/** The first camera among `elements` in tree order, or null: a hub requests photos of that one. */
export function firstCamera(elements: Iterable<HTMLElement>): CaptureDevice | null {
  const cameras = [...elements].filter((element): element is CaptureDevice => 'snap' in element);
  cameras.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  return cameras[0] ?? null;
}
