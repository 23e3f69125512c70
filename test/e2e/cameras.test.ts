import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import { Stage, cameraLive } from './support/stage.js';

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
