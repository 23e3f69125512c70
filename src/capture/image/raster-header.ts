import { bytesOf } from '../../bytes-of.js';
import type { Size } from './canvas.js';

/**
 * The raster types that are shown as pictures. SVG is not one of them: it is a document, with
 * scripts and links.
 */
export type RasterType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/gif'
  | 'image/webp'
  | 'image/avif'
  | 'image/heic'
  | 'image/bmp'
  | 'image/x-icon';

/** The type of a picture by its first bytes, and the size that a decoder would allocate. */
export interface RasterHeader extends Size {
  readonly type: RasterType;
}

/** In bytes: enough for every format, except for a JPEG with a profile. */
const FIRST_LOOK = 64 * 1024;

/**
 * In bytes: enough for a JPEG with a large preview, a profile and maker notes before its frame
 * header, and for one with many megabytes of maker notes.
 */
const FURTHER_LOOKS = [2 * 1024 * 1024, 16 * 1024 * 1024];

/**
 * Reads the header of `blob` without decoding anything. Null if it has none of the types, or is
 * broken.
 */
export async function readRasterHeader(blob: Blob): Promise<RasterHeader | null> {
  for (const length of [FIRST_LOOK, ...FURTHER_LOOKS]) {
    const found = look(await bytesOf(blob, 0, length));
    if (found !== 'cut' || blob.size <= length) return found === 'cut' ? null : found;
  }
  return null;
}

/** Parses the header from the first bytes of a file. Null if they end within the header. */
export function parseRasterHeader(bytes: Uint8Array): RasterHeader | null {
  const found = look(bytes);
  return found === 'cut' ? null : found;
}

/** The header; null if there is none; `cut` if it continues beyond `bytes`. */
function look(bytes: Uint8Array): RasterHeader | null | 'cut' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (const [type, read] of READERS) {
      const size = read(view);
      if (size) return size.width > 0 && size.height > 0 ? { type, ...size } : null;
    }
  } catch (thrown) {
    if (thrown instanceof RangeError) return 'cut';
    throw thrown;
  }
  return null;
}

const READERS: readonly (readonly [RasterType, (view: DataView) => Size | null])[] = [
  ['image/jpeg', readJpeg],
  ['image/png', readPng],
  ['image/gif', readGif],
  ['image/webp', readWebp],
  ['image/avif', (view) => readHeif(view, AVIF)],
  ['image/heic', (view) => readHeif(view, HEIC)],
  ['image/bmp', readBmp],
  ['image/x-icon', readIcon],
];

/** Whether the ASCII `text` is at `offset`. */
function at(view: DataView, offset: number, text: string): boolean {
  if (offset + text.length > view.byteLength) return false;
  for (let i = 0; i < text.length; i += 1) {
    if (view.getUint8(offset + i) !== text.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * ITU-T T.81, annex B: skips segments up to the first start of frame. Thumbnails are inside
 * segments, so they are skipped, too.
 */
function readJpeg(view: DataView): Size | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let offset = 2;
  for (;;) {
    if (view.getUint8(offset) !== 0xff) return null;
    const marker = view.getUint8(offset + 1);
    // Fill bytes, and markers without a length.
    if (marker === 0xff) offset += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) offset += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    } else if (marker === 0xd9 || marker === 0xda) return null;
    else offset += 2 + view.getUint16(offset + 2);
  }
}

