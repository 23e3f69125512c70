import { drawDownscaled, fit } from './canvas.js';
import type { Canvas, Size } from './canvas.js';

/**
 * Decodes a JPEG at a reduced size, to at most `edge` pixels, and returns its full upright size. A
 * photo of 200 megapixels takes 800 MB at full size, and 30 MB at an eighth. A truncated JPEG is
 * drawn as far as it goes. Null if decoding fails.
 *
 * Only JPEGs can be decoded this way, and only in browsers whose `ImageDecoder` honours
 * `desiredWidth` and `desiredHeight` while it decodes, and reports the rotation.
 */
export async function decodeDownscaled(
  jpeg: Blob,
  { width, height }: Size,
  edge: number,
): Promise<{ size: Size; picture: Canvas } | null> {
  const scale = Math.max(1 / 8, edge / Math.max(width, height));
  const decoder = new ImageDecoder({
    data: jpeg.stream(),
    type: 'image/jpeg',
    desiredWidth: Math.ceil(width * scale),
    desiredHeight: Math.ceil(height * scale),
  });
  try {
    const image = await firstFrame(decoder);
    try {
      const isTurned = image.rotation % 180 !== 0;
      return {
        size: isTurned ? { width: height, height: width } : { width, height },
        picture: await drawDownscaled(
          image,
          fit({ width: image.displayWidth, height: image.displayHeight }, edge),
        ),
      };
    } finally {
      image.close();
    }
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

/** Whether this browser can decode JPEGs at a reduced size. */
export function canDecodeDownscaled(): boolean {
  return typeof ImageDecoder !== 'undefined' && 'rotation' in VideoFrame.prototype;
}

async function firstFrame(decoder: ImageDecoder): Promise<VideoFrame & { rotation: number }> {
  const { image } = await decoder.decode().catch(() => decoder.decode({ completeFramesOnly: false }));
  return image as VideoFrame & { rotation: number };
}
