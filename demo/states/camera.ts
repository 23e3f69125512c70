import type { SnapCamera } from '../../src/elements/snap-camera/snap-camera.js';
import type { Specimen } from './specimen.js';
import { withDevices } from './devices.js';
import type { Devices } from './devices.js';

type CameraState = Specimen<'snap-camera'>;

const refusals: readonly [title: string, name: string, message?: string][] = [
  ['is blocked', 'NotAllowedError'],
  ['is blocked by the system', 'NotAllowedError', 'Permission denied by system'],
  ['may not be used by this page', 'SecurityError'],
  ['is not there', 'NotFoundError'],
  ['is busy', 'NotReadableError'],
  ['cannot be used in this browser', 'NotSupportedError'],
];

export const cameraStates: readonly CameraState[] = [
  state('is off', {}, () => undefined),
  state('as a microphone, is off', { mode: 'audio' }, () => undefined),
  state('is asking', {}, start({ permission: 'prompt' })),
  state('is starting', {}, start({ permission: 'granted' })),
  state('is on', {}, start({ picture: [1280, 720] })),
  state('is on, held upright', {}, start({ picture: [720, 1280] })),
  state('is on, and there is another', {}, start({ picture: [1280, 720], cameras: 2 })),
  state('is on, for clips', { mode: 'video' }, start({ picture: [1280, 720], cameras: 2 })),
  state('as a microphone, is on', { mode: 'audio' }, start({ sound: true })),
  state('is paused', {}, (camera) =>
    on(camera, { picture: [1280, 720] }, () => {
      picture(camera)?.dispatchEvent(new Event('mute'));
    }),
  ),
  state('counts down', { countdown: '90' }, (camera) =>
    on(camera, { picture: [1280, 720] }, () => void camera.snap().catch(() => undefined)),
  ),
  state('is recording', { mode: 'video' }, (camera) =>
    on(camera, { picture: [1280, 720] }, () => camera.record()),
  ),
  state('could not record', { mode: 'video' }, (camera) =>
    on(camera, { picture: [1280, 720], recorder: false }, () => camera.record().catch(() => undefined)),
  ),
  ...['photo', 'audio'].flatMap((mode) =>
    refusals.map(([title, name, message = '']) =>
      state(
        mode === 'audio' ? `as a microphone, ${title}` : title,
        { mode },
        start({ refusal: new DOMException(message, name) }),
      ),
    ),
  ),
];

function state(
  title: string,
  attributes: Readonly<Record<string, string>>,
  act: NonNullable<CameraState['act']>,
): CameraState {
  return { title, tag: 'snap-camera', hub: {}, attributes, act };
}

/** Turns the camera on with these devices; does not wait for devices that never answer. */
function start(devices: Devices): (camera: SnapCamera) => Promise<void> {
  return (camera) => on(camera, devices, () => undefined);
}

async function on(camera: SnapCamera, devices: Devices, then: () => unknown): Promise<void> {
  await camera.updateComplete;
  await withDevices(devices, async () => {
    const started = camera.start().catch(() => undefined);
    await (devices.permission ? undefined : started);
    await then();
  });
}

function picture(camera: SnapCamera): MediaStreamTrack | undefined {
  const video = camera.shadowRoot!.querySelector('video')!;
  return (video.srcObject as MediaStream).getVideoTracks()[0];
}
