import { pngOf } from '../../capture/image/png.js';
import { uniqueNames } from '../../file-name.js';

/** What a person can do with what has arrived, as far as the browser lets them. */

/** Whether the share sheet takes a file does not change, and asking is not free. */
const shareable = new WeakMap<File, boolean>();

/** Whether the system's share sheet takes this file. */
export function canShare(file: File): boolean {
  // Absent on plain-HTTP pages and in some browsers, whatever the types say.
  const { canShare: ask } = navigator as Partial<Navigator>;
  if (!ask) return false;
  const known = shareable.get(file) ?? ask.call(navigator, { files: [file] });
  shareable.set(file, known);
  return known;
}

/** Opens the share sheet. That a person closes it is no failure. */
export async function share(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) throw thrown;
  }
}

/** Whether pictures can be put on the clipboard: not on plain-HTTP pages. */
export function canCopy(): boolean {
  return typeof ClipboardItem === 'function' && 'clipboard' in navigator;
}

/** Puts a picture on the clipboard, as the PNG that every clipboard takes. */
export async function copyPicture(file: File): Promise<void> {
  // Safari wants the item made while the tap still counts; the picture in it may come later.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(file) })]);
}

/**
 * In ms since the epoch, with a day to spare for each time zone: what an entry of an archive may be
 * dated.
 */
const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = Date.UTC(2107, 11, 30);

/** One archive of all `files`. What makes it is only loaded when it is asked for. */
export async function zip(files: readonly File[], name: string): Promise<File> {
  const { downloadZip } = await import('client-zip');
  const names = uniqueNames(files.map((file) => file.name));
  const entries = files.map((input, index) => {
    // A ZIP counts years in seven bits from 1980 on.
    const lastModified = new Date(Math.min(Math.max(input.lastModified, EARLIEST), LATEST));
    return { input, name: names[index], lastModified };
  });
  return new File([await downloadZip(entries).blob()], name, { type: 'application/zip' });
}
