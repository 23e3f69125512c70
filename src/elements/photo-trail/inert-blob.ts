import type { SnapItem } from '../../item.js';

const made = new WeakMap<File, Blob>();

/**
 * The blob behind the *Save* link of an item. A `blob:` URL has the page's own origin, so an HTML
 * or SVG file opened from it in a new tab would run there. Except for photos, video and sound, the
 * blob therefore has a type that no browser renders; the link carries the file name.
 */
export function inertBlob({ kind, file }: SnapItem): Blob {
  if (kind !== 'file') return file;
  let blob = made.get(file);
  if (!blob) {
    blob = file.slice(0, file.size, 'application/octet-stream');
    made.set(file, blob);
  }
  return blob;
}
