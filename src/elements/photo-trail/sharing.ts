import { pngOf } from '../../capture/image/png.js';
import { uniqueNames } from '../../file-name.js';

/** Whether a file can be shared does not change, and `canShare()` is not cheap. */
const shareable = new WeakMap<File, boolean>();

/** Whether the system's share sheet accepts this file. */
export function canShare(file: File): boolean {
  // Missing on plain-HTTP pages and in some browsers, whatever the types say.
  const { canShare: ask } = navigator as Partial<Navigator>;
  if (!ask) return false;
  const known = shareable.get(file) ?? ask.call(navigator, { files: [file] });
  shareable.set(file, known);
  return known;
}

/** Opens the share sheet. Resolves when the person closes it. */
export async function share(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) throw thrown;
  }
}

/** Whether images can be copied: not on plain-HTTP pages. */
export function canCopy(): boolean {
  return typeof ClipboardItem === 'function' && 'clipboard' in navigator;
}

/** Copies an image as PNG, which every clipboard accepts. */
export async function copyPicture(file: File): Promise<void> {
  // Safari requires the `ClipboardItem` to be created within the user gesture; its data may follow
  // later.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(file) })]);
}

/** The range of dates in a ZIP, in ms since the epoch, less a day on each side for time zones. */
const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = Date.UTC(2107, 11, 30);

/** Packs `files` into a ZIP. The library is loaded on first use. */
export async function zip(files: readonly File[], name: string): Promise<File> {
  const { downloadZip } = await import('client-zip');
  const names = uniqueNames(files.map((file) => file.name));
  const entries = files.map((input, index) => {
    // A ZIP stores the year in seven bits, from 1980 on.
    const lastModified = new Date(Math.min(Math.max(input.lastModified, EARLIEST), LATEST));
    return { input, name: names[index], lastModified };
  });
  return new File([await downloadZip(entries).blob()], name, { type: 'application/zip' });
}
