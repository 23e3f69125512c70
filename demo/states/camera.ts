import type { SnapErrorCode } from '../../src/errors.js';
import type { SnapCamera } from '../../src/elements/snap-camera/snap-camera.js';
import type { HubElement } from '../../src/hub/hub-element.js';
import { fakePhoto, fakeTransfer } from '../fake-hub.js';
import { peers } from './specimen.js';
import type { Specimen } from './specimen.js';
import { withDevices } from './devices.js';
import type { Devices } from './devices.js';

export type CameraState = Specimen<'snap-camera'>;
type Attributes = Readonly<Record<string, string>>;

const landscape: Devices = { picture: [1280, 720] };
const portrait: Devices = { picture: [720, 1280] };

/** Every failure of a camera that comes before its picture, and what the browser does then. */
const failures: readonly [code: SnapErrorCode, title: string, devices: Devices][] = [
  ['camera-denied', 'is blocked', refusal('NotAllowedError')],
  ['camera-dismissed', 'was not answered', { ...refusal('NotAllowedError'), state: 'prompt' }],
  ['camera-denied-by-system', 'is blocked by the system', refusal('NotAllowedError', 'denied by system')],
  ['camera-blocked-by-policy', 'may not be used by this page', refusal('SecurityError')],
  ['camera-insecure', 'is on an insecure page', { lacking: 'security' }],
  ['camera-missing', 'is not there', refusal('NotFoundError')],
  ['camera-busy', 'is busy', refusal('NotReadableError')],
  ['camera-unsupported', 'cannot be used in this browser', { lacking: 'devices' }],
];

const twoSent: Partial<HubElement> = {
  state: 'connected',
  peers,
  transfers: [
    fakeTransfer('delivered', { to: ['delivered', 'delivered'] }),
    fakeTransfer('sending', { loaded: 420_000, to: ['delivered', 'sending'] }),
  ],
};

export const cameraStates: readonly CameraState[] = [
  state('off', 'is off', () => undefined),
  state('asking', 'is asking', start({ permission: 'prompt' })),
  state('starting', 'is starting', start({ permission: 'granted' })),
  state('live', 'is on', start(landscape)),
  state('live-portrait', 'is on, held upright', start(portrait)),
  state('live-two-cameras', 'is on, and there is another', start({ ...landscape, cameras: 2 })),
  state('live-three-cameras', 'is on, and there are two more', start({ ...landscape, cameras: 3 })),
  state('sending', 'is on, and a photo is on its way', start(landscape), { shutter: 'send' }, twoSent),
  state(
    'sending-portrait',
    'is held upright, and a photo is on its way',
    start(portrait),
    { shutter: 'send' },
    {
      ...twoSent,
      pending: [await fakePhoto(200), await fakePhoto(20)],
    },
  ),
  state('video', 'is on, for clips', start({ ...landscape, cameras: 2 }), { mode: 'video' }),
  state('paused', 'is paused', (camera) =>
    on(camera, landscape, () => picture(camera)?.dispatchEvent(new Event('mute'))),
  ),
  state(
    'counting',
    'counts down',
    (camera) => on(camera, landscape, () => void camera.snap().catch(() => undefined)),
    { countdown: '90' },
  ),
  state('recording', 'is recording', (camera) => on(camera, landscape, () => camera.record()), {
    mode: 'video',
  }),
  state(
    'recording-failed',
    'could not record',
    (camera) => on(camera, { ...landscape, recorder: false }, () => camera.record().catch(() => undefined)),
    { mode: 'video' },
  ),
  state('capture-failed', 'could not take the photo', (camera) =>
    on(camera, { ...landscape, encoder: false }, () => camera.snap().catch(() => undefined)),
  ),
  state('unplugged', 'was unplugged', (camera) =>
    on(camera, landscape, () => picture(camera)?.dispatchEvent(new Event('ended'))),
  ),
  ...failures.map(([code, title, devices]) => state(code.replace('camera-', ''), title, start(devices))),

  state('microphone-off', 'as a microphone, is off', () => undefined, { mode: 'audio' }),
  state('microphone-asking', 'as a microphone, is asking', start({ permission: 'prompt' }), {
    mode: 'audio',
  }),
  state('microphone-live', 'as a microphone, is on', start({ sound: true }), { mode: 'audio' }),
  state(
    'microphone-recording',
    'as a microphone, is recording',
    // A page that nobody has touched hears nothing, and the recorder waits.
    (camera) => on(camera, { sound: true }, () => void camera.record()),
    { mode: 'audio' },
  ),
  ...failures.map(([code, title, devices]) =>
    state(code.replace('camera-', 'microphone-'), `as a microphone, ${title}`, start(devices), {
      mode: 'audio',
    }),
  ),
];

export function state(
  id: string,
  title: string,
  act: NonNullable<CameraState['act']>,
  attributes: Attributes = {},
  hub: Partial<HubElement> = {},
): CameraState {
  return { id, title, tag: 'snap-camera', hub, attributes, act };
}

function refusal(name: string, message = ''): Devices {
  return { refusal: new DOMException(message, name) };
}

/** Turns the camera on with these devices; does not wait for devices that never answer. */
export function start(devices: Devices): (camera: SnapCamera) => Promise<void> {
  return (camera) => on(camera, devices, () => undefined);
}

export async function on(camera: SnapCamera, devices: Devices, then: () => unknown): Promise<void> {
  await camera.updateComplete;
  await withDevices(devices, async () => {
    const started = camera.start().catch(() => undefined);
    await (devices.permission ? undefined : started);
    await then();
  });
}

export function picture(camera: SnapCamera): MediaStreamTrack | undefined {
  const video = camera.shadowRoot!.querySelector('video')!;
  return (video.srcObject as MediaStream).getVideoTracks()[0];
}
