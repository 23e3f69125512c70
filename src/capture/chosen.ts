import { SnapError } from '../errors.js';
import { cleanFileName } from '../file-name.js';
import type { SnapItem } from '../snap-item.js';
import { drawn, encoded, fit, shown } from './canvas.js';
import type { Canvas, Size } from './canvas.js';
import { believedClip, openClip } from './clip.js';
import { readContent } from './content.js';
import { capturedFile, dateOf, makeItem } from './item.js';
import type { ItemOptions } from './item.js';
import type { MediaHeader } from './media-header.js';
import { previewOf } from './preview.js';
import type { RasterHeader } from './raster-header.js';
import { isAffordable, openRaster, tryRaster } from './raster.js';
import { drawnSmall } from './scaled.js';

/**
 * An item around a file that was chosen here or has arrived. What it is, its bytes decide, in both directions: a photo when they are a raster
 * picture that can be shown, as far as it goes; a clip or a sound when this browser plays them; else a file. Its name is kept but for what no
 * file system takes, its type where that is a name of what the bytes are, and its date.
 *
 * `trusted`: these bytes were made on this device, by this script, and are an item again after a reload: the header is believed, nothing is
 * decoded, and no preview is made. `arrived`: the bytes are this page's own, and can be read for as long as it lives. `size`: what was said of it,
 * should it not be known by then.
 *
 * Rejects with `source-unreadable` when the file cannot be read (any more).
 */
export async function itemFromFile(given: File, options: FileOptions = {}): Promise<SnapItem> {
  const name = cleanFileName(given.name);
  if (!options.arrived) await probe(given);
  const content = await readContent(given);
  const file = renamed(given, name, content.type);
  const known = { takenAt: dateOf(given), ...options };
  const item =
    (content.raster && (await pictureItem(file, content.raster, known))) ??
    (content.media && (await clipItem(file, content.media, known)));
  if (item && !(item.kind === 'file' && content.doubtful)) return item;
  return makeItem('file', renamed(given, name, given.type), { ...known, preview: null });
}

interface FileOptions extends ItemOptions {
  readonly trusted?: boolean;
  readonly arrived?: boolean;
  readonly size?: Size;
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

/** A photo; or, of a picture that is too large or cannot be decoded, a file. */
async function pictureItem(
  file: File,
  header: RasterHeader,
  { size: _, ...options }: FileOptions,
): Promise<SnapItem> {
  if (options.trusted) return makeItem('photo', file, { ...options, size: header });
  // Whoever made the preview has looked at all of it.
  const tried = options.preview ? await tryRaster(file) : null;
  if (tried) return makeItem('photo', file, { ...options, size: tried.size });
  const raster = await openRaster(file);
  if (raster) return photoOf(file, raster.bitmap, options).finally(() => raster.bitmap.close());
  const broken = options.preview ? null : await tryRaster(file);
  if (broken)
    return photoOf(file, drawn(broken.image, fit(broken.size, 640)), { ...options, size: broken.size });
  const preview = options.preview ?? (await smallPreview(file, header));
  return makeItem('file', file, { ...options, preview });
}

async function photoOf(file: File, picture: Canvas | ImageBitmap, options: FileOptions): Promise<SnapItem> {
  const size = options.size ?? { width: picture.width, height: picture.height };
  const preview = options.preview === undefined ? await previewOf(picture) : options.preview;
  return makeItem('photo', file, { ...options, size, preview });
}

/** Of one that is too large to be decoded as it is. */
async function smallPreview(file: File, header: RasterHeader): Promise<Blob | null> {
  if (isAffordable(header) || header.type !== 'image/jpeg') return null;
  const small = await drawnSmall(file, header);
  return small && previewOf(small);
}

/** A clip or a sound; or, of what this browser does not play, a file. */
async function clipItem(
  file: File,
  header: MediaHeader,
  { size, ...options }: FileOptions,
): Promise<SnapItem> {
  const wanted = options.preview === undefined && !options.trusted;
  const clip = options.trusted ? believedClip(file, header) : await openClip(file, header, wanted);
  if (clip?.kind !== 'video') return makeItem(clip?.kind ?? 'file', file, { ...options, preview: null });
  const preview = clip.cover ? await previewOf(clip.cover) : options.preview;
  return makeItem('video', file, {
    ...options,
    ...(preview === undefined ? {} : { preview }),
    size: clip.size.width > 0 ? clip.size : (size ?? clip.size),
  });
}

function renamed(file: File, name: string, type: string): File {
  if (file.name === name && file.type === type) return file;
  return new File([file], name, { type, lastModified: file.lastModified });
}
