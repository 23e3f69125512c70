import { SnapError } from '../errors.js';
import { cleanFileName } from '../file-name.js';
import type { SnapItem } from '../snap-item.js';
import { encoded, shown } from './canvas.js';
import { clipKind } from './clip.js';
import { capturedFile, makeItem } from './item.js';
import type { ItemOptions } from './item.js';
import { previewOf } from './preview.js';
import { readRasterHeader } from './raster-header.js';
import { claims, openRaster, tryRaster } from './raster.js';

/**
 * An item around a file that was chosen here or has arrived. Its kind comes from its bytes: a photo only when it is a raster picture that
 * decodes and is what its type says; a clip or a sound only when it is of a type that this browser plays; else a file. Name and type are kept; a
 * picture without a type gets its own.
 *
 * `trusted`: these bytes were made on this device, by this script, and are an item again after a reload: the header is believed, nothing is
 * decoded, and no preview is made. `arrived`: the bytes are this page's own, and can be read for as long as it lives.
 *
 * Rejects with `source-unreadable` when the file cannot be read (any more).
 */
export async function itemFromFile(
  given: File,
  options: ItemOptions & { trusted?: boolean; arrived?: boolean } = {},
): Promise<SnapItem> {
  const name = cleanFileName(given.name);
  const file = name === given.name ? given : renamed(given, name, given.type);
  if (!options.arrived) await probe(file);
  const photo = options.trusted ? await believed(file, options) : await decoded(file, options);
  return photo ?? makeItem((await clipKind(file)) ?? 'file', file, options);
}

/**
 * An item around exact pixels, taken here or arrived. Its file is a PNG of them, to show and to save, and is called `name` or after the
 * moment; `imageData` is the thing itself.
 */
export async function itemFromImageData(
  imageData: ImageData,
  options: ItemOptions & { name?: string } = {},
): Promise<SnapItem> {
  const takenAt = options.takenAt ?? Date.now();
  const canvas = shown(imageData);
  const [png, preview] = await Promise.all([
    encoded(canvas, 'image/png', 1),
    options.preview === undefined ? previewOf(canvas) : options.preview,
  ]);
  const file =
    options.name === undefined
      ? capturedFile(png, 'photo', takenAt)
      : new File([png], cleanFileName(options.name), { type: png.type, lastModified: takenAt });
  return makeItem('photo', file, { ...options, size: imageData, imageData, takenAt, preview });
}

/** A file that was moved or changed since fails at the first read: better now, in words, than half-way through a transfer. */
async function probe(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new SnapError('source-unreadable', { detail: file.name, cause });
  }
}

async function believed(file: File, options: ItemOptions): Promise<SnapItem | null> {
  const header = await readRasterHeader(file);
  return header && claims(file.type, header.type)
    ? makeItem('photo', file, { ...options, size: header })
    : null;
}

async function decoded(file: File, options: ItemOptions): Promise<SnapItem | null> {
  // Whoever made the preview has looked at all of it.
  const tried = options.preview ? await tryRaster(file) : null;
  if (tried) return makeItem('photo', typed(file, tried.type), { ...options, size: tried.size });
  const raster = await openRaster(file);
  if (!raster) return null;
  const { type, bitmap } = raster;
  try {
    const size = { width: bitmap.width, height: bitmap.height };
    const preview = options.preview === undefined ? await previewOf(bitmap) : options.preview;
    return makeItem('photo', typed(file, type), { ...options, size, preview });
  } finally {
    bitmap.close();
  }
}

function typed(file: File, type: string): File {
  return file.type === '' ? renamed(file, file.name, type) : file;
}

function renamed(file: File, name: string, type: string): File {
  return new File([file], name, { type, lastModified: file.lastModified });
}
