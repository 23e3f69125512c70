import { randomId } from '../item.js';
import type { SnapItem, SnapKind, SnapOrigin } from '../item.js';
import type { Size } from './image/canvas.js';

/** What is known about an item apart from its bytes. */
export interface ItemOptions {
  /** 32 hexadecimal digits; random by default. */
  readonly id?: string;
  readonly from?: SnapOrigin | null;
  /** In ms since the epoch; now by default. */
  readonly takenAt?: number;
  /** An existing preview, or null for none. By default one is made from the bytes. */
  readonly preview?: Blob | null;
}

const NO_SIZE: Size = { width: 0, height: 0 };

/** The only function that creates items. */
export function makeItem(
  kind: SnapKind,
  file: File,
  options: ItemOptions & { size?: Size; imageData?: ImageData | null } = {},
): SnapItem {
  const { width, height } = options.size ?? NO_SIZE;
  return Object.freeze({
    id: options.id ?? randomId(),
    kind,
    file,
    width,
    height,
    imageData: options.imageData ?? null,
    from: options.from ?? null,
    takenAt: options.takenAt ?? Date.now(),
    preview: options.preview ?? null,
  });
}

/**
 * The modification date of a file, or now if that is implausible: cameras without a clock write
 * 1970, those with a wrong clock a date in the future.
 */
export function dateOf({ lastModified }: File): number {
  return lastModified > 0 && lastModified <= Date.now() ? lastModified : Date.now();
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
};

/** The time in the most recent file name, in ms. */
let lastNamed = 0;

/**
 * Makes a file of what was captured at `takenAt`, named after its kind and the local time:
 * `photo-2026-11-22-14-03-05-042.jpg`. Names are unique in a page: of two captures in the same
 * millisecond, the second is named after the next one.
 */
export function capturedFile(blob: Blob, kind: SnapKind, takenAt: number): File {
  lastNamed = takenAt > lastNamed || takenAt < lastNamed - 1000 ? takenAt : lastNamed + 1;
  const extension = EXTENSIONS[blob.type] ?? 'bin';
  return new File([blob], `${kind}-${timestamp(new Date(lastNamed))}.${extension}`, {
    type: blob.type,
    lastModified: takenAt,
  });
}

function timestamp(time: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return [
    time.getFullYear(),
    two(time.getMonth() + 1),
    two(time.getDate()),
    two(time.getHours()),
    two(time.getMinutes()),
    two(time.getSeconds()),
    String(time.getMilliseconds()).padStart(3, '0'),
  ].join('-');
}
