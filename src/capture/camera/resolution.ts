import type { Size } from '../image/canvas.js';

/** In pixels: more than the stream of any camera has, in the 4:3 of the sensors of phones. */
const BEST: Size = { width: 4096, height: 3072 };

/**
 * In pixels: what every device films and encodes in real time. Also enough of a viewfinder where
 * the photo comes from the camera itself.
 */
const FLUENT: Size = { width: 1920, height: 1080 };
const VIEWFINDER: Size = { width: 1920, height: 1440 };

/** Parses `1920x1080`; undefined for `max`, and for anything else. */
export function parseResolution(text: string): Size | undefined {
  const [, width, height] = /^\s*([1-9]\d{1,4})\s*[x×]\s*([1-9]\d{1,4})\s*$/i.exec(text) ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : undefined;
}

/** The size of stream to ask for. */
export function idealSize({ resolution, sound }: { resolution?: Size | undefined; sound: boolean }): Size {
  if (resolution) return resolution;
  if (sound) return FLUENT;
  // A phone that streams twelve megapixels gets warm and shows them late, and `takePhoto()` has
  // all of them without that.
  return matchMedia('(hover: none)').matches && 'ImageCapture' in window ? VIEWFINDER : BEST;
}
