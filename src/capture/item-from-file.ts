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
 * In pixels. A larger picture becomes a file. Only the few phones with 100 megapixels or more
 * exceed this.
 */
const LARGEST_PHOTO = 64 * 1024 * 1024;

/**
 * Makes an item from a file that was chosen here or received. The kind depends on the bytes alone,
 * whatever the name and type claim: a photo if they are a raster picture that this browser shows,
 * even a truncated one; a video or a sound if this browser plays them; otherwise a file. The name
 * is kept except for what file systems reject, the type is kept if it fits the bytes, and the date
 * is kept.
 *
 * Rejects with `source-unreadable` if the file cannot be read (any more), and with the reason of
 * `signal` when that is aborted.
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
  /**
   * This script made the bytes on this device, for example before a reload: believe the header,
   * decode nothing and make no preview.
   */
  readonly trusted?: boolean;
  /** The bytes were received, so they stay readable for as long as the page lives. */
  readonly arrived?: boolean;
  /** The size according to the sender, for when it is not known in time. */
  readonly size?: Size;
  /** The queue of the decoding budget: the id of the member that sent the file. */
  readonly queue?: string;
  /** In ms: how long decoding may take. Without a result by then, believes the header. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * Makes an item from exact pixels, taken here or received. `imageData` holds the pixels; `file` is
 * a PNG of them, to show and to save, named `name` or after the time.
 */
export async function itemFromImageData(
  imageData: ImageData,
  options: ItemOptions & Pick<FileOptions, 'queue' | 'signal'> & { name?: string } = {},
): Promise<SnapItem> {
  const takenAt = options.takenAt ?? Date.now();
  // The pixels are held twice: on the canvas, and in the encoder.
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

/**
 * In bytes: a file of at most this size is read into memory once, instead of for every look at it.
 */
const SMALL = 65_536;

/**
 * Reads the first byte of `file`, or all of a small file, and returns what to read from. A file
 * that was moved or changed since it was chosen fails at its first read: it is better to fail now
 * than half-way through a transfer.
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
 * Makes a photo, or a file if the picture is too large or cannot be decoded. If the timeout passes
 * while other pictures are being decoded, assumes a photo of unknown size.
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

/** Makes a video or a sound, or a file if this browser does not play it. */
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
 * Resolves with the result of `look`, or with `unknown` if it does not finish within `timeout`.
 * Then a decoding that is still queued is dropped.
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
