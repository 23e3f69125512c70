import { expect } from '@open-wc/testing';
import { decodingCost, isAffordable } from '../../../src/capture/image/decoding-cost.js';
import { readRasterHeader } from '../../../src/capture/image/raster-header.js';
import {
  avifHeadOf,
  bmpHeadOf,
  gifOf,
  largeJpeg,
  pngClaiming,
  progressiveHeadOf,
  webpHeadOf,
} from '../support/pictures.js';

describe('decodingCost', () => {
  /** In bytes a pixel, at full size and at an eighth. */
  const pictures: [what: string, picture: Blob | Promise<Blob>, whole: number, eighth: number][] = [
    ['a PNG', pngClaiming(100, 80), 4, Infinity],
    ['an interlaced PNG', pngClaiming(100, 80, { interlaced: true }), 8, Infinity],
    ['a PNG with 16 bits a sample', pngClaiming(100, 80, { depth: 16 }), 8, Infinity],
    ['a lossless WebP', webpHeadOf(100, 80), 8, Infinity],
    ['a GIF', gifOf(100, 80), 4, Infinity],
    ['a BMP', bmpHeadOf(100, 80), 8, Infinity],
    ['an AVIF', avifHeadOf(100, 80), 8, Infinity],
    ['a baseline JPEG', largeJpeg(100, 80), 4, 1 / 16],
    ['a progressive JPEG', progressiveHeadOf(100, 80), 10, 6 + 1 / 16],
    ['a tiny file that claims 16 megapixels', pngClaiming(4000, 4000), Infinity, Infinity],
    ['a picture with a side of 40,000 pixels', pngClaiming(40_000, 1), Infinity, Infinity],
  ];
  for (const [what, picture, whole, eighth] of pictures)
    it(`is ${whole} bytes a pixel for ${what}`, async () => {
      const blob = await picture;
      const header = (await readRasterHeader(blob))!;
      const pixels = header.width * header.height;
      expect(await decodingCost(blob, header)).to.deep.equal({
        whole: whole * pixels,
        eighth: eighth * pixels,
      });
    });
});

describe('isAffordable', () => {
  it('allows up to 192 MiB', () => {
    expect([192 * 2 ** 20, 192 * 2 ** 20 + 1, Infinity].map(isAffordable)).to.deep.equal([
      true,
      false,
      false,
    ]);
  });
});
