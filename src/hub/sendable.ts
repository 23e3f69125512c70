import { dateOf } from '../capture/make-item.js';
import { SnapError } from '../errors.js';
import { randomId } from '../item.js';
import type { SnapItem } from '../item.js';
import { pixelsOf } from '../store/outbox.js';
import type { Description } from '../transfer/transfers.js';
import { blobSource, bytesSource } from '../transfer/send/source.js';
import type { Source } from '../transfer/send/source.js';

/**
 * What `send()` takes. An `ImageData` arrives with every byte equal; a canvas and an `ImageBitmap`
 * go as a PNG.
 */
export type Sendable = ImageData | Blob | File | HTMLCanvasElement | OffscreenCanvas | ImageBitmap;

/** Bytes to send, with their description. */
export interface Payload {
  readonly source: Source;
  readonly description: Description;
  /** The same bytes, for the outbox to store. */
  readonly content: Blob | Uint8Array<ArrayBuffer>;
}

/**
 * The payload of what a page gives to `send()`. Pixels are copied, so that the page may change them
 * afterwards. Throws `source-unsupported` for anything that is not {@link Sendable}.
 */
export function payloadOf(data: Sendable, name?: string): Payload {
  if (data instanceof ImageData) return pixels(data, name ?? 'photo.png', pixelBytes(data).slice());
  if (data instanceof Blob) return file(data, name ?? (data instanceof File ? data.name : 'file'));
  if (data instanceof HTMLCanvasElement || data instanceof OffscreenCanvas || data instanceof ImageBitmap) {
    return picture(data, name ?? 'picture.png');
  }
  throw new SnapError('source-unsupported', { detail: Object.prototype.toString.call(data) });
}

/**
 * The payload of an item. It keeps the item's id, by which a receiver recognizes it however often
 * it is sent.
 */
export async function payloadOfItem(item: SnapItem): Promise<Payload> {
  const { description, ...payload } = item.imageData
    ? pixels(item.imageData, item.file.name, pixelBytes(item.imageData))
    : file(item.file, item.file.name);
  const { id, width, height, takenAt, preview } = item;
  const bytes = preview && new Uint8Array(await preview.arrayBuffer());
  return { ...payload, description: { ...description, id, width, height, takenAt, preview: bytes } };
}

/**
 * Four bytes a pixel. Throws `source-unsupported` when there are more, as with `rgba-float16`, or
 * none, as when the buffer was transferred to a worker.
 */
function pixelBytes(image: ImageData): Uint8Array<ArrayBuffer> {
  const { data, width, height } = image;
  if (data.byteLength !== width * height * 4)
    throw new SnapError('source-unsupported', { detail: 'ImageData' });
  return pixelsOf(image);
}

function pixels(image: ImageData, name: string, content: Uint8Array<ArrayBuffer>): Payload {
  return {
    content,
    source: bytesSource(content),
    description: describe({
      name,
      mime: 'image/png',
      format: 'rgba',
      width: image.width,
      height: image.height,
    }),
  };
}

function file(blob: Blob, name: string): Payload {
  const takenAt = blob instanceof File ? dateOf(blob) : Date.now();
  return {
    content: blob,
    source: blobSource(blob),
    description: describe({ name, mime: blob.type, takenAt }),
  };
}

/** Encodes synchronously: `send()` returns a Transfer with its size at once. */
function picture(image: HTMLCanvasElement | OffscreenCanvas | ImageBitmap, name: string): Payload {
  const { width, height } = image;
  const canvas = image instanceof HTMLCanvasElement ? image : document.createElement('canvas');
  if (canvas !== image) {
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
  }
  const base64 = canvas.toDataURL('image/png').split(',')[1] ?? '';
  const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const description = describe({ name, mime: 'image/png', width, height });
  return { content, source: bytesSource(content), description };
}

function describe(known: Partial<Description> & { name: string; mime: string }): Description {
  return {
    id: randomId(),
    format: 'file',
    width: 0,
    height: 0,
    takenAt: Date.now(),
    preview: null,
    ...known,
  };
}
