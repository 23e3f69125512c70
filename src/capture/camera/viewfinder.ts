import { SnapError } from '../../errors.js';
import { openCamera, stopStream } from './camera.js';
import type { CameraRequest } from './camera.js';
import { choicesOf, listCameras, mayFace } from './cameras.js';
import type { CameraChoice, Facing } from './cameras.js';
import { TrackControls } from './controls.js';
import type { CameraControls } from './controls.js';
import { photoSize } from './still.js';

/** Callbacks for what happens to an open viewfinder. */
export interface ViewfinderEvents {
  /**
   * The device delivers nothing for a while: a phone call came in, the lid was closed, or another
   * page took the camera over.
   */
  paused(): void;
  resumed(): void;
  /** The device was disconnected. */
  unplugged(): void;
  /** A camera may have been connected or disconnected. */
  devicesChanged(): void;
  /** The person has adjusted the camera. */
  adjusted(): void;
}

/**
 * In ms: a working camera shows a frame within this time. Virtual cameras show none while the
 * program behind them is not running.
 */
const PICTURE_WITHIN = 8000;

/** Opens a camera and shows its stream in a `<video>`. */
export class Viewfinder {
  readonly #events: ViewfinderEvents;
  #stream: MediaStream | null = null;
  #devices: readonly MediaDeviceInfo[] = [];
  #cameras: readonly CameraChoice[] = [];
  #controls: CameraControls | null = null;
  /** Aborted when the stream is released. */
  #session: AbortController | null = null;

  /**
   * Created here and inserted as a node, not part of a template: Safari 27 does not paint a camera
   * stream in a `<video>` from a cloned template (WebKit bug 320979).
   */
  readonly video: HTMLVideoElement = createVideo();

  constructor(events: ViewfinderEvents) {
    this.#events = events;
  }

  /** Null while closed. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  /** The cameras of the device. Empty until one was opened: browsers do not reveal them earlier. */
  get cameras(): readonly CameraChoice[] {
    return this.#cameras;
  }

  /** What can be adjusted on the open camera; null while none is open, and for a microphone. */
  get controls(): CameraControls | null {
    return this.#controls;
  }

  /** The facing mode that the open camera reports; undefined for most cameras outside phones. */
  get facing(): string | undefined {
    return this.#picture?.getSettings().facingMode;
  }

  /** The id of the open camera; undefined where the browser does not reveal it. */
  get deviceId(): string | undefined {
    return this.#picture?.getSettings().deviceId || undefined;
  }

  /** The name of the open camera; empty where the browser gives none. */
  get label(): string {
    return this.#picture?.label ?? '';
  }

  /** Whether some camera may have this facing mode, as far as the browser reveals it. */
  mayFace(facing: Facing): boolean {
    return mayFace(this.#devices, facing);
  }

  /** The ids of the other cameras, starting with the one after the open camera. */
  get otherCameras(): readonly string[] {
    const { deviceId, label } = this;
    const index = this.#devices.findIndex((each) =>
      deviceId === undefined ? label && each.label === label : each.deviceId === deviceId,
    );
    const after = [...this.#devices.slice(index + 1), ...this.#devices.slice(0, Math.max(0, index))];
    return after.map((each) => each.deviceId);
  }

  /**
   * Opens a camera, closing the previous one, and resolves when the first frame is shown. Calls
   * `opened` in between, when the person has given permission and the device is starting. Rejects
   * like `openCamera`.
   */
  async open(request: CameraRequest, signal: AbortSignal, opened: () => void): Promise<void> {
    this.close();
    const stream = await openCamera(request, signal);
    // Between the browser's answer and this line, the camera may have been turned off.
    if (signal.aborted) stopStream(stream);
    signal.throwIfAborted();
    opened();
    const session = new AbortController();
    this.#session = session;
    this.#stream = stream;
    const [picture] = stream.getVideoTracks();
    this.#controls = picture ? new TrackControls(picture, () => this.#events.adjusted()) : null;
    const over = session.signal;
    signal.addEventListener('abort', () => this.close(), { signal: over });
    this.#watch(stream, over);
    this.video.srcObject = stream;
    this.play();
    if (!request.picture) return;
    if (picture && !request.sound) void photoSize(picture);
    await (request.only ? firstFrameInTime(this.video, session) : firstFrame(this.video, over));
    await this.#countCameras();
    over.throwIfAborted();
  }

  /** Releases the device immediately. */
  close(): void {
    this.#session?.abort(new SnapError('camera-not-ready', { detail: 'the camera was turned off' }));
    this.#session = null;
    stopStream(this.#stream);
    this.#stream = null;
    this.#controls = null;
    this.video.srcObject = null;
  }

  /** Resumes the `<video>`, which pauses whenever it is moved in its document. */
  play(): void {
    // Rejects if a later load or a removal interrupts it. Then there is nothing to play.
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
    this.#devices = await listCameras(this.deviceId);
    this.#cameras = choicesOf(this.#devices);
  }
}

function createVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  return video;
}

/** Like `firstFrame`, but aborts `session` if no frame arrives in time. */
async function firstFrameInTime(video: HTMLVideoElement, session: AbortController): Promise<void> {
  const late = (): void => session.abort(new SnapError('camera-busy', { detail: 'it gives no picture' }));
  const timer = setTimeout(late, PICTURE_WITHIN);
  await firstFrame(video, session.signal).finally(() => clearTimeout(timer));
}

/**
 * Waits for the first frame; a photo taken earlier would be black. Hidden pages present no frames,
 * so there a decoded frame is enough.
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
