import { expect } from '@open-wc/testing';
import { itemFromFile } from '../../../src/capture/item-from-file.js';
import { parsePreview, makePreview } from '../../../src/capture/image/preview.js';
import { pictureOf, pngClaiming, avifHeadOf, gifOf } from '../support/pictures.js';

/** Noise, which compresses worst. */
function noise(width: number, height: number): ImageData {
  const image = new ImageData(width, height);
  for (let i = 0; i < image.data.length; i += 1)
    image.data[i] = i % 4 === 3 ? 255 : (i * 2_654_435_761) >>> 24;
  return image;
}

describe('makePreview', () => {
  it('makes a small JPEG with the aspect ratio of the photo', async () => {
    const preview = await makePreview(await pictureOf('image/png', 1600, 900));
    expect(preview!.type).to.equal('image/jpeg');
    const { width, height } = await createImageBitmap(preview!);
    expect([width, height]).to.deep.equal([160, 90]);
  });

  it('keeps within 8 KiB even for noise', async () => {
    expect((await makePreview(noise(1200, 1200)))!.size).to.be.within(1, 8192);
  });

  it('never scales up', async () => {
    const { width, height } = await createImageBitmap((await makePreview(noise(8, 6)))!);
    expect([width, height]).to.deep.equal([8, 6]);
  });

  it('reuses the preview of an item', async () => {
    const preview = await pictureOf('image/jpeg', 4, 4);
    const item = await itemFromFile(
      new File([await pictureOf('image/png', 8, 8)], 'a.png', { type: 'image/png' }),
      { preview },
    );
    expect(await makePreview(item)).to.equal(preview);
  });

  it('makes none of a file that is not a picture', async () => {
    expect(await makePreview(new Blob(['hello']))).to.be.null;
    expect(await makePreview(await itemFromFile(new File(['hello'], 'a.txt')))).to.be.null;
  });
});

describe('parsePreview', () => {
  const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await blob.arrayBuffer());

  it('accepts a small picture, with the type of its bytes', async () => {
    const preview = await pictureOf('image/jpeg', 160, 90);
    expect(parsePreview(await bytesOf(preview))!.type).to.equal('image/jpeg');
  });

  // claim: #preview-refuses-bombs
  it('rejects too many bytes, too many pixels, and what is not a JPEG, PNG or WebP', async () => {
    const jpeg = await bytesOf(await pictureOf('image/jpeg', 16, 9));
    expect(parsePreview(new Uint8Array([...jpeg, ...new Uint8Array(8192)]))).to.be.null;
    expect(parsePreview(await bytesOf(await pngClaiming(5000, 5000)))).to.be.null;
    expect(parsePreview(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))).to.be.null;
    expect(parsePreview(new Uint8Array([1, 2, 3]))).to.be.null;
    expect(parsePreview(await bytesOf(avifHeadOf(16, 16)))).to.be.null;
    expect(parsePreview(await bytesOf(gifOf(16, 16)))).to.be.null;
  });
});
