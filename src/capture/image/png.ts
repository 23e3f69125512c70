import { decodingCost, isAffordable } from './decoding-cost.js';
import { decoding } from './decoding.js';
import { readRasterHeader } from './raster-header.js';

/**
 * Converts the picture in `file` to a PNG at full size. Rejects if it cannot be decoded, or would
 * take too much memory.
 */
export async function pngOf(file: Blob): Promise<Blob> {
  if (file.type === 'image/png') return file;
  const header = await readRasterHeader(file);
  const cost = header ? (await decodingCost(file, header)).whole : Infinity;
  if (!isAffordable(cost)) throw new Error('too large a picture, or none');
  // The bitmap is drawn on a canvas before it is released, so both exist for a moment.
  return decoding.run(() => reencode(file), { cost: cost * 2 });
}

async function reencode(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => (png ? resolve(png) : reject(new Error('no PNG'))), 'image/png');
  });
}
