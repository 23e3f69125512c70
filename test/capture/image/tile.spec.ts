import { expect } from '@open-wc/testing';
import { isModerate, isSmall, makeLarge, makeTile, tileOf } from '../../../src/capture/image/tile.js';
import { largeJpeg, pictureOf } from '../support/pictures.js';

async function sizeOf(picture: Blob | null): Promise<number[]> {
  const { width, height } = await createImageBitmap(picture!);
  return [width, height];
}

describe('tile.ts', () => {
  for (const [width, height, small, moderate] of [
    [1024, 1024, true, true],
    [1025, 1024, false, true],
    [4096, 4096, false, true],
    [4097, 4096, false, false],
  ] as const)
    it(`takes ${width} x ${height} for ${small ? 'small' : moderate ? 'moderate' : 'large'}`, () =>
      expect([isSmall({ width, height }), isModerate({ width, height })]).to.deep.equal([small, moderate]));

  it('shows a small picture itself, and remembers that', async () => {
    const file = await pictureOf('image/png', 40, 30);
    expect(tileOf(file)).to.be.undefined;
    expect(await makeTile(file)).to.equal(file);
    expect(tileOf(file)).to.equal(file);
  });

  it('shows a large picture as a JPEG of at most 512 pixels, and alone of at most 2,560', async () => {
    const file = largeJpeg(4096, 3072);
    const tile = (await makeTile(file))!;
    expect(tile.type).to.equal('image/jpeg');
    expect(await sizeOf(tile)).to.deep.equal([512, 384]);
    expect(await sizeOf(await makeLarge(file))).to.deep.equal([2560, 1920]);
  });

  it('shows nothing of a file that is not a picture', async () => {
    const file = new Blob(['hello']);
    expect(await makeTile(file)).to.be.null;
    expect(tileOf(file)).to.be.null;
    expect(await makeLarge(file)).to.be.null;
  });
});
