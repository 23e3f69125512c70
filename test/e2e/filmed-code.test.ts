import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import jsQR from 'jsqr';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { film, qrPicture } from '../support/filmed.js';
import { Stage, cameraLive, items } from './support/stage.js';

describe('a camera that films a QR code', () => {
  const text = `snaptrail ${Math.random()}`;
  let camera: string;
  let stage: Stage;
  before(async () => {
    camera = await film(qrPicture(text));
    stage = await Stage.open({ camera });
  });
  after(async () => {
    await stage.close();
    await rm(dirname(camera), { recursive: true });
  });

  it('delivers a photo in which the other page can read it', async () => {
    const [one, two] = await stage.meet(2);
    await cameraLive(one!);
    await one!.getByRole('button', { name: 'Snap & Send', exact: true }).click();
    await items(two!, 1);
    const { data, width, height } = await two!.evaluate(async () => {
      const bitmap = await createImageBitmap(
        document.querySelector<PhotoTrail>('photo-trail')!.items[0]!.file,
      );
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const image = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return { data: [...image.data], width: image.width, height: image.height };
    });
    assert.deepEqual([width, height], [640, 480]);
    const decode = jsQR as unknown as typeof jsQR.default;
    assert.equal(decode(Uint8ClampedArray.from(data), width, height)?.data, text);
  });
});
