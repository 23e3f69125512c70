import { UPRIGHT, orientationOf, orientationTiff } from './exif.js';
import type { Orientation } from './exif.js';
import { asciiBytes, joined, viewOf } from './stripped.js';
import type { Stripped } from './stripped.js';

/** In bytes: `RIFF`, a size and `WEBP`, before the first chunk. */
const HEAD = 12;

/** The chunks that decide what a picture looks like (RFC 9649, section 2.7). */
const NEEDED: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

/** The bits of `VP8X` that say that there are Exif and XMP chunks. */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** Null if the file is not a whole WebP. */
export function stripWebp(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  const view = viewOf(bytes);
  if (bytes.length < HEAD) return null;
  const whole = 8 + view.getUint32(4, true);
  if (whole > bytes.length) return null;
  let extended: Uint8Array<ArrayBuffer> | null = null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let orientation: Orientation | null = null;
  for (let offset = HEAD; offset < whole;) {
    if (offset + 8 > whole) return null;
    const length = view.getUint32(offset + 4, true);
    const content = bytes.subarray(offset + 8, offset + 8 + length);
    // Chunks have an even size, but some programs leave out the last byte of a file.
    const end = Math.min(whole, offset + 8 + length + (length % 2));
    if (offset + 8 + length > whole) return null;
    const name = String.fromCharCode(...bytes.subarray(offset, offset + 4));
    if (name === 'EXIF') orientation ??= orientationOf(withoutPrefix(content));
    if (name === 'VP8X' && length >= 10) extended ??= bytes.slice(offset, end);
    else if (NEEDED.has(name)) parts.push(bytes.subarray(offset, end), new Uint8Array((end - offset) % 2));
    offset = end;
  }
  if (parts.length === 0) return null;
  const upright = extended === null ? UPRIGHT : (orientation ?? UPRIGHT);
  if (extended) {
    extended[8]! &= ~(HAS_EXIF | HAS_XMP);
    if (upright !== UPRIGHT) {
      extended[8]! |= HAS_EXIF;
      parts.push(exifChunk(upright));
    }
    parts.unshift(extended);
  }
  const size = parts.reduce((sum, { length }) => sum + length, 4);
  return { parts: [riff(size), ...parts], orientation: upright };
}

/** Some programs write Exif as in a JPEG, with a prefix that does not belong there. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  return String.fromCharCode(...exif.subarray(0, 6)) === 'Exif\0\0' ? exif.subarray(6) : exif;
}

function riff(size: number): Uint8Array<ArrayBuffer> {
  return joined(asciiBytes('RIFF'), littleEndian(size), asciiBytes('WEBP'));
}

function exifChunk(orientation: Orientation): Uint8Array<ArrayBuffer> {
  const tiff = orientationTiff(orientation);
  return joined(asciiBytes('EXIF'), littleEndian(tiff.length), tiff);
}

function littleEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
