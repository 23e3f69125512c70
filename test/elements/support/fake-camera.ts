/** Replaces the browser's media devices for one test; `restore()` undoes that. */
export class FakeDevices {
  readonly #undo: (() => void)[] = [];
  /** The constraints of each request. */
  readonly asked: MediaStreamConstraints[] = [];

  constructor() {
    forgetCameras();
  }

  /** Replaces a property until `restore()`. */
  replace(object: object, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
    this.#undo.push(() => {
      if (before) Object.defineProperty(object, name, before);
      else Reflect.deleteProperty(object, name);
    });
  }

  /**
   * Answers every request by `answer`; without one, by the browser's own devices, and only records
   * it.
   */
  answer(answer?: (constraints: MediaStreamConstraints) => Promise<MediaStream>): void {
    const { mediaDevices } = navigator;
    const real = mediaDevices.getUserMedia.bind(mediaDevices);
    this.replace(mediaDevices, 'getUserMedia', (constraints: MediaStreamConstraints) => {
      this.asked.push(constraints);
      return (answer ?? real)(constraints);
    });
  }

  /** Rejects every request. */
  refuse(name: string, message = ''): void {
    this.answer(() => Promise.reject(new DOMException(message, name)));
  }

  /** Sets the permission; `change()` changes it and fires `change`. */
  permission(state: PermissionState): { change(state: PermissionState): void } {
    const status = Object.assign(new EventTarget(), { state });
    this.replace(navigator.permissions, 'query', () => Promise.resolve(status));
    return {
      change(next): void {
        status.state = next;
        status.dispatchEvent(new Event('change'));
      },
    };
  }

  restore(): void {
    for (const undo of this.#undo.reverse()) undo();
    forgetCameras();
  }
}

/** Otherwise a test would get the camera that an earlier one chose. */
function forgetCameras(): void {
  for (const facing of ['user', 'environment']) localStorage.removeItem(`snaptrail-camera-${facing}`);
}

/** A camera with a still picture: the left half red, the right half blue. */
export function stillCamera(width = 320, height = 240): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#e00000';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#0000e0';
  context.fillRect(width / 2, 0, width / 2, height);
  return canvas.captureStream(10);
}

/** How the browser's own buttons for cameras appear to a page; see {@link fakeSurroundings}. */
export interface FakeSurroundings {
  /** Whether the device is a phone or a tablet. */
  readonly handheld?: boolean;
  /** Whether the browser has buttons of its own that ask for a camera. */
  readonly asksAgain?: boolean;
  /** Whether the page is in a frame. */
  readonly framed?: boolean;
}

/** Replaces what decides which ways out of a failure a camera offers. */
export function fakeSurroundings(
  devices: FakeDevices,
  { handheld = false, asksAgain = false, framed = false }: FakeSurroundings = {},
): void {
  const matchMedia = window.matchMedia.bind(window);
  devices.replace(window, 'matchMedia', (query: string) =>
    query.includes('pointer: coarse') ? { matches: handheld } : matchMedia(query),
  );
  // A class of the page's own, as some browsers have none.
  for (const type of ['HTMLCameraElement', 'HTMLUserMediaElement', 'HTMLMicrophoneElement'])
    devices.replace(window, type, asksAgain ? HTMLElement : undefined);
  if (framed) devices.replace(window, 'parent', {});
}
