import { SnapError } from '../errors.js';
import { isVisible } from '../visible.js';
import { isAccepted } from './accept.js';
import type { Contents } from './contents.js';
import type { CaptureDevice } from './hub-element.js';
import type { Pending } from './pending.js';
import type { Recordings } from './sending/recordings.js';
import type { RequestHandlers } from './requests.js';

/** What requests act on: a hub. */
export interface Requested {
  readonly queue: Pick<Pending, 'add' | 'capture' | 'send' | 'restore'>;
  readonly recordings: Pick<Recordings, 'captured' | 'toggle'>;
  /** The camera that is asked for photos, or null. */
  readonly camera: CaptureDevice | null;
  readonly contents: Pick<Contents, 'choose' | 'remove' | 'sendAgain' | 'tell'>;
  reconnect(): void;
  rename(name: string): void;
  moveToNewRoom(): void;
  report(error: SnapError): void;
}

/** What `hub` does on each request. */
export function requestHandlers(hub: Requested): RequestHandlers {
  return {
    'snap-captured': ({ item }, by) => {
      hub.queue.add(item);
      if (hub.recordings.captured(item, by)) hub.queue.send([item]);
    },
    'snap-capture-request': ({ send }) => {
      const { camera } = hub;
      if (!camera) hub.report(new SnapError('camera-missing', { detail: 'no <snap-camera>' }));
      // The camera reports its own failures.
      else if (camera.phase !== 'live' && !camera.recording) camera.start().catch(() => undefined);
      else if (camera.mode === 'photo') hub.queue.capture(camera, send);
      else hub.recordings.toggle(camera, send);
    },
    'snap-choose-request': ({ files, send }) => hub.contents.choose(files, send),
    'snap-send-request': ({ items }) => hub.queue.send(items),
    'snap-cancel-request': ({ transfer }) => {
      if (!transfer.ended) transfer.cancel();
    },
    'snap-retry-request': ({ transfer }) => {
      if (!transfer) hub.reconnect();
      else if (transfer.state === 'delivered') hub.contents.sendAgain(transfer);
      else if (transfer.ended) transfer.retry();
    },
    'snap-remove-request': ({ subject }) => hub.contents.remove(subject),
    'snap-rename-request': ({ name }) => hub.rename(name),
    'snap-renew-request': () => hub.moveToNewRoom(),
    'snap-restore-request': ({ item }) => hub.queue.restore(item),
    'snap-outcome': ({ items, outcome }) => hub.contents.tell(items, outcome),
  };
}

/**
 * Whether one of `elements` has buttons for a camera, as a `<snap-sender>` without `files-only`.
 */
export function haveSnapButtons(elements: Iterable<HTMLElement>): boolean {
  return [...elements].some((element) => 'filesOnly' in element && element.filesOnly === false);
}

/**
 * Whether one of `elements` shows a button that chooses files, as a `<snap-sender>` does, and takes
 * files of `type`. One in a closed dialog does not.
 */
export function haveFileButton(elements: Iterable<HTMLElement>, type: string): boolean {
  return [...elements].some((element) => {
    if (!('filesOnly' in element) || !isVisible(element)) return false;
    const accept = 'accept' in element && typeof element.accept === 'string' ? element.accept : '';
    return isAccepted({ name: '', type }, accept);
  });
}

/** The first camera among `elements` in tree order, or null: a hub requests photos of that one. */
export function firstCamera(elements: Iterable<HTMLElement>): CaptureDevice | null {
  const isCamera = (element: HTMLElement): element is CaptureDevice => 'snap' in element;
  return inTreeOrder([...elements].filter(isCamera))[0] ?? null;
}

/** What a `<snap-invite>` has. */
interface Invite extends HTMLElement {
  readonly href: string | null;
  readonly url: string;
}

/**
 * The address of the first invite among `elements` in tree order that names a page for the phone;
 * the empty string if none does.
 */
export function namedInvitation(elements: Iterable<HTMLElement>): string {
  const namesPage = (element: HTMLElement): element is Invite =>
    'noQr' in element && 'href' in element && element.href !== null;
  return inTreeOrder([...elements].filter(namesPage))[0]?.url ?? '';
}

function inTreeOrder<Each extends HTMLElement>(elements: Each[]): Each[] {
  return elements.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}
