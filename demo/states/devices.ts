import { landscape } from '../fake-hub.js';

/**
 * How the browser's fake media devices behave. With `permission`, `getUserMedia()` never settles,
 * and that is the state of the permission.
 */
export interface Devices {
  readonly permission?: PermissionState;
  readonly refusal?: DOMException;
  /** The state of the permission after a refusal; by default `denied`. */
  readonly state?: PermissionState;
  /** What the page lacks: a secure origin, or a browser with media devices. */
  readonly lacking?: 'security' | 'devices';
  /** Width and height of the camera's picture. */
  readonly picture?: readonly [number, number];
  readonly sound?: boolean;
  readonly cameras?: number;
  /** Whether `MediaRecorder` exists. */
  readonly recorder?: boolean;
  /** Whether a canvas can be encoded. */
  readonly encoder?: boolean;
}

/** Replaces the browser's media devices while `run` runs. An insecure page has none to replace. */
export async function withDevices(
  {
    permission,
    refusal,
    state = 'denied',
    lacking,
    picture,
    sound,
    cameras = 1,
    recorder = true,
    encoder = true,
  }: Devices,
  run: () => Promise<void>,
): Promise<void> {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (!mediaDevices) return run();
  const undo: (() => void)[] = [];
  const replace = (object: object, name: string, value: unknown): void => {
    const before = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
    undo.push(() =>
      before ? Object.defineProperty(object, name, before) : Reflect.deleteProperty(object, name),
    );
  };
  const stream = picture ? await filmed(...picture) : sound ? silence() : null;
  replace(mediaDevices, 'getUserMedia', () => {
    if (refusal) return Promise.reject(refusal);
    return stream ? Promise.resolve(stream) : new Promise(() => undefined);
  });
  const found = Array.from({ length: cameras }, (_, at) => ({
    kind: 'videoinput',
    deviceId: String(at),
    label: `Camera ${at + 1}`,
    groupId: String(at),
  }));
  replace(mediaDevices, 'enumerateDevices', () => Promise.resolve(found));
  const status = Object.assign(new EventTarget(), { state: permission ?? state });
  replace(navigator.permissions, 'query', () => Promise.resolve(status));
  if (lacking === 'security') replace(globalThis, 'isSecureContext', false);
  if (lacking === 'devices') replace(navigator, 'mediaDevices', undefined);
  if (!recorder) replace(globalThis, 'MediaRecorder', undefined);
  if (!encoder) {
    const fail = (): Promise<never> => Promise.reject(new DOMException('', 'EncodingError'));
    replace(OffscreenCanvas.prototype, 'convertToBlob', fail);
  }
  try {
    await run();
  } finally {
    for (const each of undo.reverse()) each();
  }
}

/** A video stream of a still landscape. */
async function filmed(width: number, height: number): Promise<MediaStream> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  context.drawImage(await createImageBitmap(await landscape(190, width, height)), 0, 0);
  return canvas.captureStream(10);
}

/** A hum that nobody can hear: a recorder starts only once there is sound. */
function silence(): MediaStream {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const quiet = new GainNode(context, { gain: 0.001 });
  const hum = new OscillatorNode(context);
  hum.connect(quiet).connect(destination);
  hum.start();
  return destination.stream;
}
