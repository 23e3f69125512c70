import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { film } from '../support/filmed.js';
import { Stage, cameraLive, items } from './support/stage.js';

/** The label of the camera's track. Chromium's fake cameras do not say which way they face. */
const label = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const video = document.querySelector('snap-camera')!.shadowRoot!.querySelector('video')!;
    return (video.srcObject as MediaStream).getVideoTracks()[0]!.label;
  });

const switchCamera = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Switch camera' }).click();
  await cameraLive(page);
  return label(page);
};

for (const count of [2, 3]) {
  describe(`a camera on a device with ${count} cameras of unknown facing mode`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.open({ args: [`--use-fake-device-for-media-stream=device-count=${count},fps=5`] });
    });
    afterEach(() => stage.clear());
    after(() => stage.close());

    it('is switched to each of them in turn by “Switch camera”', async () => {
      const page = await stage.visit();
      await cameraLive(page);
      const cameras = Array.from({ length: count }, (_, index) => `fake_device_${index}`);
      const seen = [await label(page)];
      for (let press = 0; press < count + 1; press++) seen.push(await switchCamera(page));
      assert.deepEqual(seen, [...cameras, ...cameras].slice(0, count + 2));
    });

    it('stays the one switched to when it is turned off and on', async () => {
      const page = await stage.visit();
      await cameraLive(page);
      await switchCamera(page);
      await page.getByRole('button', { name: 'Turn off camera' }).click();
      await page.getByRole('button', { name: 'Turn on camera' }).click();
      await cameraLive(page);
      assert.equal(await label(page), 'fake_device_1');
    });

    it('stays the one switched to after a reload', async () => {
      const page = await stage.visit();
      await cameraLive(page);
      await switchCamera(page);
      await page.reload();
      await cameraLive(page);
      assert.equal(await label(page), 'fake_device_1');
    });
  });
}

/** The brightness of each quarter of a film: above left, above right, below left, below right. */
const QUARTERS = [40, 100, 160, 220];

for (const [name, width, height] of [
  ['portrait', 480, 640],
  ['landscape', 640, 480],
] as const)
  describe(`a camera with a ${name} feed`, () => {
    let stage: Stage;
    let camera: string;
    before(async () => {
      const light = Uint8Array.from({ length: width * height }, (_, at) => {
        const [column, row] = [at % width, Math.floor(at / width)];
        return QUARTERS[Number(column >= width / 2) + 2 * Number(row >= height / 2)]!;
      });
      camera = await film({ width, height, light });
      stage = await Stage.open({ camera });
    });
    after(async () => {
      await stage.close();
      await rm(dirname(camera), { recursive: true });
    });

    it(`gives a ${name} photo, whole and the right way round, in the other page`, async () => {
      const [phone, desk] = await stage.meet(2);
      await cameraLive(phone!);
      await phone!.getByRole('button', { name: 'Snap & Send' }).click();
      await items(desk!, 1);
      const photo = await desk!.evaluate(async () => {
        const [item] = document.querySelector<PhotoTrail>('photo-trail')!.items;
        const bitmap = await createImageBitmap(item!.file);
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        // Near its corners: nothing is cut off.
        const lights = [0.03, 0.97].flatMap((down) =>
          [0.03, 0.97].map((along) => context.getImageData(along * width, down * height, 1, 1).data[1]!),
        );
        return { size: [item!.width, item!.height, width, height], lights };
      });
      assert.deepEqual(photo.size, [width, height, width, height]);
      const steps = photo.lights.slice(1).map((light, at) => light - photo.lights[at]!);
      assert.ok(
        steps.every((step) => step > 40),
        `the lights of its quarters: ${photo.lights.join(', ')}`,
      );
    });
  });

describe('a camera on a device with no other', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  it('has no “Switch camera” button', async () => {
    const page = await stage.visit();
    await cameraLive(page);
    await page.getByRole('button', { name: 'Turn off camera' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Switch camera' }).count(), 0);
  });
});
