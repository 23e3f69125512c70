import { encodeCanvas, canReadBack } from './canvas.js';
import type { Size } from './canvas.js';
import { openRaster } from './raster.js';
import type { Raster, RasterOptions } from './raster.js';

/**
 * In pixels: a picture of at most as many is shown as it is, which takes 4 MiB. Everything that
 * moves, but for large ones, moves so.
 */
const SMALL = 1024 * 1024;

/**
 * In pixels: one of at most as many may be shown alone as it is, which takes up to 180 MB in
 * Chromium.
 */
const MODERATE = 16 * 1024 * 1024;

/**
 * What is shown of a picture where it is small: itself, or a JPEG of it; null where this browser
 * shows nothing of it.
 */
const tiles = new WeakMap<Blob, Blob | null>();

/** Whether a picture of this size costs little to be shown as it is. */
export function isSmall({ width, height }: Size): boolean {
  return width * height <= SMALL;
}

/** The same for one that is shown alone. */
export function isModerate({ width, height }: Size): boolean {
  return width * height <= MODERATE;
}

/** What {@link makeTile} has found, if it was asked; else undefined. */
export function tileOf(file: Blob): Blob | null | undefined {
  return tiles.get(file);
}

/**
 * Looks at `file`, in its turn, and makes what is shown of it where it is small. Rejects as
 * `openRaster` does.
 */
export async function makeTile(file: Blob, options: RasterOptions = {}): Promise<Blob | null> {
  const raster = await openRaster(file, options);
  return keepTile(file, raster);
}

/** The same for what was looked at already. */
export async function keepTile(file: Blob, raster: Raster | null): Promise<Blob | null> {
  const tile = raster && (isSmall(raster.size) ? file : await pictureOf(file, raster));
  tiles.set(file, tile);
  return tile;
}

/**
 * As large as most screens are: what is shown of a picture that is too large to be shown as it is.
 * Null as above.
 */
export async function makeLarge(file: Blob, options: RasterOptions = {}): Promise<Blob | null> {
  const raster = await openRaster(file, { ...options, edge: 2560 });
  return raster && pictureOf(file, raster);
}

/**
 * The picture itself where this browser keeps pages from reading what they draw; null where that is
 * too large.
 */
async function pictureOf(file: Blob, { picture, size }: Raster): Promise<Blob | null> {
  const made = canReadBack() ? await encodeCanvas(picture, 'image/jpeg', 0.85).catch(() => null) : null;
  return made ?? (isModerate(size) ? file : null);
}
