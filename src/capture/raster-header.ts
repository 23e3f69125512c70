import type { Size } from './canvas.js';

/** The raster types that are shown as pictures. Never SVG: it is a document, with scripts and links. */
export type RasterType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif' | 'image/bmp';

/** What a file is by its first bytes, and how large a decoder would have to make it. */
export interface RasterHeader extends Size {
  readonly type: RasterType;
}

/** Enough for every format, and for a JPEG without a profile. */
const FIRST_LOOK = 64 * 1024;

/** Enough for a JPEG with a large preview, a profile and a maker's notes before its size. */
const SECOND_LOOK = 2 * 1024 * 1024;

/** Reads the header of `blob`, and nothing more of it: nothing is decoded. Null when it is none of the types, or broken. */
export async function readRasterHeader(blob: Blob): Promise<RasterHeader | null> {
  for (const length of [FIRST_LOOK, SECOND_LOOK]) {
    const header = parseRasterHeader(new Uint8Array(await blob.slice(0, length).arrayBuffer()));
    if (header || blob.size <= length) return header;
  }
  return null;
}

/** The same for the bytes that a file begins with. */
export function parseRasterHeader(bytes: Uint8Array): RasterHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (const [type, read] of READERS) {
      const size = read(view);
      if (size) return size.width > 0 && size.height > 0 ? { type, ...size } : null;
    }
  } catch (thrown) {
    // What ends inside of its own header is no picture.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return null;
}

const READERS: readonly (readonly [RasterType, (view: DataView) => Size | null])[] = [
  ['image/jpeg', readJpeg],
  ['image/png', readPng],
  ['image/gif', readGif],
  ['image/webp', readWebp],
  ['image/avif', readAvif],
  ['image/bmp', readBmp],
];

/** Whether the ASCII `text` stands at `offset`. */
function at(view: DataView, offset: number, text: string): boolean {
  if (offset + text.length > view.byteLength) return false;
  for (let i = 0; i < text.length; i += 1) {
    if (view.getUint8(offset + i) !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** ITU-T T.81, annex B: segments up to the first start of frame. Thumbnails lie inside of segments, and are skipped with them. */
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

/** PNG, section 11.2.1: IHDR comes first. */
function readPng(view: DataView): Size | null {
  if (!at(view, 0, '\x89PNG\r\n\x1a\n')) return null;
  if (!at(view, 12, 'IHDR')) throw new RangeError('no IHDR');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF89a, sections 18 to 20. Browsers make room for a first frame that is larger than the screen, so it counts as well. */
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

/** In bytes: the `ftyp` box of an AVIF takes 32 or so, its `meta` box a few hundred, with a profile some thousands. */
const MOST_BRANDS = 256;
const LARGEST_META = 64 * 1024;

/**
 * ISO/IEC 23008-12: the largest of the sizes (`ispe`) in the `meta` box, which has to lie whole in what was read. Sequences (`avis`) tell their
 * size elsewhere; they stay files.
 */
function readAvif(view: DataView): Size | null {
  if (!at(view, 4, 'ftyp')) return null;
  const length = view.getUint32(0);
  if (length > MOST_BRANDS) return null;
  const brands = Array.from({ length: length / 4 - 2 }, (_, i) => 8 + i * 4);
  if (!brands.some((offset) => at(view, offset, 'avif'))) return null;
  if (brands.some((offset) => at(view, offset, 'avis'))) throw new RangeError('a sequence');
  let start = length;
  while (!at(view, start + 4, 'meta')) start += Math.max(8, view.getUint32(start));
  const end = start + view.getUint32(start);
  if (end > Math.min(view.byteLength, start + LARGEST_META))
    throw new RangeError('the meta box is not whole');
  let largest: Size = { width: 0, height: 0 };
  for (let offset = start; offset + 16 <= end; offset += 1) {
    if (!at(view, offset, 'ispe')) continue;
    const size = { width: view.getUint32(offset + 8), height: view.getUint32(offset + 12) };
    if (size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** A bitmap file header and the info header after it; a negative height means top to bottom. */
function readBmp(view: DataView): Size | null {
  if (!at(view, 0, 'BM')) return null;
  const short = view.getUint32(14, true) === 12;
  return short
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}
