import { SnapError } from '../../errors.js';
import { permissionFor } from './permission.js';
import { orAborted, wait } from './wait.js';

/**
 * What is asked of the devices. Nothing but `deviceId` is a demand: a camera that cannot do it
 * gives what it can.
 */
export interface CameraRequest {
  readonly picture: boolean;
  readonly sound: boolean;
  readonly facing: 'user' | 'environment';
  /**
   * One camera in particular, where `facing` does not tell them apart. When it is gone, another
   * will do.
   */
  readonly deviceId?: string | undefined;
  /** When that camera is busy, no other will do: whoever asks decides what to do then. */
  readonly only?: boolean;
}

/**
 * In ms. A phone's camera that was just let go, by this page or another program, needs a moment.
 */
const SETTLING = 400;

/**
 * Opens the camera, the microphone or both; the browser asks the person where it has to. Rejects
 * with a `SnapError` of one of the `camera-…` codes; with the signal's reason once that is aborted,
 * and a stream that comes too late is stopped at once.
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

/** Lets the devices go: their lights go out. */
export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** What can be known without asking. */
function requireAccess(request: CameraRequest): void {
  if (!isSecureContext) throw new SnapError('camera-insecure');
  // Missing in the browsers inside of some apps. The types do not know.
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
 * Only wishes, but for the device: elsewhere `exact` turns a small difference between devices into
 * "no camera". A device that is only wished for is not what Chromium gives: it counts the size of
 * the picture for more.
 */
function constraints({ picture, sound, facing, deviceId }: CameraRequest): MediaStreamConstraints {
  const video: MediaTrackConstraints = {
    width: { ideal: 1920 },
    height: { ideal: 1080 },
    ...(deviceId === undefined ? { facingMode: { ideal: facing } } : { deviceId: { exact: deviceId } }),
  };
  return { video: picture && video, audio: sound };
}

/** A camera that is gone since it was listed is wished for instead of demanded. */
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
 * An answer may take minutes, or never come: whoever turned away meanwhile does not wait, and gets
 * no camera.
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
 * What to ask for after a first failure that came without asking the person: a busy camera once
 * more and without wishes, a camera without a microphone alone.
 */
function fallbackFor(request: CameraRequest, { code }: SnapError): MediaStreamConstraints | null {
  if (code === 'camera-busy')
    return request.only ? constraints(request) : { video: request.picture, audio: request.sound };
  if (code === 'camera-missing' && request.picture && request.sound)
    return constraints({ ...request, sound: false });
  return null;
}

/**
 * Why the person was asked in vain, or was not asked at all. Throws the signal's reason when nobody
 * wants to know any more.
 */
async function failure(thrown: unknown, request: CameraRequest, signal: AbortSignal): Promise<SnapError> {
  signal.throwIfAborted();
  const error = cameraError(thrown);
  if (error.code !== 'camera-denied') return error;
  const refused = await explainDenial(request, error);
  signal.throwIfAborted();
  return refused;
}

/** Refusals of which nobody knows whether they were one. */
const unexplained = new WeakSet<SnapError>();

/**
 * Whether the browser kept to itself why it has refused: the site may be blocked, or the question
 * was closed.
 */
export function isUnexplained(error: SnapError): boolean {
  return unexplained.has(error);
}

/**
 * A question that was closed without an answer is not a refusal: nothing is blocked, and the
 * browser will ask again. Chromium says so in its message; by the specification, the permission is
 * still to be asked for then. A browser that blocks a site whose questions are closed too often
 * says `denied`.
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
 * Tells apart what `getUserMedia` throws (W3C Media Capture and Streams, section 10.2.1), where
 * browsers agree in name at least.
 */
export function cameraError(thrown: unknown): SnapError {
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: '' };
  switch (name) {
    case 'NotAllowedError':
      // Chromium's word for a refusal by macOS, Windows or Android.
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
      // NotReadableError; in Firefox AbortError as well.
      return SnapError.from(thrown, 'camera-busy');
  }
}
