import { bytesOf } from '../../bytes-of.js';
import { MOST_BYTES } from './decoding.js';
import type { RasterHeader } from './raster-header.js';

/** No browser draws an image with a longer side than this. */
const LONGEST_SIDE = 32_767;

/**
 * A picture has at most as many pixels for each of its bytes as this, or, for what costs little,
 * {@link FEW_PIXELS}. A few bytes that claim more are no picture that anybody took or drew: an
 * ordinary photo of 12 megapixels has three, a scan in black and white some hundreds.
 */
const MOST_PIXELS_A_BYTE = 1024;

const FEW_PIXELS = 4 * 1024 * 1024;

/** In pixels: more take seconds also at an eighth of their sides. */
const LARGEST_SCALED = 256 * 1024 * 1024;

/** In bytes: enough to find the frame of a JPEG with notes, a profile and a preview before it. */
const LOOK = 2 * 1024 * 1024;

/**
 * In bytes a pixel, where it does not depend on the file: four for what is shown, and what decoders
 * hold beside that, as measured in Chromium 156: a lossless WebP and a BMP twice as much, a lossy
 * WebP its planes of light and colour. An AVIF may have ten bits and full colour.
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
 * What decoding a picture takes, in bytes, at most: by what stands in its header, before anything
 * is decoded.
 */
export interface DecodingCost {
  /** All of it. */
  readonly whole: number;
  /** At an eighth of its sides, which only JPEGs can be had at; else Infinity. */
  readonly eighth: number;
}

/** Reads the first bytes of `blob`, which is a picture with this header. */
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

/** Whether one picture may take that much. */
export function isAffordable(bytes: number): boolean {
  return bytes <= MOST_BYTES;
}

/**
 * PNG, section 11.2.1: what is interlaced is held twice, and what has 16 bits a sample takes twice
 * as much.
 */
async function heldByPng(blob: Blob): Promise<number> {
  const bytes = await beginning(blob, 29);
  return 4 * (bytes.getUint8(24) === 16 ? 2 : 1) * (bytes.getUint8(28) === 0 ? 1 : 2);
}

/**
 * ITU-T T.81, table B.1 and section B.2.2: of a frame that is coded in several passes, the
 * coefficients of all its components are held, of two bytes each; of any other nothing.
 */
async function heldByJpeg(blob: Blob): Promise<number> {
  const bytes = await beginning(blob, LOOK);
  /** Four components of full size: also for one whose frame is further behind. */
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

/** How many samples a frame has for each pixel: its components may be of several sizes. */
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
