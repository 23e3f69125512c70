import { expect } from '@open-wc/testing';
import { encodeCanvas, fit, canReadBack, canvasFrom, readPixels } from '../../../src/capture/image/canvas.js';
import { capturedFile } from '../../../src/capture/make-item.js';
import { FakeDevices } from '../../elements/support/fake-camera.js';

describe('canvas.ts', () => {
  const devices = new FakeDevices();
  afterEach(() => devices.restore());

  it('scales a size down to the longest edge, and never up', () => {
    expect(fit({ width: 1920, height: 1080 })).to.deep.equal({ width: 1920, height: 1080 });
    expect(fit({ width: 1920, height: 1080 }, 640)).to.deep.equal({ width: 640, height: 360 });
    expect(fit({ width: 480, height: 640 }, 2000)).to.deep.equal({ width: 480, height: 640 });
    expect(fit({ width: 8192, height: 10 })).to.deep.equal({ width: 4096, height: 5 });
    expect(fit({ width: 5000, height: 1 }, 100)).to.deep.equal({ width: 100, height: 1 });
  });

  it('encodes a JPEG where the browser cannot encode WebP, not a PNG ten times as large', async () => {
    const real = Reflect.get<object, string>(OffscreenCanvas.prototype, 'convertToBlob') as (
      options: ImageEncodeOptions,
    ) => Promise<Blob>;
    devices.replace(
      OffscreenCanvas.prototype,
      'convertToBlob',
      function (this: OffscreenCanvas, options: ImageEncodeOptions) {
        return real.call(this, options.type === 'image/webp' ? { type: 'image/png' } : options);
      },
    );
    expect((await encodeCanvas(await canvasFrom(new ImageData(4, 4)), 'image/webp', 0.9)).type).to.equal(
      'image/jpeg',
    );
  });

  it('puts every pixel of a large image on the canvas', async () => {
    const { width, height } = { width: 3000, height: 1500 };
    const image = new ImageData(width, height);
    new Uint32Array(image.data.buffer).forEach((_, at, values) => (values[at] = 0xff000000 | at));
    const canvas = await canvasFrom(image);
    const back = new Uint32Array(readPixels(canvas, { width, height }).data.buffer);
    expect(back.every((value, at) => value >>> 0 === (0xff000000 | at) >>> 0)).to.be.true;
  });

  it('uses a <canvas> element where OffscreenCanvas is missing', async () => {
    devices.replace(window, 'OffscreenCanvas', undefined);
    expect((await encodeCanvas(await canvasFrom(new ImageData(4, 4)), 'image/png', 1)).type).to.equal(
      'image/png',
    );
    expect(canReadBack()).to.be.true;
  });

  const answers: [string, boolean, (value: number, i: number) => number][] = [
    ['what was drawn', true, (value) => value],
    ['that with single values shifted by one', true, (value, i) => value + (i % 5 === 0 ? 1 : 0)],
    ['white', false, () => 255],
    ['nothing', false, () => 0],
    ['noise', false, (_, i) => (i * 2_654_435_761) >>> 24],
  ];
  for (const [what, trusted, change] of answers) {
    it(`${trusted ? 'trusts' : 'does not trust'} a canvas from which the browser returns ${what}`, () => {
      const real = Reflect.get(OffscreenCanvasRenderingContext2D.prototype, 'getImageData') as (
        ...args: number[]
      ) => ImageData;
      devices.replace(
        OffscreenCanvasRenderingContext2D.prototype,
        'getImageData',
        function (this: OffscreenCanvasRenderingContext2D, ...args: [number, number, number, number]) {
          const image = real.apply(this, args);
          image.data.set(image.data.map(change));
          return image;
        },
      );
      expect(canReadBack()).to.equal(trusted);
    });
  }
});

describe('capturedFile', () => {
  const taken = new Date(2031, 10, 22, 14, 3, 5, 42).getTime();

  it('names a file after its kind and the local time', () => {
    const file = capturedFile(new Blob(['a'], { type: 'image/jpeg' }), 'photo', taken);
    expect(file.name).to.equal('photo-2031-11-22-14-03-05-042.jpg');
    expect(file.lastModified).to.equal(taken);
  });

  it('never gives the same name twice', () => {
    const name = (): string => capturedFile(new Blob(), 'video', taken).name;
    expect(new Set([name(), name(), name()])).to.have.lengthOf(3);
  });
});
