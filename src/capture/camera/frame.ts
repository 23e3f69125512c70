import { drawScaled, drawStrips, readPixels, readStrips } from '../image/canvas.js';
import type { Canvas, Size } from '../image/canvas.js';
import { isManyStrips, newTask } from '../image/strips.js';
import type { Strip } from '../image/strips.js';

/** What newer browsers know of a frame, and TypeScript does not yet. */
type Frame = VideoFrame & { readonly rotation: number; readonly flip: boolean };

/**
 * Draws on a new canvas what `video` shows when this is called. A large frame is held, and drawn in
 * several tasks: twelve megapixels at once would block the page for up to 100 ms.
 */
export async function drawFrame(video: HTMLVideoElement, size: Size): Promise<Canvas> {
  const frame = heldFrame(video, size);
  if (!frame) return drawScaled(video, size);
  try {
    // The task of the click has enough to do.
    await newTask();
    return await drawStrips(size, (context, strip) => {
      const part = cut(frame, strip);
      context.drawImage(part, 0, strip.top);
      part.close();
    });
  } finally {
    frame.close();
  }
}

/** The same, but reads the exact pixels. */
export async function readFrame(video: HTMLVideoElement, size: Size): Promise<ImageData> {
  return isManyStrips(size) ? readStrips(await drawFrame(video, size)) : readPixels(video, size);
}

/**
 * Holds what `video` shows now, without a copy. Null where it is no larger than one strip, has to
 * be scaled, or not all is known about how it has to be turned: then the browser draws it at once.
 * Close it soon: a camera stops when its few frames are all held.
 */
function heldFrame(video: HTMLVideoElement, { width, height }: Size): Frame | null {
  if (!isManyStrips({ width, height }) || !canHold()) return null;
  try {
    const frame = new VideoFrame(video) as Frame;
    if (isPlain(frame) && frame.displayWidth === width && frame.displayHeight === height) return frame;
    frame.close();
  } catch {
    // It shows nothing any more.
  }
  return null;
}

function canHold(): boolean {
  return typeof VideoFrame !== 'undefined' && 'rotation' in VideoFrame.prototype;
}

function isPlain({ rotation, flip, visibleRect, displayWidth, displayHeight }: Frame): boolean {
  if (rotation !== 0 || flip || !visibleRect) return false;
  const { x, y, width, height } = visibleRect;
  return width === displayWidth && height === displayHeight && x % 2 === 0 && y % 2 === 0;
}

/** A part of `frame`, also without a copy. Browsers convert all of a frame to draw a part. */
function cut(frame: VideoFrame, { top, height }: Strip): VideoFrame {
  const { x, y, width } = frame.visibleRect!;
  return new VideoFrame(frame, { visibleRect: { x, y: y + top, width, height } });
}
