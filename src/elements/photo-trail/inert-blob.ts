import type { SnapItem } from '../../item.js';

const made = new WeakMap<File, Blob>();

/**
 * What the address of an item to be saved may stand for. A `blob:` address belongs to the page's
 * own origin: an HTML or SVG file that somebody opens in a new tab would run there. Whatever is no
 * picture, clip or sound has no type that a browser renders; its name goes with the link.
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
