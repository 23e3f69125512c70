import { SnapError } from '../../errors.js';
import { openCamera, stopStream } from './camera.js';
import type { CameraRequest } from './camera.js';

/** What happens to a viewfinder that is open. */
export interface ViewfinderEvents {
  /**
   * The device gives nothing for a while: a call has come, a lid was closed, another page has taken
   * over.
   */
  paused(): void;
  resumed(): void;
  /** The device is gone for good. */
  unplugged(): void;
  /** Another camera may have come or gone. */
  devicesChanged(): void;
}

/**
 * In ms: a camera that was started shows a picture by then. Some that are made by programs never
 * do, as long as those do not run.
 */
const PICTURE_WITHIN = 8000;

/** A camera's stream, and the `<video>` that shows it. */
export class Viewfinder {
  readonly #events: ViewfinderEvents;
  #stream: MediaStream | null = null;
  #cameras: readonly MediaDeviceInfo[] = [];
  /** Aborted when the stream is let go. */
  #session: AbortController | null = null;

  /**
   * Created here and inserted as a node, never part of a template: Safari 27 does not paint a
   * camera in a `<video>` that came out of a cloned template (WebKit bug 320979).
   */
  readonly video: HTMLVideoElement = createVideo();

  constructor(events: ViewfinderEvents) {
    this.#events = events;
  }

  /** Null while closed. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  /** Known once a camera has been opened: no browser tells before. */
  get cameras(): readonly MediaDeviceInfo[] {
    return this.#cameras;
  }

  /**
   * Which way the open camera looks, by its own word; undefined for most that are no part of a
   * phone.
   */
  get facing(): string | undefined {
    return this.#picture?.getSettings().facingMode;
  }

  /** The id of the open camera; undefined where the browser does not tell. */
  get deviceId(): string | undefined {
    return this.#picture?.getSettings().deviceId || undefined;
  }

  /**
   * Whether one of the cameras may look that way, and none is of those that do not look any way.
   * Not every browser tells before it is opened.
   */
  mayFace(facing: string): boolean {
    const told = this.#cameras.map((each) => ('getCapabilities' in each ? facingsOf(each) : null));
    if (told.length === 0 || told.includes(null)) return true;
    return told.every((each) => each!.length > 0) && told.some((each) => each!.includes(facing));
  }

  /** The ids of the other cameras, beginning with the one after the open one. */
  get otherCameras(): readonly string[] {
    const { deviceId } = this;
    const label = this.#picture?.label;
    const index = this.#cameras.findIndex((each) =>
      deviceId === undefined ? label && each.label === label : each.deviceId === deviceId,
    );
    const after = [...this.#cameras.slice(index + 1), ...this.#cameras.slice(0, Math.max(0, index))];
    return after.map((each) => each.deviceId);
  }

  /**
   * Opens a camera in place of what was open, and resolves when it shows its first picture.
   * `opened` is called in between: the person has agreed, the device is starting. Rejects as
   * `openCamera` does.
   */
  async open(request: CameraRequest, signal: AbortSignal, opened: () => void): Promise<void> {
    this.close();
    const stream = await openCamera(request, signal);
    opened();
    const session = new AbortController();
    this.#session = session;
    this.#stream = stream;
    const over = session.signal;
    signal.addEventListener('abort', () => this.close(), { signal: over });
    this.#watch(stream, over);
    this.video.srcObject = stream;
    this.play();
    if (!request.picture) return;
    await (request.only ? firstFrameInTime(this.video, session) : firstFrame(this.video, over));
    await this.#countCameras();
    over.throwIfAborted();
  }

  /** Lets the device go, at once. */
  close(): void {
    this.#session?.abort(new SnapError('camera-not-ready', { detail: 'the camera was turned off' }));
    this.#session = null;
    stopStream(this.#stream);
    this.#stream = null;
    this.video.srcObject = null;
  }

  /** A `<video>` pauses whenever it is moved in its document. */
  play(): void {
    // Rejected when a later load or a removal comes between; then there is nothing to play.
    this.video.play().catch(() => undefined);
  }

  get #picture(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  #watch(stream: MediaStream, signal: AbortSignal): void {
    const main = stream.getVideoTracks()[0] ?? stream.getAudioTracks()[0];
    main?.addEventListener('ended', () => this.#events.unplugged(), { signal });
    main?.addEventListener('mute', () => this.#events.paused(), { signal });
    main?.addEventListener('unmute', () => this.#events.resumed(), { signal });
    const recount = (): void => void this.#countCameras().then(() => this.#events.devicesChanged());
    navigator.mediaDevices.addEventListener('devicechange', recount, { signal });
  }

  async #countCameras(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    this.#cameras = distinct(
      devices.filter(({ kind }) => kind === 'videoinput'),
      this.deviceId,
    );
  }
}

/**
 * Without what is listed but cannot be asked for, as every camera is before the person has allowed
 * one; and each camera once, though it may be listed under several ids. Of those, `open` is the one
 * that is kept.
 */
function distinct(cameras: readonly MediaDeviceInfo[], open: string | undefined): MediaDeviceInfo[] {
  const known = cameras.filter(({ deviceId }) => deviceId !== '');
  const same = (one: MediaDeviceInfo, other: MediaDeviceInfo): boolean =>
    one.deviceId === other.deviceId ||
    (one.label !== '' && one.groupId !== '' && one.label === other.label && one.groupId === other.groupId);
  return known.filter((each, index) => {
    const others = known.filter((other) => same(each, other));
    const chosen = others.find(({ deviceId }) => deviceId === open) ?? others[0];
    return chosen === undefined || known.indexOf(chosen) === index;
  });
}

function createVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  return video;
}

function facingsOf(camera: MediaDeviceInfo): readonly string[] {
  return (camera as InputDeviceInfo).getCapabilities().facingMode ?? [];
}

/** Ends `session` when no picture comes. */
async function firstFrameInTime(video: HTMLVideoElement, session: AbortController): Promise<void> {
  const late = (): void => session.abort(new SnapError('camera-busy', { detail: 'it gives no picture' }));
  const timer = setTimeout(late, PICTURE_WITHIN);
  await firstFrame(video, session.signal).finally(() => clearTimeout(timer));
}

/**
 * Before the first frame a photo would be black. In a hidden page no frame is shown: there it is
 * enough that one has been decoded.
 */
function firstFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    const shows = 'requestVideoFrameCallback' in video;
    if (shows) video.requestVideoFrameCallback(() => resolve());
    const loaded = (): void => {
      if (!shows || document.hidden) resolve();
    };
    video.addEventListener('loadeddata', loaded, { signal, once: true });
  });
}
