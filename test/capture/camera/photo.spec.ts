import { expect } from '@open-wc/testing';
import { takePhoto } from '../../../src/capture/camera/photo.js';
import { stillCamera } from '../../elements/support/fake-camera.js';
import { pictureOf, turned } from '../support/pictures.js';

describe('takePhoto', () => {
  const hasExif = async (blob: Blob): Promise<boolean> => /exif/i.test(await blob.text());

  // claim: #photo-has-no-place
  it('writes neither location nor device into a photo', async () => {
    const video = Object.assign(document.createElement('video'), { srcObject: stillCamera(), muted: true });
    await video.play();
    for (const format of ['jpeg', 'webp', 'png'] as const) {
      const { file } = await takePhoto(video, { format, quality: 0.9, maxEdge: 0 });
      expect(file.type).to.equal(`image/${format}`);
      expect(await hasExif(file)).to.be.false;
    }
    expect(await hasExif(turned(await pictureOf('image/jpeg', 4, 4), 6))).to.be.true;
  });
});
