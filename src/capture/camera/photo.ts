import { SnapError } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { drawScaled, encodeCanvas, fit, readPixels, canReadBack } from '../image/canvas.js';
import { itemFromImageData } from '../item-from-file.js';
import { capturedFile, makeItem } from '../make-item.js';
import { previewOf } from '../image/preview.js';
import { readRasterHeader } from '../image/raster-header.js';
import { withTimeout } from '../../timing/abortable.js';

/** How to encode a photo. */
export interface PhotoOptions {
  /** `raw` keeps the exact pixels. */
  readonly format: 'jpeg' | 'webp' | 'png' | 'raw';
  /** From 0 to 1; ignored for `png` and `raw`. */
  readonly quality: number;
  /** The longer side in pixels; 0 keeps the size of the stream. */
  readonly maxEdge: number;
}

/** In ms. In some browsers `takePhoto()` never settles. */
const TIMEOUT = 2500;

/**
 * Takes a photo of the frame that `video` shows now, at the size of the stream and never mirrored.
 * The photo is encoded from pixels, so it contains neither the location nor the device.
 *
 * Rejects with `camera-not-ready` before the first frame, with `capture-blocked` where the browser
 * does not let pages read pixels, and otherwise with `capture-failed`.
 */
export async function takePhoto(video: HTMLVideoElement, options: PhotoOptions): Promise<SnapItem> {
  const takenAt = Date.now();
  const stream = { width: video.videoWidth, height: video.videoHeight };
  if (stream.width === 0) throw new SnapError('camera-not-ready');
  if (!canReadBack()) return stillPhoto(video, options, takenAt);
  const size = fit(stream, options.maxEdge);
  try {
    if (options.format === 'raw') {
      const imageData = readPixels(video, size);
      return await itemFromImageData(imageData, { takenAt });
    }
    const canvas = drawScaled(video, size);
    const [blob, preview] = await Promise.all([
      encodeCanvas(canvas, `image/${options.format}`, options.quality),
      previewOf(canvas),
    ]);
    return makeItem('photo', capturedFile(blob, 'photo', takenAt), { size, takenAt, preview });
  } catch (thrown) {
    throw SnapError.from(thrown, 'capture-failed');
  }
}

/**
 * Where pixels read from a canvas are altered, the camera itself may still take a photo. It arrives
 * as an encoded file, and is kept as it is.
 */
async function stillPhoto(
  video: HTMLVideoElement,
  options: PhotoOptions,
  takenAt: number,
): Promise<SnapItem> {
  const blocked = new SnapError('capture-blocked');
  const track = (video.srcObject as MediaStream | null)?.getVideoTracks()[0];
  if (!track || options.format === 'raw' || typeof ImageCapture === 'undefined') throw blocked;
  const blob = await withTimeout(new ImageCapture(track).takePhoto(), TIMEOUT, null).catch(() => null);
  const header = blob && (await readRasterHeader(blob));
  if (!header) throw blocked;
  const file = capturedFile(new Blob([blob], { type: header.type }), 'photo', takenAt);
  return makeItem('photo', file, { size: header, takenAt });
}
