import { expect, oneEvent } from '@open-wc/testing';
import { takePhoto } from '../../../src/capture/camera/photo.js';
import type { PhotoOptions } from '../../../src/capture/camera/photo.js';
import { FakeDevices, stillCamera } from '../../elements/support/fake-camera.js';
import { promised } from '../../elements/support/camera-page.js';
import { pictureOf, turned } from '../support/pictures.js';

const USUAL: PhotoOptions = { format: 'jpeg', quality: 0.9, maxEdge: 0, still: true };

async function shown(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true });
  await video.play();
  return video;
}

/** A colour of the picture, at this share of its width and height. */
async function colourAt(blob: Blob, x: number, y: number): Promise<'red' | 'blue' | 'other'> {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const [red, green, blue] = context.getImageData(x * bitmap.width, y * bitmap.height, 1, 1).data;
  if (green! > 90) return 'other';
  if (red! > 150 && blue! < 90) return 'red';
  return blue! > 150 && red! < 90 ? 'blue' : 'other';
}

describe('takePhoto', () => {
  const hasExif = async (blob: Blob): Promise<boolean> => /exif/i.test(await blob.text());
  let devices: FakeDevices;
  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  // claim: #photo-has-no-place
  it('writes neither location nor device into a photo', async () => {
    const video = await shown(stillCamera());
    for (const format of ['jpeg', 'webp', 'png'] as const) {
      const { file } = await takePhoto(video, { ...USUAL, format });
      expect(file.type).to.equal(`image/${format}`);
      expect(await hasExif(file)).to.be.false;
    }
    expect(await hasExif(turned(await pictureOf('image/jpeg', 4, 4), 6))).to.be.true;
  });

  for (const [what, width, height] of [
    ['portrait', 240, 320],
    ['landscape', 320, 240],
  ] as const) {
    it(`takes a ${what} photo, whole, of a ${what} feed`, async () => {
      const item = await takePhoto(await shown(stillCamera(width, height)), USUAL);
      expect([item.width, item.height]).to.deep.equal([width, height]);
      for (const y of [0.02, 0.5, 0.98]) {
        expect(await colourAt(item.file, 0.02, y)).to.equal('red');
        expect(await colourAt(item.file, 0.97, y)).to.equal('blue');
      }
    });
  }

  it('takes photos as the device is held, also when it is turned meanwhile', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 240, height: 320 });
    const context = canvas.getContext('2d')!;
    const draw = (): void => context.fillRect(0, 0, canvas.width, canvas.height);
    draw();
    const timer = setInterval(draw, 30);
    const video = await shown(canvas.captureStream(30));
    const sizes: number[][] = [];
    for (const [width, height] of [
      [240, 320],
      [320, 240],
      [240, 320],
    ] as const) {
      if (video.videoWidth !== width) {
        const resized = oneEvent(video, 'resize');
        Object.assign(canvas, { width, height });
        await resized;
      }
      const item = await takePhoto(video, USUAL);
      const { width: w, height: h } = await createImageBitmap(item.file);
      sizes.push([item.width, item.height, w, h]);
    }
    clearInterval(timer);
    expect(sizes).to.deep.equal([
      [240, 320, 240, 320],
      [320, 240, 320, 240],
      [240, 320, 240, 320],
    ]);
  });

  describe('where the camera takes photos itself', () => {
    let asked: (PhotoSettings | undefined)[];

    /** The camera says that its photos have this size, and gives `photo`. */
    function camera(width: number, height: number, photo: () => Promise<Blob>): void {
      asked = [];
      devices.replace(
        window,
        'ImageCapture',
        class {
          getPhotoCapabilities(): Promise<unknown> {
            return Promise.resolve({ imageWidth: { max: width }, imageHeight: { max: height } });
          }
          takePhoto(settings?: PhotoSettings): Promise<Blob> {
            asked.push(settings);
            return photo();
          }
        },
      );
    }

    const large = (): Promise<Blob> => pictureOf('image/jpeg', 1280, 960);

    it('keeps its larger photo as it was encoded, without its metadata', async () => {
      const photo = await large();
      camera(1280, 960, () => Promise.resolve(turned(photo, 1)));
      const item = await takePhoto(await shown(stillCamera()), USUAL);
      expect(asked).to.deep.equal([{ imageWidth: 1280, imageHeight: 960 }]);
      expect([item.width, item.height, item.file.type]).to.deep.equal([1280, 960, 'image/jpeg']);
      expect(await hasExif(item.file)).to.be.false;
      expect(item.file.size).to.be.at.most(photo.size);
      expect(item.preview!.type).to.equal('image/jpeg');
    });

    it('keeps a photo upright that is stored lying', async () => {
      camera(1280, 960, async () => turned(await large(), 6));
      const item = await takePhoto(await shown(stillCamera(240, 320)), USUAL);
      const { width, height } = await createImageBitmap(item.file);
      expect([item.width, item.height, width, height]).to.deep.equal([960, 1280, 960, 1280]);
    });

    const encoded: readonly (readonly [string, Partial<PhotoOptions>, string, string, number])[] = [
      ['a PNG as JPEG', {}, 'image/png', 'image/jpeg', 1280],
      ['a JPEG as PNG, if that is wanted', { format: 'png' }, 'image/jpeg', 'image/png', 1280],
      ['at the size that is wanted', { maxEdge: 640 }, 'image/jpeg', 'image/jpeg', 640],
    ];
    for (const [what, options, given, type, width] of encoded) {
      it(`encodes it again: ${what}`, async () => {
        camera(1280, 960, () => pictureOf(given, 1280, 960));
        const item = await takePhoto(await shown(stillCamera()), { ...USUAL, ...options });
        const picture = await createImageBitmap(item.file);
        expect([item.file.type, item.width, picture.width]).to.deep.equal([type, width, width]);
      });
    }

    const frames: readonly (readonly [string, Partial<PhotoOptions>, number, () => Promise<Blob>, number])[] =
      [
        ['its photos are no larger', {}, 320, large, 0],
        ['its photos are not wanted', { still: false }, 1280, large, 0],
        ['the picture shown is as large as wanted', { maxEdge: 200 }, 1280, large, 0],
        ['it fails', {}, 1280, () => Promise.reject(new DOMException('', 'UnknownError')), 1],
        ['it gives something else', {}, 1280, () => Promise.resolve(new Blob(['hello'])), 1],
        ['it gives half a photo', {}, 1280, async () => (await large()).slice(0, 3000), 1],
        ['its photo lies on its side', {}, 1280, () => pictureOf('image/jpeg', 960, 1280), 1],
        ['it never answers', {}, 1280, () => promised<Blob>().promise, 1],
      ];
    for (const [why, options, width, photo, count] of frames) {
      it(`takes the frame that was shown if ${why}`, async () => {
        camera(width, (width * 3) / 4, photo);
        const video = await shown(stillCamera());
        const item = await takePhoto(video, { ...USUAL, ...options });
        expect([item.width, item.height]).to.deep.equal(options.maxEdge ? [200, 150] : [320, 240]);
        expect(await colourAt(item.file, 0.1, 0.5)).to.equal('red');
        expect(asked).to.have.lengthOf(count);
      });
    }

    it('does not wait again for a camera that took no photo in time', async () => {
      camera(1280, 960, () => promised<Blob>().promise);
      const video = await shown(stillCamera());
      await takePhoto(video, USUAL);
      await takePhoto(video, USUAL);
      expect(asked).to.have.lengthOf(1);
    });
  });
});
