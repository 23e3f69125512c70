import { holdUrl, releaseUrl } from '../object-url.js';
import type { Size } from './canvas.js';
import { readRasterHeader } from './raster-header.js';
import type { RasterType } from './raster-header.js';

/** In pixels. A decoded pixel takes four bytes: 256 MiB. Larger than any phone's photo but the few of 100 megapixels and more. */
const MOST_PIXELS = 64 * 1024 * 1024;

/** No browser draws an image with a longer side than this. */
const LONGEST_SIDE = 32_767;

/** In ms: a picture that has been tried is shown in the page's next rendering, or is not shown soon. */
const SHOWN_WITHIN = 1000;

/** Names under which the same types go about. */
const ALIASES: Readonly<Record<string, RasterType>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
  'image/x-bmp': 'image/bmp',
  'image/x-ms-bmp': 'image/bmp',
};

/** A picture that can be drawn: upright, as its orientation tag says. Whoever asked for it closes `bitmap`. */
export interface Raster {
  readonly type: RasterType;
  readonly bitmap: ImageBitmap;
}

/**
 * Decodes `blob` when it is a picture: one of the raster types by its first bytes, of the type that it claims (if it claims any), of a size that
 * this device can afford, and whole. A few bytes may claim to be a picture of gigabytes: the size is read from the header before anything
 * is decoded. Null for everything else.
 */
export async function openRaster(blob: Blob): Promise<Raster | null> {
  try {
    const type = await affordableType(blob);
    return type && { type, bitmap: await createImageBitmap(blob) };
  } catch {
    return null;
  }
}

/**
 * The same without its pixels, decoded as an `<img>` does it: whoever shows it within a moment finds it decoded. One that breaks off is
 * shown as far as it goes. Null, too, on a page whose policy forbids it to show blobs.
 */
export async function tryRaster(blob: Blob): Promise<{ type: RasterType; size: Size } | null> {
  try {
    const type = await affordableType(blob);
    if (!type) return null;
    const image = new Image();
    image.src = holdUrl(blob);
    // Also when it is no picture: nobody will show it.
    setTimeout(() => releaseUrl(blob), SHOWN_WITHIN);
    await image.decode();
    return { type, size: { width: image.naturalWidth, height: image.naturalHeight } };
  } catch {
    return null;
  }
}

async function affordableType(blob: Blob): Promise<RasterType | null> {
  const header = await readRasterHeader(blob);
  if (!header || !claims(blob.type, header.type)) return null;
  const { type, width, height } = header;
  return Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS ? null : type;
}

/** Whether a blob of type `claim` may be what its bytes are. */
export function claims(claim: string, type: RasterType): boolean {
  return claim === '' || claim === type || ALIASES[claim] === type;
}
