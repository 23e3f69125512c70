import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, nat, property, tuple, uint8Array } from 'fast-check';
import { parseRasterHeader, readRasterHeader } from '../../src/capture/raster-header.js';
import { openRaster, tryRaster } from '../../src/capture/raster.js';
import {
  ascii,
  avifHeadOf,
  bmpOf,
  bytes,
  gifOf,
  jpegWithNotes,
  pictureOf,
  pngClaiming,
  turned,
} from './pictures.js';

describe('readRasterHeader', () => {
  for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
    it(`tells the size of ${type}`, async () => {
      expect(await readRasterHeader(await pictureOf(type, 37, 21))).to.deep.equal({
        type,
        width: 37,
        height: 21,
      });
    });
  }

  it('tells the size of a lossless WebP', async () => {
    const head = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8L'), 0, 0, 0, 0, 0x2f];
    const bits = (300 - 1) | ((200 - 1) << 14);
    const size = [bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, (bits >>> 24) & 255];
    expect(await readRasterHeader(bytes([...head, ...size]))).to.deep.equal({
      type: 'image/webp',
      width: 300,
      height: 200,
    });
  });

  it('tells the size of an extended WebP', async () => {
    const head = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0];
    const header = await readRasterHeader(bytes([...head, 0x2b, 1, 0, 0xc7, 0, 0]));
    expect(header).to.deep.equal({ type: 'image/webp', width: 300, height: 200 });
  });

  it('tells the size of a GIF', async () => {
    expect(await readRasterHeader(gifOf(300, 200))).to.deep.equal({
      type: 'image/gif',
      width: 300,
      height: 200,
    });
  });

  it('counts a first frame of a GIF that is larger than its screen', async () => {
    const gif = new Uint8Array(await gifOf(1, 1).arrayBuffer());
    const frame = gif.indexOf(0x2c);
    gif.set([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], frame + 1);
    expect(parseRasterHeader(gif)).to.deep.include({ width: 65_535, height: 65_535 });
  });

  it('tells the size of a BMP, whichever row comes first', async () => {
    const header = { type: 'image/bmp', width: 5, height: 3 };
    expect(await readRasterHeader(bmpOf(5, 3))).to.deep.equal(header);
    expect(await readRasterHeader(bmpOf(5, -3))).to.deep.equal(header);
  });

  it('tells the largest size in an AVIF', async () => {
    expect(await readRasterHeader(avifHeadOf(4000, 3000))).to.deep.equal({
      type: 'image/avif',
      width: 4000,
      height: 3000,
    });
  });

  it('leaves AVIF sequences alone', async () => {
    expect(await readRasterHeader(avifHeadOf(16, 16, 'avis'))).to.be.null;
  });

  it('finds the size of a JPEG behind a long profile', async () => {
    const jpeg = await jpegWithNotes(await pictureOf('image/jpeg', 40, 30), 700_000);
    expect(await readRasterHeader(jpeg)).to.deep.include({ width: 40, height: 30 });
  });

  it('takes nothing else for a picture', async () => {
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

  it('ends, and throws nothing, whatever the bytes', () => {
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

/** What both ways to decode a picture find: by its pixels, and as an `<img>`. */
const decoders = {
  async openRaster(blob: Blob) {
    const raster = await openRaster(blob);
    return raster && { type: raster.type, size: [raster.bitmap.width, raster.bitmap.height] };
  },
  async tryRaster(blob: Blob) {
    const found = await tryRaster(blob);
    return found && { type: found.type, size: [found.size.width, found.size.height] };
  },
};

for (const [name, decode] of Object.entries(decoders))
  describe(name, () => {
    it('decodes a picture', async () => {
      const picture = await pictureOf('image/webp', 37, 21);
      expect(await decode(picture)).to.deep.equal({ type: 'image/webp', size: [37, 21] });
    });

    it('puts a photo upright', async () => {
      const jpeg = turned(await pictureOf('image/jpeg', 40, 30), 6);
      expect((await decode(jpeg))!.size).to.deep.equal([30, 40]);
    });

    it('never decodes a picture of more than 64 megapixels', async () => {
      const { createImageBitmap, Image } = globalThis;
      let decoded = 0;
      globalThis.createImageBitmap = () => Promise.reject(new Error(`decodes ${++decoded}`));
      globalThis.Image = class extends Image {
        override decode(): Promise<void> {
          return Promise.reject(new Error(`decodes ${++decoded}`));
        }
      };
      try {
        expect(await decode(await pngClaiming(30_000, 30_000))).to.be.null;
        expect(await decode(await pngClaiming(40_000, 1))).to.be.null;
        expect(await decode(avifHeadOf(65_535, 65_535))).to.be.null;
      } finally {
        Object.assign(globalThis, { createImageBitmap, Image });
      }
      expect(decoded).to.equal(0);
    });

    it('refuses a picture that is not what its type says', async () => {
      const png = await pictureOf('image/png', 4, 4);
      expect(await decode(new Blob([png], { type: 'image/jpeg' }))).to.be.null;
      expect(await decode(new Blob([png], { type: 'image/svg+xml' }))).to.be.null;
      expect(await decode(new Blob([png], { type: 'text/html' }))).to.be.null;
    });

    it('refuses what begins as a picture and is none', async () => {
      expect(await decode(avifHeadOf(16, 16))).to.be.null;
      expect(await decode((await pictureOf('image/jpeg', 40, 30)).slice(0, 30))).to.be.null;
      expect(await decode(await pngClaiming(0, 5))).to.be.null;
    });

    it('refuses SVG', async () => {
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>';
      expect(await decode(new Blob([svg], { type: 'image/svg+xml' }))).to.be.null;
      expect(await decode(new Blob([svg]))).to.be.null;
    });
  });

describe('openRaster alone', () => {
  it('refuses a picture that breaks off', async () => {
    const whole = await pictureOf('image/jpeg', 400, 300);
    expect(await openRaster(whole.slice(0, whole.size / 2, whole.type))).to.be.null;
  });
});
