import { SnapError } from '../../errors.js';
import type { SnapItem } from '../../item.js';
import { LONGEST_EDGE, canReadBack, encodeCanvas, fit } from '../image/canvas.js';
import type { Canvas, Size } from '../image/canvas.js';
import { previewOf } from '../image/preview.js';
import { openRaster } from '../image/raster.js';
import { itemFromImageData } from '../item-from-file.js';
import { capturedFile, makeItem } from '../make-item.js';
import { newTask } from '../image/strips.js';
import { drawFrame, readFrame } from './frame.js';
import { largerStill, onlyStill } from './still.js';
import type { Still } from './still.js';

/** How to encode a photo. */
export interface PhotoOptions {
  /** `raw` keeps the exact pixels. */
  readonly format: 'jpeg' | 'webp' | 'png' | 'raw';
  /** From 0 to 1, for what is encoded here; ignored for `png` and `raw`. */
  readonly quality: number;
  /** The longer side in pixels; 0 keeps the size of the camera. */
  readonly maxEdge: number;
  /**
   * Whether to have the camera itself take the photo where that is larger than the stream. Takes
   * longer, and disturbs a recording.
   */
  readonly still: boolean;
}

/**
 * Takes a photo of the frame that `video` shows now, or has the camera take a larger one; upright
 * as it is shown, and never mirrored. It contains neither the location nor the device: it is
 * encoded from pixels, or they were removed from what the camera encoded.
 *
 * Rejects with `camera-not-ready` before the first frame, with `capture-blocked` where the browser
 * does not let pages read pixels, and otherwise with `capture-failed`.
 */
export async function takePhoto(video: HTMLVideoElement, options: PhotoOptions): Promise<SnapItem> {
  const takenAt = Date.now();
  const stream = { width: video.videoWidth, height: video.videoHeight };
  if (stream.width === 0) throw new SnapError('camera-not-ready');
  const track = (video.srcObject as MediaStream | null)?.getVideoTracks()[0];
  if (!canReadBack()) return cameraPhoto(track, options, takenAt);
  try {
    const size = fit(stream, options.maxEdge);
    if (options.format === 'raw') return await itemFromImageData(await readFrame(video, size), { takenAt });
    // Drawn now, also if the camera takes a photo: it may take none.
    const frame = drawFrame(video, size);
    frame.catch(() => undefined);
    const enough = options.maxEdge > 0 && Math.max(stream.width, stream.height) >= options.maxEdge;
    const still = track && options.still && !enough ? await largerStill(track, stream) : null;
    return (
      (still && (await stillItem(still, options, takenAt))) ?? (await encoded(await frame, options, takenAt))
    );
  } catch (thrown) {
    throw SnapError.from(thrown, 'capture-failed');
  }
}

async function encoded(picture: Canvas, options: PhotoOptions, takenAt: number): Promise<SnapItem> {
  // In tasks of their own: both look at the whole picture.
  await newTask();
  const [blob, preview] = await Promise.all([
    encodeCanvas(picture, `image/${options.format}`, options.quality),
    newTask().then(() => previewOf(picture)),
  ]);
  const { width, height } = picture;
  return photoItem(blob, { width, height }, preview, takenAt);
}

/** Kept as the camera encoded it, if it has the requested format and size. Null if it is broken. */
async function stillItem(still: Still, options: PhotoOptions, takenAt: number): Promise<SnapItem | null> {
  const isSmall = options.maxEdge === 0 || Math.max(still.size.width, still.size.height) <= options.maxEdge;
  const keeps = still.type === `image/${options.format}` && isSmall;
  const edge = options.maxEdge || LONGEST_EDGE;
  const raster = await openRaster(still.blob, { queue: 'camera', ...(!keeps && { edge }) });
  if (!raster) return null;
  return keeps
    ? photoItem(still.blob, still.size, await previewOf(raster.picture), takenAt)
    : encoded(raster.picture, options, takenAt);
}

/**
 * Where pixels read from a canvas are altered, the camera itself may still take a photo. It arrives
 * as an encoded file, and keeps its size and its format.
 */
async function cameraPhoto(
  track: MediaStreamTrack | undefined,
  { format }: PhotoOptions,
  takenAt: number,
): Promise<SnapItem> {
  const still = track && format !== 'raw' ? await onlyStill(track) : null;
  if (!still) throw new SnapError('capture-blocked');
  return photoItem(still.blob, still.size, null, takenAt);
}

function photoItem(blob: Blob, size: Size, preview: Blob | null, takenAt: number): SnapItem {
  return makeItem('photo', capturedFile(blob, 'photo', takenAt), { size, takenAt, preview });
}
