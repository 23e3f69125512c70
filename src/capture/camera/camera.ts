import { SnapError } from '../../errors.js';
import type { Size } from '../image/canvas.js';
import type { Facing } from './cameras.js';
import { permissionFor } from './permission.js';
import { idealSize } from './resolution.js';
import { orAborted, wait } from '../../timing/abortable.js';

/**
 * What to request from `getUserMedia`. Only `deviceId` is mandatory; the rest is a preference that
 * a device may fail to meet.
 */
export interface CameraRequest {
  readonly picture: boolean;
  readonly sound: boolean;
  readonly facing: Facing;
  /** In pixels, as on a device held sideways. By default the best that the camera has. */
  readonly resolution?: Size | undefined;
  /**
   * A particular camera, where `facing` does not tell cameras apart. If it no longer exists,
   * another one is used.
   */
  readonly deviceId?: string | undefined;
  /** Do not fall back to another camera if this one is busy; the caller decides what to do then. */
  readonly only?: boolean;
}

/** In ms. A phone's camera needs a moment after this page or another program released it. */
const SETTLING = 400;

/**
 * Opens the camera, the microphone or both. The browser prompts the person where it has to.
 *
 * Rejects with a `SnapError` with one of the `camera-…` codes, or with the signal's reason when
 * that is aborted. A stream that the browser delivers after the abort is stopped at once.
 */
export async function openCamera(request: CameraRequest, signal: AbortSignal): Promise<MediaStream> {
  requireAccess(request);
  try {
    return await askForDevice(constraints(request), signal);
  } catch (thrown) {
    const error = await failure(thrown, request, signal);
    const looser = fallbackFor(request, error);
    if (!looser) throw error;
    await wait(SETTLING, signal);
    return await askForDevice(looser, signal).catch(async (again: unknown) => {
      throw await failure(again, request, signal);
    });
  }
}

/** Releases the devices; their indicator lights go out. */
export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Throws what is already certain without a prompt. */
function requireAccess(request: CameraRequest): void {
  if (!isSecureContext) throw new SnapError('camera-insecure');
  // Missing in some apps' in-app browsers. TypeScript's types do not know that.
  const { mediaDevices } = navigator as { mediaDevices?: Partial<MediaDevices> };
  if (!mediaDevices?.getUserMedia) throw new SnapError('camera-unsupported');
  const feature = request.picture ? 'camera' : 'microphone';
  if (!allowedByPolicy(feature)) throw new SnapError('camera-blocked-by-policy', { detail: feature });
}

interface Policy {
  allowsFeature(feature: string): boolean;
}

function allowedByPolicy(feature: string): boolean {
  const { permissionsPolicy, featurePolicy } = document as {
    permissionsPolicy?: Policy;
    featurePolicy?: Policy;
  };
  return (permissionsPolicy ?? featurePolicy)?.allowsFeature(feature) ?? true;
}

/**
 * Uses `ideal` for everything but the device: `exact` would turn a small difference between devices
 * into "no camera". The device has to be `exact`, because Chromium gives more weight to the
 * resolution than to an `ideal` device.
 */
function constraints(request: CameraRequest): MediaStreamConstraints {
  const { picture, sound, facing, deviceId } = request;
  const { width, height } = idealSize(request);
  const video: MediaTrackConstraints = {
    width: { ideal: width },
    height: { ideal: height },
    // Without it, a webcam may answer with its largest picture, five times a second.
    frameRate: { ideal: 30 },
    ...(deviceId === undefined ? { facingMode: { ideal: facing } } : { deviceId: { exact: deviceId } }),
  };
  return { video: picture && video, audio: sound };
}

/** Requests the device as `exact`, and again as `ideal` if it disappeared since it was listed. */
async function askForDevice(wanted: MediaStreamConstraints, signal: AbortSignal): Promise<MediaStream> {
  try {
    return await ask(wanted, signal);
  } catch (thrown) {
    const { video } = wanted;
    if (signal.aborted || !isDemand(video) || !isNamed(thrown, 'OverconstrainedError')) throw thrown;
    return ask({ ...wanted, video: { ...video, deviceId: { ideal: video.deviceId.exact } } }, signal);
  }
}

