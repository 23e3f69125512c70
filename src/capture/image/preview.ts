import type { SnapItem } from '../../item.js';
import { drawDownscaled, encodeCanvas, fit, canReadBack, canvasFrom } from './canvas.js';
import type { Canvas } from './canvas.js';
import { parseRasterHeader } from './raster-header.js';
import type { RasterType } from './raster-header.js';
import { openRaster } from './raster.js';

/** In bytes. A preview travels inside of an offer, which has to stay a small message. */
const LARGEST = 8 * 1024;

/** In pixels: what a peer's preview may measure at most. */
const LONGEST_EDGE = 640;

/**
 * What a peer's preview may be. Not the others that are shown as photos: how large a decoder makes
 * an AVIF is not for sure in its header, and nobody makes previews of them.
 */
const TYPES: readonly RasterType[] = ['image/jpeg', 'image/png', 'image/webp'];

/**
 * Long side in pixels and JPEG quality, from what is wanted to what always fits. Most photos take 3
 * to 6 KiB at the first.
 */
const ATTEMPTS = [
  [160, 0.7],
  [160, 0.4],
  [96, 0.4],
  [48, 0.4],
] as const;

/**
 * A small picture of a photo, to be shown before the photo is there: a JPEG of at most 8 KiB, about
 * 160 pixels long. Null for what is no picture, and where this browser lets no page make one.
 */
export async function makePreview(source: SnapItem | Blob | ImageData): Promise<Blob | null> {
  if (source instanceof ImageData) return previewOf(await canvasFrom(source));
  if (source instanceof Blob) return previewOfBlob(source);
  if (source.preview) return source.preview;
  if (source.imageData) return previewOf(await canvasFrom(source.imageData));
  return source.kind === 'photo' ? previewOfBlob(source.file) : null;
}

/** The same of a picture that is decoded already. */
export async function previewOf(picture: Canvas): Promise<Blob | null> {
  if (!canReadBack()) return null;
  try {
    for (const [edge, quality] of ATTEMPTS) {
      const blob = await encodeCanvas(
        await drawDownscaled(picture, fit(picture, edge)),
        'image/jpeg',
        quality,
      );
      if (blob.size <= LARGEST) return blob;
    }
  } catch {
    // A page out of canvas memory goes without a preview.
  }
  return null;
}

/**
 * The preview in the bytes that came from a peer, if it is one: few bytes that are a small JPEG,
 * PNG or WebP, so that showing it costs nothing. Null for everything else.
 */
export function parsePreview(bytes: Uint8Array<ArrayBuffer>): Blob | null {
  if (bytes.byteLength > LARGEST) return null;
  const header = parseRasterHeader(bytes);
  if (!header || !TYPES.includes(header.type)) return null;
  if (Math.max(header.width, header.height) > LONGEST_EDGE) return null;
  return new Blob([bytes], { type: header.type });
}

async function previewOfBlob(blob: Blob): Promise<Blob | null> {
  const raster = await openRaster(blob);
  return raster && previewOf(raster.picture);
}
