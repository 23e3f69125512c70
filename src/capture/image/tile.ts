import { encodeCanvas, canReadBack } from './canvas.js';
import type { Size } from './canvas.js';
import { openRaster } from './raster.js';
import type { Raster, RasterOptions } from './raster.js';

/**
 * In pixels: a picture up to this size is shown as it is, which takes 4 MiB. Most animated pictures
 * are below it, so they keep moving.
 */
const SMALL = 1024 * 1024;

/**
 * In pixels: a picture up to this size may be shown as it is, alone in the viewer, which takes up
 * to 180 MB in Chromium.
 */
const MODERATE = 16 * 1024 * 1024;

/**
 * The thumbnail for each file: the file itself, a JPEG of it, or null if this browser cannot show
 * it.
 */
const tiles = new WeakMap<Blob, Blob | null>();

/** Whether a picture of this size is cheap to show as it is. */
export function isSmall({ width, height }: Size): boolean {
  return width * height <= SMALL;
}

/** Whether it is cheap enough to show alone. */
export function isModerate({ width, height }: Size): boolean {
  return width * height <= MODERATE;
}

/** The result of {@link makeTile}; undefined before that. */
export function tileOf(file: Blob): Blob | null | undefined {
  return tiles.get(file);
}

/**
 * Decodes `file`, within the budget of the page, and makes its thumbnail. Rejects like
 * `openRaster`.
 */
export async function makeTile(file: Blob, options: RasterOptions = {}): Promise<Blob | null> {
  const raster = await openRaster(file, options);
  return keepTile(file, raster);
}

/** The same for a file that is already decoded. */
export async function keepTile(file: Blob, raster: Raster | null): Promise<Blob | null> {
  const tile = raster && (isSmall(raster.size) ? file : await pictureOf(file, raster));
  tiles.set(file, tile);
  return tile;
}

/**
 * Makes a picture about as large as a screen, to show in place of one that is too large. Null as
 * above.
 */
export async function makeLarge(file: Blob, options: RasterOptions = {}): Promise<Blob | null> {
  const raster = await openRaster(file, { ...options, edge: 2560 });
  return raster && pictureOf(file, raster);
}

/**
 * Where the browser does not let pages read pixels: the picture itself, or null if that is too
 * large.
 */
async function pictureOf(file: Blob, { picture, size }: Raster): Promise<Blob | null> {
  const made = canReadBack() ? await encodeCanvas(picture, 'image/jpeg', 0.85).catch(() => null) : null;
  return made ?? (isModerate(size) ? file : null);
}
