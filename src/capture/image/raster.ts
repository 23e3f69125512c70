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

/** In pixels: the long side of what is drawn, unless another is asked for. */
const EDGE = 512;

/**
 * In pixels: of one that breaks off, which a browser decodes while nothing else happens in the
 * page.
 */
const LARGEST_TRUNCATED = 16 * 1024 * 1024;

/** What a picture looks like, small and upright, as its orientation tag says. */
export interface Raster {
  readonly type: RasterType;
  /** Of the picture itself, in pixels, upright. */
  readonly size: Size;
  readonly picture: Canvas;
}

/**
 * Whose a picture is, and for how long anybody wants it; how long the sides of what is drawn are at
 * most.
 */
export interface RasterOptions extends Pick<Decoding, 'queue' | 'signal'> {
  readonly edge?: number;
}

type Thumbnail = Pick<Raster, 'size' | 'picture'>;

/**
 * Draws `blob` small when it is a picture: one of the raster types by its first bytes, of the type
 * that it claims (if it claims any), and of a size that this device can afford. One that breaks off
 * is drawn as far as it goes. A few bytes may claim to be a picture of gigabytes: the size is read
 * from the header before anything is decoded, and all that is decoded at once in the page keeps to
 * one budget. Null for everything else.
 *
 * Rejects with the reason of `signal`, or with `DecodingTimeout`: then nobody knows.
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

/** Whether a blob of type `claim` may be what its bytes are. */
export function isCompatible(claim: string, type: RasterType): boolean {
  const usual = canonicalType(claim);
  return usual === '' || usual === type;
}

async function tryDownscaled(
  blob: Blob,
  header: RasterHeader,
  cost: number,
  { edge = EDGE, ...whose }: RasterOptions,
): Promise<Thumbnail | null> {
  // What is hardly larger than what is wanted would not come any smaller.
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

/** Null for what fails. */
async function attempt(draw: () => Promise<Thumbnail | null>, options: Decoding): Promise<Thumbnail | null> {
  try {
    return await decoding.run(draw, options);
  } catch (thrown) {
    if (thrown instanceof DecodingTimeout || options.signal?.aborted) throw thrown;
    return null;
  }
}

/**
 * Decoded and made smaller off the page's own thread, which is quick only where it is rough: to
 * twice of what is wanted, and the rest here. One that breaks off fails.
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
 * As an `<img>` shows it: as far as it goes. Fails, too, on a page whose policy forbids it to show
 * blobs.
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
 * How large a picture is, upright, of which `scaled` was made: the header does not tell whether it
 * lies on its side. Null where that can't be told, or where it is shown cut.
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
