import type { SnapCamera } from '../../src/elements/snap-camera/snap-camera.js';
import { fakePhoto, fakeTransfer } from '../fake-hub.js';
import { on, picture, start, state } from './camera.js';
import type { CameraState } from './camera.js';
import type { Devices } from './devices.js';
import { peers, press } from './specimen.js';

const landscape: Devices = { picture: [1280, 720], cameras: 2 };
const portrait: Devices = { picture: [720, 1280], cameras: 2 };

const preview = (await fakePhoto(20, { width: 160, height: 120 })).file;
const waiting = await Promise.all([20, 80, 200].map((hue) => fakePhoto(hue)));

/** A camera whose shutter is in its picture: what lies around it, and what was captured. */
export const shutterStates: readonly CameraState[] = [
  state('off-modes', 'is off, and offers modes', () => undefined, { modes: 'photo video audio' }),
  state(
    'shutter-pending',
    'has photos that wait',
    start(portrait),
    { shutter: 'snap', modes: 'photo video' },
    {
      state: 'connected',
      peers,
      pending: waiting,
    },
  ),
  state(
    'shutter-delivered',
    'has delivered its photo',
    start(landscape),
    { shutter: 'send' },
    { state: 'connected', peers, transfers: [fakeTransfer('delivered', { preview, to: ['delivered'] })] },
  ),
  state(
    'shutter-failed',
    'could not deliver its photo',
    start(portrait),
    { shutter: 'send' },
    {
      state: 'connected',
      peers,
      transfers: [fakeTransfer('failed', { preview, to: ['failed'], error: 'peer-unreachable' })],
    },
  ),
  state('shutter-lens', 'has a light and a zoom', lens, { shutter: 'snap', modes: 'photo video audio' }),
  state(
    'review',
    'shows the last photo',
    (camera) =>
      on(camera, landscape, async () => {
        await camera.updateComplete;
        await press(camera, '.last');
      }),
    { shutter: 'snap' },
    { state: 'connected', peers, pending: waiting },
  ),
  state(
    'review-sending',
    'shows a photo that is on its way',
    (camera) =>
      on(camera, portrait, async () => {
        await camera.updateComplete;
        await press(camera, '.last');
      }),
    { shutter: 'send' },
    {
      state: 'connected',
      peers,
      transfers: [fakeTransfer('sending', { preview, loaded: 420_000, to: ['sending'] })],
    },
  ),
  state(
    'recording-paused',
    'has paused its recording',
    (camera) =>
      on(camera, landscape, async () => {
        await camera.record();
        await press(camera, '[part=pause]');
      }),
    { mode: 'video', shutter: 'snap' },
  ),
];

async function lens(camera: SnapCamera): Promise<void> {
  await on(camera, { ...portrait, cameras: 3 }, () => {
    const zoom = { min: 1, max: 8, step: 0.1 };
    Object.assign(picture(camera)!, { getCapabilities: () => ({ torch: true, zoom }) });
    camera.requestUpdate();
  });
}
