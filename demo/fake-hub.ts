import type { ConnectionState, SnapPeer, SnapSelf } from '../src/events.js';
import type { CaptureDevice, HubElement } from '../src/hub/hub-element.js';
import { REQUEST_EVENTS } from '../src/hub/requests.js';
import { SnapError } from '../src/errors.js';
import type { SnapErrorCode } from '../src/errors.js';
import { randomId } from '../src/item.js';
import type { SnapItem } from '../src/item.js';
import { Transfer } from '../src/transfer/transfer.js';
import type {
  Outcome,
  Recipient,
  RecipientState,
  TransferInit,
  TransferState,
} from '../src/transfer/transfer.js';

/** The state that a hub exposes. */
type HubState = Pick<
  HubElement,
  | 'state'
  | 'error'
  | 'peers'
  | 'lostPeers'
  | 'self'
  | 'full'
  | 'guarded'
  | 'transfers'
  | 'pending'
  | 'received'
  | 'inviteUrl'
  | 'camera'
  | 'snapButtons'
>;

/**
 * A fake `<snap-connection>`, without a connection. Its state is whatever `change()` sets, and it
 * records requests instead of serving them. Used by the gallery, which shows the elements in every
 * state, and by the tests of the elements. It lives here because the demo's server serves nothing
 * of `test/`.
 */
export class FakeHub extends HTMLElement implements HubElement {
  state: ConnectionState = 'waiting';
  error: SnapError | null = null;
  peers: readonly SnapPeer[] = [];
  lostPeers: readonly SnapPeer[] = [];
  self: SnapSelf | null = null;
  full = false;
  guarded = false;
  transfers: readonly Transfer[] = [];
  pending: readonly SnapItem[] = [];
  received: readonly SnapItem[] = [];
  inviteUrl = 'https://photos.example.org/#snap=abcdefghijklmnopqrstuvwxyz';

  /** The address of the phone's page; the empty string: `inviteUrl`. */
  namedUrl = '';

  camera: CaptureDevice | null = null;
  snapButtons = false;
  maxSize: number | null = null;

  /** Whether there is a *Choose files* beside the camera. */
  filesBeside = false;

  /** Whether delivered transfers can be sent again. */
  keepsSent = true;

  /** The requests of its elements, oldest first, except cancelled ones. */
  readonly requests: Event[] = [];
  /** The elements that are attached now. */
  readonly attached = new Set<HTMLElement>();
  /** The listeners subscribed now. */
  readonly listeners = new Set<() => void>();

  /** Registers it as `<snap-connection>`, in place of the real one. */
  static define(): void {
    if (!customElements.get('snap-connection')) customElements.define('snap-connection', FakeHub);
  }

  /** Changes some of the state and notifies the listeners. */
  change(state: Partial<HubState>): void {
    Object.assign(this, state);
    this.deviceChanged();
  }

  canSendAgain({ direction, state }: Transfer): boolean {
    return this.keepsSent && direction === 'send' && state === 'delivered';
  }

  get phoneUrl(): string {
    return this.namedUrl || this.inviteUrl;
  }

  choosesFiles(): boolean {
    return this.filesBeside;
  }

  deviceChanged(): void {
    for (const listener of [...this.listeners]) listener();
  }

  subscribe(listener: () => void, { signal }: { signal: AbortSignal }): void {
    this.listeners.add(listener);
    signal.addEventListener('abort', () => this.listeners.delete(listener));
  }

  attach(element: HTMLElement, { signal }: { signal: AbortSignal }): void {
    this.attached.add(element);
    signal.addEventListener('abort', () => this.attached.delete(element));
    for (const type of REQUEST_EVENTS) {
      const keep = (event: Event): void =>
        queueMicrotask(() => event.defaultPrevented || this.requests.push(event));
      element.addEventListener(type, keep, { signal });
    }
  }
}

export function fakePeer(name: string, more: Partial<SnapPeer> = {}): SnapPeer {
  return { id: randomId(), name, sendOnly: false, roundTrip: 4, relayed: false, takes: null, ...more };
}

/** A camera that is live and does nothing; `facts` say what else it is. */
export function fakeCamera(
  facts: Partial<Pick<CaptureDevice, 'mode' | 'phase' | 'recording'>> = {},
): CaptureDevice {
  const item = fakeItem(new File(['x'], 'photo.jpg', { type: 'image/jpeg' }));
  return Object.assign(document.createElement('div'), {
    mode: 'photo' as const,
    phase: 'live' as const,
    recording: false,
    start: () => Promise.resolve(),
    snap: () => Promise.resolve(item),
    record: () => Promise.resolve(),
    stopRecording: () => Promise.resolve(null),
    ...facts,
  });
}

/** An item with `file`. */
export function fakeItem(file: File, more: Partial<SnapItem> = {}): SnapItem {
  return {
    id: randomId(),
    kind: 'file',
    file,
    width: 0,
    height: 0,
    imageData: null,
    from: null,
    takenAt: Date.now(),
    preview: null,
    ...more,
  };
}

/** A photo that differs by its hue. */
export async function fakePhoto(hue: number, more: Partial<SnapItem> = {}): Promise<SnapItem> {
  const { width, height } = { width: 640, height: 480, ...more };
  const file = new File([await landscape(hue, width, height)], `photo-${hue}.jpg`, { type: 'image/jpeg' });
  return fakeItem(file, { kind: 'photo', width, height, ...more });
}

/** A landscape in shades of `hue`, as a JPEG. */
export function landscape(hue: number, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 70% 62%)`);
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 85% 86%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `hsl(${(hue + 60) % 360} 90% 94%)`;
  context.arc(width * 0.72, height * 0.34, height * 0.1, 0, 2 * Math.PI);
  context.fill();
  for (const [level, light] of [0.62, 0.74, 0.86].entries()) {
    context.fillStyle = `hsl(${(hue + 200) % 360} 35% ${48 - level * 14}%)`;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += width / 40) {
      context.lineTo(x, height * (light + 0.06 * Math.sin((x / width) * (5 + level * 3) + hue)));
    }
    context.lineTo(width, height);
    context.fill();
  }
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), 'image/jpeg'));
}

/** A transfer in `state`. `to`: the states of its recipients. */
export function fakeTransfer(
  state: TransferState,
  init: Partial<TransferInit> & {
    loaded?: number;
    to?: readonly RecipientState[];
    error?: SnapErrorCode;
    /** What has become of it at every recipient. */
    outcome?: Outcome;
  } = {},
): Transfer {
  const { loaded = 0, to = [], error, outcome = 'delivered', ...rest } = init;
  const transfer = new Transfer({
    id: randomId(),
    direction: 'send',
    name: 'photo.jpg',
    type: 'image/jpeg',
    size: 1_000_000,
    onrequest: () => undefined,
    onchange: () => undefined,
    ...rest,
  });
  const recipients = to.map((each): Recipient => ({
    id: randomId(),
    name: 'Anna',
    loaded,
    state: each,
    error: null,
    outcome,
  }));
  transfer.progress(loaded, recipients);
  if (state !== 'queued') transfer.move(state, error ? new SnapError(error) : null);
  return transfer;
}
