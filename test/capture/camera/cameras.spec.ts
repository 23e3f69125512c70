import { expect } from '@open-wc/testing';
import { choicesOf, listCameras } from '../../../src/capture/camera/cameras.js';
import { FakeDevices } from '../../elements/support/fake-camera.js';

type Known = readonly [label: string, reported?: string];

describe('the list of cameras', () => {
  let devices: FakeDevices;
  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  async function choices(...known: readonly Known[]): Promise<string[]> {
    devices.replace(navigator.mediaDevices, 'enumerateDevices', () =>
      Promise.resolve([
        { kind: 'audioinput', deviceId: 'mic', label: 'Microphone', groupId: 'mic' },
        ...known.map(([label, facing], index) => ({
          kind: 'videoinput',
          deviceId: `id${index}`,
          groupId: `group${index}`,
          label,
          getCapabilities: () => (facing ? { facingMode: [facing] } : {}),
        })),
      ]),
    );
    return choicesOf(await listCameras(undefined)).map(({ label, facing }) => `${label}|${facing}`);
  }

  const table: readonly (readonly [string, readonly Known[], readonly string[]])[] = [
    [
      'USB cameras in Chromium, without the numbers that only programs need',
      [['HD Pro Webcam C920 (046d:082d)'], ['Integrated  Camera (04F2:b6d9)']],
      ['HD Pro Webcam C920|null', 'Integrated Camera|null'],
    ],
    [
      'two of one make, with a number each',
      [['HD Pro Webcam C920 (046d:082d)'], ['HD Pro Webcam C920 (046d:082d)']],
      ['HD Pro Webcam C920 1|null', 'HD Pro Webcam C920 2|null'],
    ],
    [
      'a phone with Android, whose labels say no more than the side',
      [['camera2 1, facing front'], ['camera2 0, facing back'], ['camera2 2, facing back', 'environment']],
      ['|user', '|environment', '|environment'],
    ],
    [
      'Firefox on a phone',
      [['Front facing camera'], ['Facing back:0'], ['Back facing camera']],
      ['|user', '|environment', '|environment'],
    ],
    [
      'an iPhone, whose lenses have names in the language of the person',
      [
        ['Front Camera', 'user'],
        ['Back Ultra Wide Camera', 'environment'],
        ['Двойная камера', 'environment'],
      ],
      ['|user', 'Back Ultra Wide Camera|environment', 'Двойная камера|environment'],
    ],
    [
      'a program that pretends to be a camera, last',
      [['OBS Virtual Camera (m-de:vice)'], ['FaceTime HD Camera (3A71:F4B5)']],
      ['FaceTime HD Camera|null', 'OBS Virtual Camera|null'],
    ],
    ['a device without a camera', [], []],
  ];
  for (const [what, known, expected] of table) {
    it(`names ${what}`, async () => expect(await choices(...known)).to.deep.equal(expected));
  }

  it('is empty where the browser lists nothing', async () => {
    devices.replace(navigator.mediaDevices, 'enumerateDevices', () =>
      Promise.reject(new DOMException('', 'NotAllowedError')),
    );
    expect(await listCameras(undefined)).to.be.empty;
  });
});