/** PNG, section 11.2.1: the first chunk is IHDR. */
function readPng(view: DataView): Size | null {
  if (!at(view, 0, '\x89PNG\r\n\x1a\n')) return null;
  if (!at(view, 12, 'IHDR')) throw new RangeError('no IHDR');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * GIF89a, sections 18 to 20. Browsers also allocate a first frame that is larger than the screen.
 */
function readGif(view: DataView): Size | null {
  if (!at(view, 0, 'GIF87a') && !at(view, 0, 'GIF89a')) return null;
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const flags = view.getUint8(10);
  let offset = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  while (view.getUint8(offset) === 0x21) {
    offset += 2;
    for (let length = view.getUint8(offset); length > 0; length = view.getUint8(offset)) offset += length + 1;
    offset += 1;
  }
  if (view.getUint8(offset) !== 0x2c) return screen;
  return {
    width: Math.max(screen.width, view.getUint16(offset + 1, true) + view.getUint16(offset + 5, true)),
    height: Math.max(screen.height, view.getUint16(offset + 3, true) + view.getUint16(offset + 7, true)),
  };
}

/** RFC 9649, section 2; RFC 6386, section 9.1, for the lossy kind. */
function readWebp(view: DataView): Size | null {
  if (!at(view, 0, 'RIFF') || !at(view, 8, 'WEBP')) return null;
  if (at(view, 12, 'VP8X')) {
    return {
      width: 1 + (view.getUint32(23, true) >>> 8),
      height: 1 + (view.getUint32(26, true) >>> 8),
    };
  }
  if (at(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (!at(view, 12, 'VP8 ')) throw new RangeError('no known chunk');
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/**
 * In bytes: an `ftyp` box takes about 32, a `meta` box a few hundred, or some thousands with a
 * profile.
 */
const MOST_BRANDS = 1024;
const LARGEST_BOX = 1024 * 1024;

/** The brands of pictures and picture sequences, by codec. `mif1` and `msf1` do not reveal it. */
const AVIF = ['avif', 'avis'];
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];

/**
 * ISO/IEC 23008-12: the largest size among the items (`ispe` in the `meta` box) and, for a
 * sequence, the tracks (`tkhd` in the `moov` box). The boxes have to be complete in what was read.
 */
function readHeif(view: DataView, wanted: readonly string[]): Size | null {
  if (!at(view, 4, 'ftyp')) return null;
  const length = view.getUint32(0);
  if (length > MOST_BRANDS || length % 4 !== 0) return null;
  const brands = Array.from({ length: Math.max(0, length / 4 - 2) }, (_, i) => 8 + i * 4);
  // The first is the major brand, the second a version number.
  const has = (list: readonly string[]): boolean =>
    brands.some((offset, i) => i !== 1 && list.some((brand) => at(view, offset, brand)));
  if (![...AVIF, ...HEIC].some((brand) => at(view, 8, brand)) || !has(wanted)) return null;
  const isSequence = has(['avis', 'hevc', 'hevx', 'hevm', 'hevs', 'msf1']);
  let largest: Size = { width: 0, height: 0 };
  for (const name of isSequence ? (['meta', 'moov'] as const) : (['meta'] as const)) {
    const sizes = name === 'meta' ? itemSizes : trackSizes;
    for (const size of sizes(view, ...box(view, name, length, isSequence && name === 'meta')))
      if (size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/**
 * The start and the end of the box `name` after `offset`. An `optional` box that is not found is
 * empty.
 */
function box(view: DataView, name: string, offset: number, optional: boolean): [start: number, end: number] {
  let start = offset;
  while (!at(view, start + 4, name)) {
    if (optional && start + 8 > view.byteLength) return [0, 0];
    start += Math.max(8, view.getUint32(start));
  }
  const end = start + view.getUint32(start);
  if (end > Math.min(view.byteLength, start + LARGEST_BOX))
    throw new RangeError(`the ${name} box is not whole`);
  return [start, end];
}

function* itemSizes(view: DataView, start: number, end: number): Generator<Size> {
  for (let offset = start; offset + 16 <= end; offset += 1)
    if (at(view, offset, 'ispe'))
      yield { width: view.getUint32(offset + 8), height: view.getUint32(offset + 12) };
}

/** ISO/IEC 14496-12, section 8.3.2: in 16.16 fixed point, at the end of the box. */
function* trackSizes(view: DataView, start: number, end: number): Generator<Size> {
  for (let offset = start; offset + 100 <= end; offset += 1) {
    if (!at(view, offset, 'tkhd')) continue;
    const size = offset + (view.getUint8(offset + 4) === 1 ? 92 : 80);
    yield { width: view.getUint16(size), height: view.getUint16(size + 4) };
  }
}

/**
 * The file header of a BMP and the info header behind it. A negative height means that the top row
 * comes first.
 */
function readBmp(view: DataView): Size | null {
  if (!at(view, 0, 'BM')) return null;
  const short = view.getUint32(14, true) === 12;
  return short
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** More than any program writes into one icon. */
const MOST_ICONS = 64;

/**
 * An icon directory. Each entry is a BMP or PNG of at most 256 pixels; browsers enforce that for
 * PNGs.
 */
function readIcon(view: DataView): Size | null {
  if (view.byteLength < 22 || view.getUint32(0) !== 0x0000_0100) return null;
  const count = view.getUint16(4, true);
  if (count === 0 || count > MOST_ICONS) return null;
  let largest: Size = { width: 0, height: 0 };
  for (let entry = 6; entry < 6 + count * 16; entry += 16) {
    const offset = view.getUint32(entry + 12, true);
    if (view.getUint8(entry + 3) !== 0 || offset < 6 + count * 16) return null;
    const size = { width: view.getUint8(entry) || 256, height: view.getUint8(entry + 1) || 256 };
    if (size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