function isDemand(
  video: MediaStreamConstraints['video'],
): video is MediaTrackConstraints & { deviceId: { exact: string } } {
  return typeof video === 'object' && typeof video.deviceId === 'object' && 'exact' in video.deviceId;
}

function isNamed(thrown: unknown, name: string): boolean {
  return thrown instanceof Error && thrown.name === name;
}

/**
 * The person may take minutes to answer a prompt, or never do. If the signal is aborted, rejects at
 * once, and stops the stream if one is granted later.
 */
function ask(wanted: MediaStreamConstraints, signal: AbortSignal): Promise<MediaStream> {
  const stream = navigator.mediaDevices.getUserMedia(wanted);
  const late = (opened: MediaStream): void => {
    if (signal.aborted) stopStream(opened);
  };
  stream.then(late, () => undefined);
  return orAborted(stream, signal);
}

/**
 * What to request after a first failure that did not prompt the person: a busy camera again without
 * preferences, or the camera alone if there is no microphone.
 */
function fallbackFor(request: CameraRequest, { code }: SnapError): MediaStreamConstraints | null {
  if (code === 'camera-busy')
    return request.only ? constraints(request) : { video: request.picture, audio: request.sound };
  if (code === 'camera-missing' && request.picture && request.sound)
    return constraints({ ...request, sound: false });
  return null;
}

/** Maps a failure to a `SnapError`. Throws the signal's reason if it was aborted. */
async function failure(thrown: unknown, request: CameraRequest, signal: AbortSignal): Promise<SnapError> {
  signal.throwIfAborted();
  const error = cameraError(thrown);
  if (error.code !== 'camera-denied') return error;
  const refused = await explainDenial(request, error);
  signal.throwIfAborted();
  return refused;
}

/** Denials for which the browser did not reveal the cause. */
const unexplained = new WeakSet<SnapError>();

/**
 * Whether the browser did not reveal the cause: the site may be blocked, or the person dismissed
 * the prompt.
 */
export function isUnexplained(error: SnapError): boolean {
  return unexplained.has(error);
}

/**
 * Tells a dismissed prompt from a denial. After a dismissal nothing is blocked, and the browser
 * will prompt again. Chromium says so in its message; according to the specification, the
 * permission state is still `prompt` then. A browser that blocks a site after too many dismissals
 * reports `denied`.
 */
async function explainDenial({ picture, sound }: CameraRequest, error: SnapError): Promise<SnapError> {
  const devices = [...(picture ? (['camera'] as const) : []), ...(sound ? (['microphone'] as const) : [])];
  const permissions = await Promise.all(devices.map(permissionFor));
  const states = permissions.map((permission) => permission?.state);
  if (states.includes('denied')) return error;
  if (/dismissed/i.test(error.message) || states.includes('prompt'))
    return new SnapError('camera-dismissed', { detail: error.message, cause: error.cause });
  if (states.includes(undefined)) unexplained.add(error);
  return error;
}

/**
 * Maps the errors of `getUserMedia` to our codes (W3C Media Capture and Streams, section 10.2.1).
 * Browsers agree on their names at most.
 */
function cameraError(thrown: unknown): SnapError {
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' };
  switch (name) {
    case 'NotAllowedError':
      // Chromium's message when macOS, Windows or Android denies access.
      return SnapError.from(thrown, /by system/i.test(message) ? 'camera-denied-by-system' : 'camera-denied');
    case 'SecurityError':
      return SnapError.from(thrown, 'camera-blocked-by-policy');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return SnapError.from(thrown, 'camera-missing');
    case 'NotSupportedError':
    case 'TypeError':
      return SnapError.from(thrown, 'camera-unsupported');
    default:
      // NotReadableError; in Firefox also AbortError.
      return SnapError.from(thrown, 'camera-busy');
  }
}
