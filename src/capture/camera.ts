import { SnapError } from '../errors.js';
import { orAborted, wait } from './wait.js';

/** What is asked of the devices. Nothing in it is a demand: a camera that cannot do it gives what it can. */
export interface CameraWish {
  readonly picture: boolean;
  readonly sound: boolean;
  readonly facing: 'user' | 'environment';
  /** One camera in particular, where `facing` does not tell them apart. */
  readonly deviceId?: string | undefined;
}

/** In ms. A phone's camera that was just let go, by this page or another program, needs a moment. */
const SETTLING = 400;

/**
 * Opens the camera, the microphone or both; the browser asks the person where it has to. Rejects with a `SnapError` of one of the
 * `camera-…` codes; with the signal's reason once that is aborted, and a stream that comes too late is stopped at once.
 */
export async function openCamera(wish: CameraWish, signal: AbortSignal): Promise<MediaStream> {
  mayAsk(wish);
  try {
    return await ask(constraints(wish), signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const looser = second(wish, cameraError(thrown));
    if (!looser) throw cameraError(thrown);
    await wait(SETTLING, signal);
    return await ask(looser, signal).catch((again: unknown) => {
      signal.throwIfAborted();
      throw cameraError(again);
    });
  }
}

/** Lets the devices go: their lights go out. */
export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** What can be known without asking. */
function mayAsk(wish: CameraWish): void {
  if (!isSecureContext) throw new SnapError('camera-insecure');
  // Missing in the browsers inside of some apps. The types do not know.
  const { mediaDevices } = navigator as { mediaDevices?: Partial<MediaDevices> };
  if (!mediaDevices?.getUserMedia) throw new SnapError('camera-unsupported');
  const feature = wish.picture ? 'camera' : 'microphone';
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

/** Only wishes: `exact` turns a small difference between devices into "no camera". */
function constraints({ picture, sound, facing, deviceId }: CameraWish): MediaStreamConstraints {
  const video: MediaTrackConstraints = {
    width: { ideal: 1920 },
    height: { ideal: 1080 },
    ...(deviceId === undefined ? { facingMode: { ideal: facing } } : { deviceId: { ideal: deviceId } }),
  };
  return { video: picture && video, audio: sound };
}

/** An answer may take minutes, or never come: whoever turned away meanwhile does not wait, and gets no camera. */
function ask(wanted: MediaStreamConstraints, signal: AbortSignal): Promise<MediaStream> {
  const stream = navigator.mediaDevices.getUserMedia(wanted);
  const late = (opened: MediaStream): void => {
    if (signal.aborted) stopStream(opened);
  };
  stream.then(late, () => undefined);
  return orAborted(stream, signal);
}

/**
 * What to ask for after a first failure that came without asking the person: a busy camera once more and without wishes, a camera without a
 * microphone alone.
 */
function second(wish: CameraWish, { code }: SnapError): MediaStreamConstraints | null {
  if (code === 'camera-busy') return { video: wish.picture, audio: wish.sound };
  if (code === 'camera-missing' && wish.picture && wish.sound) return constraints({ ...wish, sound: false });
  return null;
}

/** Tells apart what `getUserMedia` throws (W3C Media Capture and Streams, section 10.2.1), where browsers agree in name at least. */
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
