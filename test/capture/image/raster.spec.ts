import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, nat, property, tuple, uint8Array } from 'fast-check';
import { readPixels } from '../../../src/capture/image/canvas.js';
import { parseRasterHeader, readRasterHeader } from '../../../src/capture/image/raster-header.js';
import { openRaster } from '../../../src/capture/image/raster.js';
import {
  ascii,
  avifHeadOf,
  bmpHeadOf,
  bmpOf,
  bytes,
  gifOf,
  jpegWithNotes,
  pictureOf,
  pngClaiming,
  progressiveHeadOf,
  turned,
  webpHeadOf,
} from '../support/pictures.js';

describe('readRasterHeader', () => {
  for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
    it(`reads the size of ${type}`, async () => {
      expect(await readRasterHeader(await pictureOf(type, 37, 21))).to.deep.equal({
        type,
        width: 37,
        height: 21,
      });
    });
  }

  it('reads the size of a lossless WebP', async () => {
    const head = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8L'), 0, 0, 0, 0, 0x2f];
    const bits = (300 - 1) | ((200 - 1) << 14);
    const size = [bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, (bits >>> 24) & 255];
    expect(await readRasterHeader(bytes([...head, ...size]))).to.deep.equal({
      type: 'image/webp',
      width: 300,
      height: 200,
    });
  });

  it('reads the size of an extended WebP', async () => {
    const head = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0];
    const header = await readRasterHeader(bytes([...head, 0x2b, 1, 0, 0xc7, 0, 0]));
    expect(header).to.deep.equal({ type: 'image/webp', width: 300, height: 200 });
  });

  it('reads the size of a GIF', async () => {
    expect(await readRasterHeader(gifOf(300, 200))).to.deep.equal({
      type: 'image/gif',
      width: 300,
      height: 200,
    });
  });

  it('reads the size of a first GIF frame that is larger than the screen', async () => {
    const gif = new Uint8Array(await gifOf(1, 1).arrayBuffer());
    const frame = gif.indexOf(0x2c);
    gif.set([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], frame + 1);
    expect(parseRasterHeader(gif)).to.deep.include({ width: 65_535, height: 65_535 });
  });

  it('reads the size of a BMP, whichever row comes first', async () => {
    const header = { type: 'image/bmp', width: 5, height: 3 };
    expect(await readRasterHeader(bmpOf(5, 3))).to.deep.equal(header);
    expect(await readRasterHeader(bmpOf(5, -3))).to.deep.equal(header);
  });

  it('reads the largest size in an AVIF', async () => {
    expect(await readRasterHeader(avifHeadOf(4000, 3000))).to.deep.equal({
      type: 'image/avif',
      width: 4000,
      height: 3000,
    });
  });

  it('returns null for an AVIF sequence without a moov box', async () => {
    expect(await readRasterHeader(avifHeadOf(16, 16, 'avis'))).to.be.null;
  });

  it('reads the size of a JPEG behind 700 KB of maker notes', async () => {
    const jpeg = await jpegWithNotes(await pictureOf('image/jpeg', 40, 30), 700_000);
    expect(await readRasterHeader(jpeg)).to.deep.include({ width: 40, height: 30 });
  });

  it('returns null for everything else', async () => {
    for (const text of [
      '',
      'BM',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '%PDF-1.7',
      'GIF89a',
      '\xff\xd8\xff\xe0',
    ]) {
      expect(await readRasterHeader(bytes(ascii(text))), text).to.be.null;
    }
  });

  it('never throws, whatever the bytes', () => {
    const starts = [
      [0xff, 0xd8],
      ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
      ascii('GIF89a'),
      ascii('RIFF\0\0\0\0WEBPVP8 '),
      ascii('\0\0\0\x18ftypavif'),
      [255, 255, 255, 255, ...ascii('ftypavif')],
      [...ascii('\0\0\0\x10ftypavif\0\0\0\0'), 0, 0, 1, 0, ...ascii('meta')],
      ascii('BM'),
    ];
    const noise = array(tuple(nat({ max: 255 }), uint8Array({ maxLength: 40 })), { maxLength: 8 });
    assert(
      property(constantFrom(...starts), noise, (start, rest) => {
        const data = Uint8Array.from([...start, ...rest.flatMap(([one, more]) => [one, ...more])]);
        const header = parseRasterHeader(data);
        if (header) expect(Math.min(header.width, header.height)).to.be.above(0);
      }),
    );
  });
});

/** The type and the size of the raster, or null. */
async function found(blob: Blob): Promise<unknown> {
  const raster = await openRaster(blob);
  return raster && { type: raster.type, size: [raster.size.width, raster.size.height] };
}

