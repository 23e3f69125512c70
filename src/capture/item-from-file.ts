import { bytesOf } from '../bytes-of.js';
import { SnapError } from '../errors.js';
import { cleanFileName } from '../file-name.js';
import type { SnapItem } from '../item.js';
import { encodeCanvas, canvasFrom } from './image/canvas.js';
import type { Size } from './image/canvas.js';
import { clipFromHeader, openClip } from './media/clip.js';
import { sniffContent } from './media/sniff.js';
import { DecodingTimeout, decoding } from './image/decoding.js';
import { capturedFile, dateOf, makeItem } from './make-item.js';
import type { ItemOptions } from './make-item.js';
import type { MediaHeader } from './media/media-header.js';
import { previewOf } from './image/preview.js';
import type { RasterHeader } from './image/raster-header.js';
import { openRaster } from './image/raster.js';
import { keepTile } from './image/tile.js';

/**
 * In pixels: of what counts as a photo. Larger than any phone's but the few of 100 megapixels and
 * more.
 */
const LARGEST_PHOTO = 64 * 1024 * 1024;

/**
 * An item around a file that was chosen here or has arrived. What it is, its bytes decide, in both
 * directions: a photo when they are a raster picture that can be shown, as far as it goes; a clip
 * or a sound when this browser plays them; else a file. Its name is kept but for what no file
 * system takes, its type where that is a name of what the bytes are, and its date.
 *
 * `trusted`: these bytes were made on this device, by this script, and are an item again after a
 * reload: the header is believed, nothing is decoded, and no preview is made. `arrived`: the bytes
 * are this page's own, and can be read for as long as it lives. `size`: what was said of it, should
 * it not be known by then. `queue`: whose part of what may be decoded at once it takes. `timeout`:
 * for how long, in ms, anybody waits for that; what is not known by then is believed to be what its
 * header says.
 *
 * Rejects with `source-unreadable` when the file cannot be read (any more), and with the reason of
 * `signal`.
 */
export async function itemFromFile(given: File, options: FileOptions = {}): Promise<SnapItem> {
  const name = cleanFileName(given.name);
  const content = await sniffContent(options.arrived ? given : await requireReadable(given));
  const file = rename(given, name, content.type);
  const known = { takenAt: dateOf(given), ...options };
  const item =
    (content.raster && (await pictureItem(file, content.raster, known))) ??
    (content.media && (await clipItem(file, content.media, known)));
  if (item && !(item.kind === 'file' && content.ambiguous)) return item;
  return makeItem('file', rename(given, name, given.type), { ...known, preview: null });
}

interface FileOptions extends ItemOptions {
  readonly trusted?: boolean;
  readonly arrived?: boolean;
  readonly size?: Size;
  readonly queue?: string;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * An item around exact pixels, taken here or arrived. Its file is a PNG of them, to show and to
 * save, and is called `name` or after the moment; `imageData` is the thing itself.
 */
export async function itemFromImageData(
  imageData: ImageData,
  options: ItemOptions & Pick<FileOptions, 'queue' | 'signal'> & { name?: string } = {},
): Promise<SnapItem> {
  const takenAt = options.takenAt ?? Date.now();
  // The pixels are on a canvas, and once more in the encoder.
  const cost = 2 * imageData.data.byteLength;
  const [png, preview] = await decoding.run(
    async () => {
      const canvas = await canvasFrom(imageData);
      return Promise.all([
        encodeCanvas(canvas, 'image/png', 1),
        options.preview === undefined ? previewOf(canvas) : options.preview,
      ]);
    },
    { ...options, cost },
  );
  const file =
    options.name === undefined
      ? capturedFile(png, 'photo', takenAt)
      : new File([png], cleanFileName(options.name), { type: png.type, lastModified: takenAt });
  return makeItem('photo', file, { ...options, size: imageData, imageData, takenAt, preview });
}

/** In bytes: a file of so many is read once, and not once for each look at it. */
const SMALL = 65_536;

/**
 * The bytes of `file`, of a small one in memory. One that was moved or changed since fails at the
 * first read: better now, in words, than half-way through a transfer.
 */
async function requireReadable(file: File): Promise<Blob> {
  try {
    const bytes = await bytesOf(file, 0, file.size <= SMALL ? file.size : 1);
    return file.size <= SMALL ? new Blob([bytes], { type: file.type }) : file;
  } catch (cause) {
    throw new SnapError('source-unreadable', { detail: file.name, cause });
  }
}

/**
 * A photo; or, of a picture that is too large or cannot be decoded, a file. One that nobody knows
 * of yet, because too much else is being decoded, is believed to be a photo, of a size that is not
 * known.
 */
async function pictureItem(file: File, header: RasterHeader, options: FileOptions): Promise<SnapItem> {
  const { size: _, ...known } = options;
  if (options.trusted) return makeItem('photo', file, { ...known, size: header });
  const raster = await withTimeout((signal) => openRaster(file, { ...options, signal }), options);
  if (raster === 'unknown') return makeItem('photo', file, known);
  if (options.arrived) await keepTile(file, raster);
  const { preview = raster && (await previewOf(raster.picture)) } = options;
  if (!raster || raster.size.width * raster.size.height > LARGEST_PHOTO)
    return makeItem('file', file, { ...known, preview });
  return makeItem('photo', file, { ...known, preview, size: raster.size });
}

/** A clip or a sound; or, of what this browser does not play, a file. */
async function clipItem(
  file: File,
  header: MediaHeader,
  { size, ...options }: FileOptions,
): Promise<SnapItem> {
  const cover = options.preview === undefined;
  const opened = options.trusted
    ? 'unknown'
    : await withTimeout((signal) => openClip(file, header, { ...options, signal, cover }), options);
  const clip = opened === 'unknown' ? clipFromHeader(file, header) : opened;
  if (clip?.kind !== 'video') return makeItem(clip?.kind ?? 'file', file, { ...options, preview: null });
  const preview = clip.cover ? await previewOf(clip.cover) : options.preview;
  return makeItem('video', file, {
    ...options,
    ...(preview === undefined ? {} : { preview }),
    size: clip.size.width > 0 ? clip.size : (size ?? clip.size),
  });
}

/**
 * What `look` finds; `unknown` when it does not end in the time that there is. Whatever waits for
 * its turn then gives that up.
 */
async function withTimeout<T>(
  look: (signal: AbortSignal) => Promise<T>,
  { signal, timeout = Infinity }: FileOptions,
): Promise<T | 'unknown'> {
  signal?.throwIfAborted();
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = timeout < Infinity ? setTimeout(end, timeout) : undefined;
  signal?.addEventListener('abort', end);
  try {
    return await Promise.race([look(over.signal), aborted(over.signal)]);
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof DecodingTimeout || over.signal.aborted) return 'unknown';
    throw thrown;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

function rename(file: File, name: string, type: string): File {
  if (file.name === name && file.type === type) return file;
  return new File([file], name, { type, lastModified: file.lastModified });
}
