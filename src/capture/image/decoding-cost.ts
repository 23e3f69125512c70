import { bytesOf } from '../../bytes-of.js';
import { MOST_BYTES } from './decoding.js';
import type { RasterHeader } from './raster-header.js';

/** In pixels: no browser draws an image with a longer side. */
const LONGEST_SIDE = 32_767;

/**
 * The most pixels that a picture may have for each of its bytes, unless it has at most {@link
 * FEW_PIXELS}. Tiny files that claim more are decompression bombs: an ordinary photo of 12
 * megapixels has three pixels a byte, a black-and-white scan a few hundred.
 */
const MOST_PIXELS_A_BYTE = 1024;

const FEW_PIXELS = 4 * 1024 * 1024;

/** In pixels: larger JPEGs take seconds even when decoded at an eighth of their size. */
const LARGEST_SCALED = 256 * 1024 * 1024;

/**
 * In bytes: enough to find the frame header of a JPEG behind maker notes, a profile and a preview.
 */
const LOOK = 2 * 1024 * 1024;

/**
 * In bytes a pixel, for the formats where it does not depend on the file: four for the bitmap, plus
 * what the decoder holds (measured in Chromium 156). A lossless WebP and a BMP take twice as much;
 * a lossy WebP also holds its luma and chroma planes. An AVIF may have ten bits and full colour.
 */
const BYTES_A_PIXEL = {
  'image/gif': 4,
  'image/x-icon': 4,
  'image/heic': 4,
  'image/webp': 8,
  'image/bmp': 8,
  'image/avif': 8,
} as const;

/**
 * The most memory that decoding a picture takes, in bytes, estimated from its header before
 * anything is decoded.
 */
export interface DecodingCost {
  /** At full size. */
  readonly whole: number;
  /**
   * At an eighth of the width and height. Only JPEGs can be decoded that way; Infinity for the
   * rest.
   */
  readonly eighth: number;
}

/** Estimates the cost from the first bytes of `blob`, a picture with this header. */
export async function decodingCost(blob: Blob, header: RasterHeader): Promise<DecodingCost> {
  const { type, width, height } = header;
  const pixels = width * height;
  if (Math.max(width, height) > LONGEST_SIDE || pixels > Math.max(FEW_PIXELS, MOST_PIXELS_A_BYTE * blob.size))
    return { whole: Infinity, eighth: Infinity };
  switch (type) {
    case 'image/jpeg': {
      const held = pixels * (await heldByJpeg(blob));
      const eighth = pixels > LARGEST_SCALED ? Infinity : pixels / 16 + held;
      return { whole: pixels * 4 + held, eighth };
    }
    case 'image/png':
      return { whole: pixels * (await heldByPng(blob)), eighth: Infinity };
    case 'image/webp': {
      const lossy = (await beginning(blob, 16)).getUint8(15) === 0x20;
      return { whole: pixels * (lossy ? 6 : BYTES_A_PIXEL[type]), eighth: Infinity };
    }
    default:
      return { whole: pixels * BYTES_A_PIXEL[type], eighth: Infinity };
  }
}

/** Whether a single picture may take that much. */
export function isAffordable(bytes: number): boolean {
  return bytes <= MOST_BYTES;
}

/**
 * PNG, section 11.2.1: an interlaced picture is held twice, and 16 bits a sample take twice the
 * memory.
 */
async function heldByPng(blob: Blob): Promise<number> {
  const bytes = await beginning(blob, 29);
  return 4 * (bytes.getUint8(24) === 16 ? 2 : 1) * (bytes.getUint8(28) === 0 ? 1 : 2);
}

/**
 * ITU-T T.81, table B.1 and section B.2.2: for a progressive frame, the decoder holds all
 * coefficients, of two bytes each; otherwise none. In bytes a pixel.
 */
async function heldByJpeg(blob: Blob): Promise<number> {
  const bytes = await beginning(blob, LOOK);
  /** Four components at full resolution; also assumed if the frame header is not found. */
  const most = 8;
  let offset = 2;
  while (offset + 20 <= bytes.byteLength && bytes.getUint8(offset) === 0xff) {
    const marker = bytes.getUint8(offset + 1);
    if (marker === 0xff) offset += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return marker <= 0xc1 ? 0 : Math.min(most, 2 * samplesOf(bytes, offset + 9));
    } else offset += 2 + bytes.getUint16(offset + 2);
  }
  return most;
}

/** The number of samples per pixel; components may be subsampled. */
function samplesOf(bytes: DataView, offset: number): number {
  const count = bytes.getUint8(offset);
  if (offset + 1 + count * 3 > bytes.byteLength) return Infinity;
  const factors = Array.from({ length: count }, (_, at) => bytes.getUint8(offset + 2 + at * 3));
  const most = Math.max(...factors.map((each) => each >> 4)) * Math.max(...factors.map((each) => each & 15));
  const all = factors.reduce((sum, each) => sum + (each >> 4) * (each & 15), 0);
  return most > 0 ? all / most : Infinity;
}

async function beginning(blob: Blob, length: number): Promise<DataView> {
  return new DataView((await bytesOf(blob, 0, length)).buffer);
}