describe('openRaster', () => {
  it('returns the type and the size of a picture, and a thumbnail', async () => {
    const raster = (await openRaster(await pictureOf('image/webp', 1600, 400)))!;
    expect([raster.type, raster.size]).to.deep.equal(['image/webp', { width: 1600, height: 400 }]);
    expect([raster.picture.width, raster.picture.height]).to.deep.equal([512, 128]);
  });

  it('never scales up', async () => {
    const { picture } = (await openRaster(await pictureOf('image/png', 37, 21)))!;
    expect([picture.width, picture.height]).to.deep.equal([37, 21]);
  });

  /**
   * Small ones, and large ones that are decoded at an eighth, or made smaller while they are
   * decoded.
   */
  const sizes = [
    [40, 30],
    [1600, 1200],
    [4000, 3000],
    [1201, 1200],
    [1200, 1200],
  ] as const;
  for (const [width, height] of sizes)
    for (const orientation of [1, 3, 6, 8] as const)
      it(`draws a photo of ${width} x ${height} with orientation ${orientation} upright`, async () => {
        const jpeg = turned(await pictureOf('image/jpeg', width, height), orientation);
        const { size, picture } = (await openRaster(jpeg))!;
        const upright = orientation > 4 ? [height, width] : [width, height];
        expect([size.width, size.height]).to.deep.equal(upright);
        expect(picture.width / picture.height).to.be.closeTo(upright[0]! / upright[1]!, 0.01);
        // As stored, the left half is red. Four corners, row by row.
        const { data } = readPixels(picture, { width: 2, height: 2 });
        const isRed = [0, 4, 8, 12].map((at) => data[at]! > 128);
        const left = [true, false, true, false];
        const top = [true, true, false, false];
        const expected = { 1: left, 3: left.map((each) => !each), 6: top, 8: top.map((each) => !each) };
        expect(isRed).to.deep.equal(expected[orientation]);
      });

  it('draws the colours of the picture', async () => {
    for (const type of ['image/jpeg', 'image/png', 'image/webp'])
      for (const width of [40, 1600]) {
        const { picture } = (await openRaster(await pictureOf(type, width, width)))!;
        const red = readPixels(picture, { width: 4, height: 2 }).data[0];
        expect(red, `${type} ${width}`).to.be.closeTo(0xcc, 3);
      }
  });

  // claim: #decode-50-megapixels
  it('never decodes a picture of more than 50 megapixels at full size', async () => {
    expect(await decodes(await pngClaiming(30_000, 30_000))).to.equal(0);
    expect(await decodes(await pngClaiming(40_000, 1))).to.equal(0);
    expect(await decodes(avifHeadOf(65_535, 65_535))).to.equal(0);
  });

  const heavy: [what: string, picture: () => Promise<Blob> | Blob][] = [
    ['more pixels than its bytes can hold', () => pngClaiming(7000, 7000)],
    ['two copies of an interlaced PNG', () => padded(pngClaiming(7000, 7000, { interlaced: true }))],
    ['16 bits a sample', () => padded(pngClaiming(7000, 7000, { depth: 16 }))],
    ['two copies of a lossless WebP', () => padded(webpHeadOf(7000, 7000))],
    ['the coefficients of a progressive JPEG', () => padded(progressiveHeadOf(7000, 7000))],
    ['two copies of a BMP', () => padded(bmpHeadOf(7000, 7000))],
    ['the colour depth of an AVIF', () => padded(avifHeadOf(7000, 7000))],
  ];
  for (const [what, picture] of heavy)
    // claim: #decode-progressive-jpeg
    it(`never decodes a picture that would take too much memory for ${what}`, async () => {
      expect(await decodes(await picture())).to.equal(0);
    });

  it('decodes 50 megapixels of a format that takes four bytes a pixel', async () => {
    expect(await decodes(await padded(pngClaiming(8160, 6144)))).to.be.above(0);
  });

  // claim: #decode-type-must-match
  it('rejects a picture of another type than it claims', async () => {
    const png = await pictureOf('image/png', 4, 4);
    expect(await found(new Blob([png], { type: 'image/jpeg' }))).to.be.null;
    expect(await found(new Blob([png], { type: 'image/svg+xml' }))).to.be.null;
    expect(await found(new Blob([png], { type: 'text/html' }))).to.be.null;
  });

  it('rejects what begins like a picture but cannot be decoded', async () => {
    expect(await found(avifHeadOf(16, 16))).to.be.null;
    expect(await found((await pictureOf('image/jpeg', 40, 30)).slice(0, 30))).to.be.null;
    expect(await found(await pngClaiming(0, 5))).to.be.null;
  });

  // claim: #no-svg
  it('rejects SVG', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';
    expect(await found(new Blob([svg], { type: 'image/svg+xml' }))).to.be.null;
    expect(await found(new Blob([svg]))).to.be.null;
  });

  for (const [width, height] of [
    [400, 300],
    [4000, 3000],
  ] as const)
    for (const type of ['image/jpeg', 'image/png'])
      it(`draws a truncated ${type} of ${width} x ${height} as far as it goes`, async () => {
        const whole = await pictureOf(type, width, height);
        expect(await found(whole.slice(0, whole.size / 2, type))).to.deep.equal({
          type,
          size: [width, height],
        });
      });

  it('never starts a decoding whose signal is aborted', async () => {
    const gone = new AbortController();
    gone.abort(new Error('removed'));
    const opened = openRaster(await pictureOf('image/png', 40, 30), { signal: gone.signal });
    expect(await opened.catch(String)).to.equal('Error: removed');
  });
});

/** How many decodings `openRaster` starts for `blob`, by any browser API. */
async function decodes(blob: Blob): Promise<number> {
  const { createImageBitmap, Image, ImageDecoder } = globalThis;
  let begun = 0;
  const refuse = (): Promise<never> => Promise.reject(new Error(`decodes ${++begun}`));
  globalThis.createImageBitmap = refuse;
  globalThis.Image = class extends Image {
    override decode = refuse;
  };
  if (typeof ImageDecoder !== 'undefined')
    globalThis.ImageDecoder = class extends ImageDecoder {
      override decode = refuse;
    };
  try {
    expect(await openRaster(blob)).to.be.null;
  } finally {
    Object.assign(globalThis, { createImageBitmap, Image, ImageDecoder });
  }
  return begun;
}

/** Appends bytes, so that the number of pixels is plausible for the size of the file. */
async function padded(picture: Blob | Promise<Blob>): Promise<Blob> {
  const { type } = await picture;
  return new Blob([await picture, new Uint8Array(100_000)], { type });
}
