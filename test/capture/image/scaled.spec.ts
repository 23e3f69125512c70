import { expect } from '@open-wc/testing';
import { canDecodeDownscaled, decodeDownscaled } from '../../../src/capture/image/scaled.js';
import { largeJpeg, pictureOf, turned } from '../support/pictures.js';

describe('decodeDownscaled', () => {
  before(function () {
    if (!canDecodeDownscaled()) this.skip();
  });

  for (const [width, height, edge, picture] of [
    [4096, 3072, 512, [512, 384]],
    [1000, 2000, 100, [50, 100]],
    [12_000, 9000, 512, [512, 384]],
  ] as const)
    it(`draws a JPEG of ${width} x ${height} with a long side of ${edge}`, async () => {
      const drawn = (await decodeDownscaled(largeJpeg(width, height), { width, height }, edge))!;
      expect(drawn.size).to.deep.equal({ width, height });
      expect([drawn.picture.width, drawn.picture.height]).to.deep.equal(picture);
    });

  it('returns the upright size of a rotated JPEG', async () => {
    const jpeg = turned(await pictureOf('image/jpeg', 1600, 1200), 6);
    const { size, picture } = (await decodeDownscaled(jpeg, { width: 1600, height: 1200 }, 400))!;
    expect(size).to.deep.equal({ width: 1200, height: 1600 });
    expect([picture.width, picture.height]).to.deep.equal([300, 400]);
  });

  it('returns null for what is not a JPEG', async () => {
    expect(await decodeDownscaled(new Blob(['hello']), { width: 4000, height: 3000 }, 512)).to.be.null;
  });
});
