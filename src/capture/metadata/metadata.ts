import { stripJpeg } from './jpeg.js';
import { stripPng } from './png.js';
import type { Orientation } from './exif.js';
import { at } from './stripped.js';
import type { Stripped } from './stripped.js';
import { stripWebp } from './webp.js';

/** In bytes: more than any photo of a phone. */
const LARGEST = 128 * 1024 * 1024;

/**
 * Removes from a JPEG, PNG or WebP what it tells besides the picture: place, time, device, names,
 * comments, previews, and other pictures or films behind it. Nothing is encoded again. What the
 * picture looks like stays: its colour profile, its orientation, its animation.
 *
 * Null if the file is of another type, too large, or broken: then it is unknown what is in it.
 */
export async function withoutMetadata(
  picture: Blob,
): Promise<{ readonly blob: Blob; readonly orientation: Orientation } | null> {
  if (picture.size > LARGEST) return null;
  const found = strip(new Uint8Array(await picture.arrayBuffer()));
  return (
    found && { blob: new Blob([...found.parts], { type: picture.type }), orientation: found.orientation }
  );
}

function strip(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  try {
    if (at(bytes, 0, '\xff\xd8\xff')) return stripJpeg(bytes);
    if (at(bytes, 0, '\x89PNG\r\n\x1a\n')) return stripPng(bytes);
    if (at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP')) return stripWebp(bytes);
  } catch (thrown) {
    // It ends within a field.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return null;
}
