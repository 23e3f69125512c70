import { holdUrl, releaseUrl } from '../object-url.js';
import type { Size } from './canvas.js';
import { usualType } from './media-type.js';
import { readRasterHeader } from './raster-header.js';
import type { RasterHeader, RasterType } from './raster-header.js';

/** In pixels. A decoded pixel takes four bytes: 256 MiB. Larger than any phone's photo but the few of 100 megapixels and more. */
const MOST_PIXELS = 64 * 1024 * 1024;

/** No browser draws an image with a longer side than this. */
const LONGEST_SIDE = 32_767;

/** In ms: a picture that has been tried is shown in the page's next rendering, or is not shown soon. */
const SHOWN_WITHIN = 1000;

/**
 * A picture that breaks off shows at most as many pixels for each of its bytes as this, or, for what costs nothing, {@link FEW_PIXELS}: a few
 * bytes with a large size in front are no picture, and would be given the memory of one. An ordinary photo of 12 megapixels has three.
 */
const MOST_PIXELS_A_BYTE = 1024;

const FEW_PIXELS = 4 * 1024 * 1024;

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
    const header = await affordable(blob);
    return header && { type: header.type, bitmap: await createImageBitmap(blob) };
  } catch {
    return null;
  }
}

/** A picture as an `<img>` shows it. */
export interface Shown {
  readonly type: RasterType;
  readonly size: Size;
  readonly image: HTMLImageElement;
}

/**
 * The same without its pixels, decoded as an `<img>` does it: whoever shows it within a moment finds it decoded. One that breaks off is
 * shown as far as it goes. Null, too, on a page whose policy forbids it to show blobs.
 */
export async function tryRaster(blob: Blob): Promise<Shown | null> {
  try {
    const header = await affordable(blob);
    if (!header || header.width * header.height > Math.max(FEW_PIXELS, MOST_PIXELS_A_BYTE * blob.size))
      return null;
    const image = new Image();
    image.src = holdUrl(blob);
    // Also when it is no picture: nobody will show it.
    setTimeout(() => releaseUrl(blob), SHOWN_WITHIN);
    await image.decode();
    return { type: header.type, size: { width: image.naturalWidth, height: image.naturalHeight }, image };
  } catch {
    return null;
  }
}

async function affordable(blob: Blob): Promise<RasterHeader | null> {
  const header = await readRasterHeader(blob);
  return header && claims(blob.type, header.type) && isAffordable(header) ? header : null;
}

/** Whether a picture of this size may be decoded as it is. */
export function isAffordable({ width, height }: Size): boolean {
  return Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS;
}

/** Whether a blob of type `claim` may be what its bytes are. */
export function claims(claim: string, type: RasterType): boolean {
  const usual = usualType(claim);
  return usual === '' || usual === type;
}
