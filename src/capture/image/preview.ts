import type { SnapItem } from '../../item.js';
import { drawDownscaled, encodeCanvas, fit, canReadBack, canvasFrom } from './canvas.js';
import type { Canvas } from './canvas.js';
import { parseRasterHeader } from './raster-header.js';
import type { RasterType } from './raster-header.js';
import { openRaster } from './raster.js';

/** In bytes. A preview is part of an offer, which has to stay a small message. */
const LARGEST = 8 * 1024;

/** In pixels: the longest side that a peer's preview may have. */
const LONGEST_EDGE = 640;

/**
 * The types that a peer's preview may have. Not AVIF, because its header does not bound the size
 * that a decoder allocates; and nobody makes previews in the other types.
 */
const TYPES: readonly RasterType[] = ['image/jpeg', 'image/png', 'image/webp'];

/** In pixels: the long side of what previews are made of. */
const SMALL = 512;

/**
 * Long side in pixels and JPEG quality, from the best to one that always fits. Most photos take 3
 * to 6 KiB with the first.
 */
const ATTEMPTS = [
  [160, 0.7],
  [160, 0.4],
  [96, 0.4],
  [48, 0.4],
] as const;

/**
 * Makes a small picture to show before the photo itself has arrived: a JPEG of at most 8 KiB, about
 * 160 pixels long. Null if the source is not a picture, or the browser does not let pages read
 * pixels.
 */
export async function makePreview(source: SnapItem | Blob | ImageData): Promise<Blob | null> {
  if (source instanceof ImageData) return previewOf(await canvasFrom(source));
  if (source instanceof Blob) return previewOfBlob(source);
  if (source.preview) return source.preview;
  if (source.imageData) return previewOf(await canvasFrom(source.imageData));
  return source.kind === 'photo' ? previewOfBlob(source.file) : null;
}

/** The same for a picture that is already decoded. */
export async function previewOf(picture: Canvas): Promise<Blob | null> {
  if (!canReadBack()) return null;
  try {
    // Once: each look at a picture of twelve megapixels takes up to 20 ms.
    const small = await drawDownscaled(picture, fit(picture, SMALL));
    for (const [edge, quality] of ATTEMPTS) {
      const blob = await encodeCanvas(await drawDownscaled(small, fit(small, edge)), 'image/jpeg', quality);
      if (blob.size <= LARGEST) return blob;
    }
  } catch {
    // If the page is out of canvas memory, it sends no preview.
  }
  return null;
}

/**
 * Returns the preview in bytes that came from a peer, or null unless they are a small JPEG, PNG or
 * WebP that is cheap to show.
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
