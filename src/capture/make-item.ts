import { randomId } from '../item.js';
import type { SnapItem, SnapKind, SnapOrigin } from '../item.js';
import type { Size } from './image/canvas.js';

/** What is known of an item besides its bytes. */
export interface ItemOptions {
  /** 32 hexadecimal digits; a new one when left out. */
  readonly id?: string;
  readonly from?: SnapOrigin | null;
  /** In ms since the epoch; now, when left out. */
  readonly takenAt?: number;
  /** One that is there already; null for none. When left out, one is made. */
  readonly preview?: Blob | null;
}

const NO_SIZE: Size = { width: 0, height: 0 };

/** The one place where items are made. */
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
 * When a file was last changed, as far as that can be: a camera without a clock writes 1970, one
 * with a wrong one the future.
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

/** The moment that the last name tells, in ms. */
let lastNamed = 0;

/**
 * A file around what was captured at `takenAt`, named after its kind and the local time:
 * `photo-2026-11-22-14-03-05-042.jpg`. Two names of one page are never alike: the later of two
 * captures within one millisecond is named after the next.
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
