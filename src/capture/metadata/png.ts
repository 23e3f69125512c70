import { UPRIGHT, orientationOf, orientationTiff } from './exif.js';
import type { Orientation } from './exif.js';
import { asciiBytes, at, joined, viewOf } from './stripped.js';
import type { Stripped } from './stripped.js';

/** In bytes: the signature before the first chunk. */
const SIGNATURE = 8;

/**
 * The chunks that decide what a picture looks like (PNG, third edition, section 4.7). Everything
 * else is dropped: text, time, Exif, and what private programs write.
 */
const NEEDED: ReadonlySet<string> = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'bKGD', 'sBIT', 'pHYs'],
  ...['cHRM', 'cICP', 'gAMA', 'iCCP', 'mDCV', 'cLLI', 'sRGB'],
  ...['acTL', 'fcTL', 'fdAT'],
]);

/** Null if the file is not a whole PNG. */
export function stripPng(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, SIGNATURE)];
  let orientation: Orientation | null = null;
  for (let offset = SIGNATURE; offset + 12 <= bytes.length;) {
    const end = offset + 12 + view.getUint32(offset);
    if (end > bytes.length) return null;
    const name = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (parts.length === 1 && name !== 'IHDR') return null;
    if (name === 'eXIf') orientation ??= orientationOf(bytes.subarray(offset + 8, end - 4));
    if (NEEDED.has(name)) parts.push(bytes.subarray(offset, end));
    if (at(bytes, offset + 4, 'IEND')) return withOrientation(parts, orientation ?? UPRIGHT);
    offset = end;
  }
  return null;
}

/** The orientation goes behind the header: it has to come before the data. */
function withOrientation(parts: readonly Uint8Array<ArrayBuffer>[], orientation: Orientation): Stripped {
  const [signature, header, ...rest] = parts;
  const exif = orientation === UPRIGHT ? [] : [chunk('eXIf', orientationTiff(orientation))];
  return { parts: [signature!, header!, ...exif, ...rest], orientation };
}

function chunk(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const numbers = new DataView(new ArrayBuffer(8));
  const named = joined(asciiBytes(name), content);
  numbers.setUint32(0, content.length);
  numbers.setUint32(4, crc(named));
  return joined(new Uint8Array(numbers.buffer, 0, 4), named, new Uint8Array(numbers.buffer, 4, 4));
}

/** PNG, annex D. Bit by bit, as it is only used for a few bytes. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
