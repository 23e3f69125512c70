import { drawn, fit } from './canvas.js';
import type { Canvas, Size } from './canvas.js';

/** In pixels: as many as a JPEG may have to be decoded at an eighth of its sides, which takes 16 MiB then. */
const MOST_PIXELS = 256 * 1024 * 1024;

/** In pixels: what a preview is made of. */
const EDGE = 640;

/** In bytes: enough to find the frame of a JPEG with notes, a profile and a preview before it. */
const LOOK = 2 * 1024 * 1024;

/**
 * A picture that is too large to be decoded as it is, drawn small: null where this browser cannot decode it at a fraction of its size. A
 * photo of 200 megapixels takes 800 MB as it is, and 30 MB at an eighth.
 *
 * Only JPEGs can be had so, and of those only the sequential ones: a progressive one is held whole, in coefficients. And only browsers whose
 * `ImageDecoder` heeds the size that is wished for while it decodes, and tells how the picture is turned.
 */
export async function drawnSmall(jpeg: Blob, { width, height }: Size): Promise<Canvas | null> {
  if (width * height > MOST_PIXELS || typeof ImageDecoder === 'undefined') return null;
  if (!('rotation' in VideoFrame.prototype) || !(await isSequential(jpeg))) return null;
  const scale = Math.max(1 / 8, EDGE / Math.max(width, height));
  const decoder = new ImageDecoder({
    data: jpeg.stream(),
    type: 'image/jpeg',
    desiredWidth: Math.ceil(width * scale),
    desiredHeight: Math.ceil(height * scale),
  });
  try {
    const { image } = await decoder.decode();
    try {
      return drawn(image, fit({ width: image.displayWidth, height: image.displayHeight }, EDGE));
    } finally {
      image.close();
    }
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

/** ITU-T T.81, table B.1: baseline and extended sequential frames, coded by Huffman. */
async function isSequential(jpeg: Blob): Promise<boolean> {
  const bytes = new DataView(await jpeg.slice(0, LOOK).arrayBuffer());
  let offset = 2;
  while (offset + 4 <= bytes.byteLength && bytes.getUint8(offset) === 0xff) {
    const marker = bytes.getUint8(offset + 1);
    if (marker === 0xff) offset += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return marker <= 0xc1;
    else offset += 2 + bytes.getUint16(offset + 2);
  }
  return false;
}
