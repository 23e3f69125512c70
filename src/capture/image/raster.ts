import { holdUrl, releaseUrl } from '../../object-url.js';
import { drawScaled, drawDownscaled, fit } from './canvas.js';
import type { Canvas, Size } from './canvas.js';
import { decodingCost, isAffordable } from './decoding-cost.js';
import { DecodingTimeout, decoding } from './decoding.js';
import type { Decoding } from './decoding.js';
import { canonicalType } from '../media/media-type.js';
import { readRasterHeader } from './raster-header.js';
import type { RasterHeader, RasterType } from './raster-header.js';
import { canDecodeDownscaled, decodeDownscaled } from './scaled.js';

/** In pixels: the long side of a thumbnail, by default. */
const EDGE = 512;

/** In pixels, for truncated pictures: browsers decode those on the main thread. */
const LARGEST_TRUNCATED = 16 * 1024 * 1024;

/**
 * A picture that was decoded, and drawn as a thumbnail. Upright, according to its orientation tag.
 */
export interface Raster {
  readonly type: RasterType;
  /** The upright size of the picture itself, in pixels. */
  readonly size: Size;
  readonly picture: Canvas;
}

/** The queue and the signal of the decoding, and the longest side of the thumbnail in pixels. */
export interface RasterOptions extends Pick<Decoding, 'queue' | 'signal'> {
  readonly edge?: number;
}

type Thumbnail = Pick<Raster, 'size' | 'picture'>;

/**
 * Draws a thumbnail of `blob` if it is a picture: of a raster type by its first bytes, of the type
 * that it claims (if any), and of a size that this device can afford. A truncated picture is drawn
 * as far as it goes. A few bytes may claim to be a picture of gigabytes, so the size is read from
 * the header before anything is decoded, and all decoding in the page shares one budget. Null for
 * everything else.
 *
 * Rejects with the signal's reason when that is aborted, or with `DecodingTimeout`; then it is
 * unknown whether `blob` is a picture.
 */
export async function openRaster(blob: Blob, options: RasterOptions = {}): Promise<Raster | null> {
  const header = await readRasterHeader(blob).catch(() => null);
  if (!header || !isCompatible(blob.type, header.type)) return null;
  const cost = await decodingCost(blob, header);
  const drawing =
    (await tryDownscaled(blob, header, cost.eighth, options)) ??
    (await tryWhole(blob, header, cost.whole, options));
  return drawing && { type: header.type, ...drawing };
}

/** Whether the type `claim` is compatible with `type`, which is what the bytes are. */
function isCompatible(claim: string, type: RasterType): boolean {
  const usual = canonicalType(claim);
  return usual === '' || usual === type;
}

async function tryDownscaled(
  blob: Blob,
  header: RasterHeader,
  cost: number,
  { edge = EDGE, ...whose }: RasterOptions,
): Promise<Thumbnail | null> {
  // Downscaling while decoding gains little unless the picture is much larger.
  if (!isAffordable(cost) || Math.max(header.width, header.height) < edge * 2 || !canDecodeDownscaled())
    return null;
  return attempt(() => decodeDownscaled(blob, header, edge), { ...whose, cost: cost + blob.size });
}

async function tryWhole(
  blob: Blob,
  header: RasterHeader,
  cost: number,
  { edge = EDGE, ...whose }: RasterOptions,
): Promise<Thumbnail | null> {
  if (!isAffordable(cost)) return null;
  const whole = await attempt(() => decodeWhole(blob, header, edge), { ...whose, cost: cost + blob.size });
  if (whole || header.width * header.height > LARGEST_TRUNCATED) return whole;
  return attempt(() => decodeTruncated(blob, edge), { ...whose, cost: cost * 2 + blob.size });
}

/** Resolves with null if decoding fails. */
async function attempt(draw: () => Promise<Thumbnail | null>, options: Decoding): Promise<Thumbnail | null> {
  try {
    return await decoding.run(draw, options);
  } catch (thrown) {
    if (thrown instanceof DecodingTimeout || options.signal?.aborted) throw thrown;
    return null;
  }
}

/**
 * Decodes and downscales off the main thread. The browser resizes with low quality there, so it
 * resizes to twice the final size, and the rest is done here. Fails for a truncated picture.
 */
async function decodeWhole(blob: Blob, header: RasterHeader, edge: number): Promise<Thumbnail> {
  const twice = fit(header, edge * 2);
  const isLarge = twice.width < header.width;
  let bitmap = await createImageBitmap(blob, isLarge ? { resizeWidth: twice.width } : {});
  let size = isLarge ? uprightSize(header, bitmap) : sizeOf(bitmap);
  if (!size) {
    bitmap.close();
    bitmap = await createImageBitmap(blob);
    size = sizeOf(bitmap);
  }
  try {
    return { size, picture: await drawDownscaled(bitmap, fit(size, edge)) };
  } finally {
    bitmap.close();
  }
}

/**
 * Decodes as an `<img>` does, which shows a truncated picture as far as it goes. Also fails if the
 * page's policy forbids blob images.
 */
async function decodeTruncated(blob: Blob, edge: number): Promise<Thumbnail> {
  const image = new Image();
  image.src = holdUrl(blob);
  try {
    await image.decode();
    const size = { width: image.naturalWidth, height: image.naturalHeight };
    return { size, picture: drawScaled(image, fit(size, edge)) };
  } finally {
    releaseUrl(blob);
  }
}

/**
 * The upright size of the picture of which `scaled` was made; the header does not tell whether it
 * is rotated. Null if that is ambiguous, or if the picture is cropped.
 */
function uprightSize({ width, height }: Size, scaled: Size): Size | null {
  const upright = isAlike(scaled, { width, height });
  const turned = isAlike(scaled, { width: height, height: width });
  if (upright && (!turned || width === height)) return { width, height };
  return turned && !upright ? { width: height, height: width } : null;
}

function sizeOf({ width, height }: ImageBitmap): Size {
  return { width, height };
}

function isAlike(scaled: Size, { width, height }: Size): boolean {
  return Math.abs((scaled.width * height) / width - scaled.height) <= 1;
}
