import { drawDownscaled, fit } from './canvas.js';
import type { Canvas, Size } from './canvas.js';

/**
 * A JPEG drawn small, up to `edge` pixels long, without being decoded at its full size; and how
 * large it is, upright. A photo of 200 megapixels takes 800 MB as it is, and 30 MB at an eighth.
 * One that breaks off is drawn as far as it goes. Null where this browser can't do it.
 *
 * Only JPEGs can be had so, and only in browsers whose `ImageDecoder` heeds the size that is wished
 * for while it decodes, and tells how the picture is turned.
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

/** Whether this browser draws JPEGs small. */
export function canDecodeDownscaled(): boolean {
  return typeof ImageDecoder !== 'undefined' && 'rotation' in VideoFrame.prototype;
}

async function firstFrame(decoder: ImageDecoder): Promise<VideoFrame & { rotation: number }> {
  const { image } = await decoder.decode().catch(() => decoder.decode({ completeFramesOnly: false }));
  return image as VideoFrame & { rotation: number };
}
