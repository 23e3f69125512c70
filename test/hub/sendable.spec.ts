import { expect } from '@open-wc/testing';
import { SnapError } from '../../src/errors.js';
import { payloadOf, type Payload, type Sendable } from '../../src/hub/sendable.js';

const contentOf = async ({ source }: Payload): Promise<number[]> => [...(await source.read(0, source.size))];

function codeOf(data: unknown): string {
  try {
    payloadOf(data as Sendable);
    return 'none';
  } catch (error) {
    return error instanceof SnapError ? error.code : 'not coded';
  }
}

describe('what is sent', () => {
  it('has the pixels of an ImageData as they were, whatever the page draws next', async () => {
    const image = new ImageData(new Uint8ClampedArray([1, 2, 3, 4, 5, 6, 7, 8]), 2, 1);
    const payload = payloadOf(image);
    image.data.fill(9);
    expect(await contentOf(payload)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(payload.description).to.include({ format: 'rgba', width: 2, height: 1 });
  });

  it('has the picture of a canvas as it was, whatever the page draws next', async () => {
    const canvas = document.createElement('canvas');
    const payload = payloadOf(canvas);
    const before = await contentOf(payload);
    canvas.getContext('2d')!.fillRect(0, 0, 9, 9);
    expect(await contentOf(payload)).to.deep.equal(before);
    expect(await contentOf(payloadOf(canvas))).not.to.deep.equal(before);
  });

  it('is refused when it is no data that can be sent: wide pixels, transferred pixels, and anything else', () => {
    const gone = new ImageData(2, 2);
    structuredClone(gone.data, { transfer: [gone.data.buffer] });
    const deep = new ImageData(2, 2, { pixelFormat: 'rgba-float16' });
    for (const data of [gone, deep, 'a text', null, undefined, {}, new Uint8Array(4)])
      expect(codeOf(data), Object.prototype.toString.call(data)).to.equal('source-unsupported');
  });
});
