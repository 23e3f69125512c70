import { landscape } from '../fake-hub.js';

/**
 * How the browser's fake media devices behave. With `permission`, `getUserMedia()` never settles,
 * and that is the state of the permission.
 */
export interface Devices {
  readonly permission?: PermissionState;
  readonly refusal?: DOMException;
  /** Width and height of the camera's picture. */
  readonly picture?: readonly [number, number];
  readonly sound?: boolean;
  readonly cameras?: number;
  /** Whether `MediaRecorder` exists. */
  readonly recorder?: boolean;
}

/** Replaces the browser's media devices while `run` runs. An insecure page has none to replace. */
export async function withDevices(
  { permission, refusal, picture, sound, cameras = 1, recorder = true }: Devices,
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
  const found = Array.from({ length: cameras }, (_, at) => ({ kind: 'videoinput', deviceId: String(at) }));
  replace(mediaDevices, 'enumerateDevices', () => Promise.resolve(found));
  const status = Object.assign(new EventTarget(), { state: permission ?? 'denied' });
  replace(navigator.permissions, 'query', () => Promise.resolve(status));
  if (!recorder) replace(globalThis, 'MediaRecorder', undefined);
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

function silence(): MediaStream {
  return new AudioContext().createMediaStreamDestination().stream;
}
