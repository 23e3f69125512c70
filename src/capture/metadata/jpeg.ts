import { UPRIGHT, orientationOf, orientationTiff } from './exif.js';
import type { Orientation } from './exif.js';
import { asciiBytes, at, joined, viewOf } from './stripped.js';
import type { Stripped } from './stripped.js';

const EXIF = 'Exif\0\0';

/** Markers (ITU-T T.81, table B.1). */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;

/**
 * Keeps the segments that decoders need, the colour profile, and the orientation. What follows the
 * end of the picture is dropped: depth maps, films of a second, a second picture with its own Exif.
 * Null if the file is not a whole JPEG.
 */
export function stripJpeg(bytes: Uint8Array<ArrayBuffer>): Stripped | null {
  const view = viewOf(bytes);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let orientation: Orientation | null = null;
  let offset = 2;
  let scanned = false;
  for (;;) {
    // Fill bytes.
    while (bytes[offset] === 0xff && bytes[offset + 1] === 0xff) offset += 1;
    if (bytes[offset] !== 0xff) return null;
    const marker = bytes[offset + 1]!;
    if (marker === EOI) break;
    if (!hasLength(marker)) return null;
    const end = offset + 2 + view.getUint16(offset + 2);
    if (end < offset + 4 || end > bytes.length) return null;
    if (marker === 0xe1 && at(bytes, offset + 4, EXIF))
      orientation ??= orientationOf(bytes.subarray(offset + 4 + EXIF.length, end));
    if (isNeeded(bytes, offset, marker)) parts.push(bytes.subarray(offset, end));
    offset = end;
    if (marker !== SOS) continue;
    scanned = true;
    offset = endOfScan(bytes, end);
    parts.push(bytes.subarray(end, offset));
  }
  if (!scanned) return null;
  const upright = orientation ?? UPRIGHT;
  // First of all, as Exif requires, except for the marker that begins a JPEG.
  const exif = upright === UPRIGHT ? [] : [exifSegment(upright)];
  return {
    parts: [Uint8Array.of(0xff, SOI), ...exif, ...parts, Uint8Array.of(0xff, EOI)],
    orientation: upright,
  };
}

/** Whether a marker begins a segment. The others do not occur outside of entropy-coded data. */
function hasLength(marker: number): boolean {
  return marker >= 0xc0 && marker !== SOI && !isRestart(marker);
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/**
 * Everything but comments and application segments; of those, what the colours depend on: JFIF
 * (without the preview of JFXX), the ICC profile and Adobe's transform.
 */
function isNeeded(bytes: Uint8Array, offset: number, marker: number): boolean {
  if (marker === 0xe0) return at(bytes, offset + 2, '\0\x10JFIF\0');
  if (marker === 0xe2) return at(bytes, offset + 4, 'ICC_PROFILE\0');
  if (marker === 0xee) return at(bytes, offset + 4, 'Adobe');
  return marker !== COM && !(marker >= 0xe0 && marker <= 0xef);
}

/** Where the next segment begins. In entropy-coded data, 0xff is followed by 0 or a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let offset = start; ; offset += 2) {
    offset = bytes.indexOf(0xff, offset);
    if (offset === -1) return bytes.length;
    const next = bytes[offset + 1];
    if (next === undefined) return bytes.length;
    // A fill byte: the next one may be the marker's.
    if (next === 0xff) offset -= 1;
    else if (next !== 0 && !isRestart(next)) return offset;
  }
}

function exifSegment(orientation: Orientation): Uint8Array<ArrayBuffer> {
  const content = joined(asciiBytes(EXIF), orientationTiff(orientation));
  return joined(Uint8Array.of(0xff, 0xe1, 0, content.length + 2), content);
}
