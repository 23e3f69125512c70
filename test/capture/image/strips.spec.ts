import { expect } from '@open-wc/testing';
import { drawDownscaled, drawScaled, readPixels } from '../../../src/capture/image/canvas.js';
import { stripsOf } from '../../../src/capture/image/strips.js';
import type { Strip } from '../../../src/capture/image/strips.js';

describe('strips.ts', () => {
  async function all(width: number, height: number): Promise<Strip[]> {
    const strips: Strip[] = [];
    for await (const strip of stripsOf({ width, height })) strips.push(strip);
    return strips;
  }

  it('divides a picture into strips of at most two megapixels, which begin at even rows', async () => {
    for (const [width, height] of [
      [4000, 3000],
      [3001, 4001],
      [2, 3],
      [4096, 1],
    ] as const) {
      const strips = await all(width, height);
      let next = 0;
      for (const { top, height: rows } of strips) {
        expect(top).to.equal(next);
        expect(top % 2).to.equal(0);
        expect(rows * width).to.be.at.most(2 * 1024 * 1024);
        next += rows;
      }
      expect(next).to.equal(height);
    }
    expect(await all(640, 480)).to.deep.equal([{ top: 0, height: 480 }]);
  });

  it('lets other tasks run between two strips', async () => {
    const { port1, port2 } = new MessageChannel();
    let turns = 0;
    port1.onmessage = () => {
      turns += 1;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    const strips = await all(4000, 3000);
    port1.close();
    expect(turns).to.be.at.least(strips.length - 1);
  });
});

describe('drawDownscaled', () => {
  it('draws a large picture of the same size pixel by pixel', async () => {
    const size = { width: 2200, height: 1501 };
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d')!;
    for (let at = 0; at < 100; at += 1) {
      context.fillStyle = `hsl(${at * 31} 80% 50%)`;
      context.fillRect((at * 211) % 2000, (at * 97) % 1400, 200, 101);
    }
    const bitmap = await createImageBitmap(canvas);
    const drawn = readPixels(await drawDownscaled(bitmap, size), size);
    const whole = readPixels(drawScaled(bitmap, size), size);
    expect(drawn.data.every((value, at) => value === whole.data[at])).to.be.true;
    bitmap.close();
  });
});
