import { KEPT_FOR } from './database.js';
import { Idle } from './idle.js';
import { whileDead } from './tab-lock.js';

/** Removes a folder and its content, unless this page uses it. */
export type RemoveFolder = (parent: FileSystemDirectoryHandle, name: string) => Promise<void>;

/** Our folder in the origin private file system, beside whatever the page keeps there. */
const FOLDER = 'snaptrail';

/**
 * The folder for what this tab receives. Null where a page cannot write to one: on plain HTTP, in
 * Safari before version 26, where storage is forbidden, and in some private modes.
 */
export async function filesOf(tab: string): Promise<FileSystemDirectoryHandle | null> {
  const all = await folder();
  return all?.getDirectoryHandle(tab, { create: true }).catch(() => null) ?? null;
}

/**
 * Removes files that nobody needs any more: those that have arrived in earlier pages of this tab
 * and in dead tabs, and partial files that nobody has resumed for 24 h. `arrived`: the digests of
 * the offers, after which the folders are named.
 */
export async function sweepFiles(page: {
  readonly tab: string;
  readonly arrived: readonly string[];
  /** The same for a dead tab. */
  readonly arrivedIn?: (tab: string) => Promise<readonly string[]>;
  readonly remove: RemoveFolder;
}): Promise<void> {
  const all = await folder();
  if (!all) return;
  const idle = new Idle();
  const sweepFolder = async (tab: FileSystemDirectoryHandle, arrived: readonly string[]): Promise<void> => {
    for await (const transfer of tab.values()) {
      if (transfer.kind !== 'directory') continue;
      const old =
        arrived.some((header) => transfer.name.startsWith(header)) ||
        idle.of(`${tab.name}/${transfer.name}`, await lastTouched(transfer)) > KEPT_FOR;
      if (old) await page.remove(tab, transfer.name);
    }
  };
  for await (const tab of all.values()) {
    if (tab.kind !== 'directory') continue;
    if (tab.name === page.tab) await sweepFolder(tab, page.arrived);
    else
      await whileDead(tab.name, async () => {
        await sweepFolder(tab, (await page.arrivedIn?.(tab.name)) ?? []);
        await removeEmpty(all, tab);
      });
  }
  idle.save();
}

/** When a segment was last closed, in ms since the epoch; 0 if none was. */
async function lastTouched(transfer: FileSystemDirectoryHandle): Promise<number> {
  let latest = 0;
  for await (const segment of transfer.values()) {
    if (segment.kind === 'file') latest = Math.max(latest, (await segment.getFile()).lastModified);
  }
  return latest;
}

async function removeEmpty(all: FileSystemDirectoryHandle, tab: FileSystemDirectoryHandle): Promise<void> {
  // Without `recursive`, this fails while something is in it.
  await all.removeEntry(tab.name).catch(() => undefined);
}

async function folder(): Promise<FileSystemDirectoryHandle | null> {
  const { storage } = navigator as Partial<Navigator>;
  const writable = 'FileSystemFileHandle' in globalThis && 'createWritable' in FileSystemFileHandle.prototype;
  if (!storage || !('getDirectory' in storage) || !writable) return null;
  try {
    return await (await storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  } catch {
    return null;
  }
}
