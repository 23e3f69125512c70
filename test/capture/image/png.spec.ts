import { expect } from '@open-wc/testing';
import { pngOf } from '../../../src/capture/image/png.js';
import { pictureOf, pngClaiming } from '../support/pictures.js';

describe('pngOf', () => {
  it('returns a PNG as it is', async () => {
    const png = await pictureOf('image/png', 4, 4);
    expect(await pngOf(png)).to.equal(png);
  });

  it('converts another picture at full size', async () => {
    const png = await pngOf(await pictureOf('image/jpeg', 40, 30));
    const { width, height } = await createImageBitmap(png);
    expect([png.type, width, height]).to.deep.equal(['image/png', 40, 30]);
  });

  const others: [what: string, file: () => Promise<Blob> | Blob][] = [
    ['is not a picture', () => new Blob(['hello'])],
    ['would take too much memory', async () => new Blob([await pngClaiming(30_000, 30_000)])],
  ];
  for (const [what, file] of others)
    it(`rejects a file that ${what}`, async () => {
      const error: unknown = await pngOf(await file()).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(Error);
    });
});
