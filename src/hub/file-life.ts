import type { StoredContent } from '../transfer/sinks/sink.js';

/**
 * In ms: how often a visible page checks that its files on disk are still there. Browsers fire no
 * event when they are cleared.
 */
const CHECK_INTERVAL = 10_000;
/** In ms: how long a person may take to choose where to save a file. */
const SAVE_DIALOG = 60_000;
/** The speed of the slowest disk that somebody saves to, in bytes per ms. */
const SLOWEST = 5_000;

interface Owned {
  readonly stored: StoredContent;
  readonly onlost: () => void;
}

/**
 * The received files that lie on disk. A file is deleted when its item is removed, though not while
 * this page is saving, sharing or packing it; and when nobody can reach it any more, because its
 * hub is gone and no script holds it. Nothing here keeps a `File` from being collected.
 *
 * The person or the browser may clear the site's data. Then the files are lost, and their hub is
 * notified.
 */
const owned = new WeakMap<File, Owned>();
/** All of them, for the regular check. */
const files = new Set<WeakRef<File>>();
const lost = new WeakSet<File>();
/** What has to end before a file may be deleted. */
const uses = new WeakMap<File, Promise<unknown>>();
const unreachable = new FinalizationRegistry<StoredContent>((stored) => stored.discard());
let timer: ReturnType<typeof setInterval> | null = null;

/**
 * Owns a file that has arrived into `stored`. Calls `onlost` if it is cleared before it is freed.
 */
export function own(file: File, stored: StoredContent, onlost: () => void = () => undefined): void {
  owned.set(file, { stored, onlost });
  unreachable.register(file, stored, file);
  files.add(new WeakRef(file));
  watch();
}

/** Frees the file: its item was removed. */
export function giveBack(file: File): void {
  const stored = owned.get(file)?.stored;
  if (!stored) return;
  owned.delete(file);
  unreachable.unregister(file);
  const use = uses.get(file);
  if (use) void use.then(() => stored.discard());
  else stored.discard();
}

/** Keeps the bytes of this file until `over` settles, even if its item is removed meanwhile. */
export function useUntil(file: File, over: Promise<unknown>): void {
  if (!owned.has(file)) return;
  const use = Promise.allSettled([uses.get(file), over]).then(() => {
    if (uses.get(file) === use) uses.delete(file);
  });
  uses.set(file, use);
}

/**
 * Keeps the bytes of this file while the browser saves it. Browsers do not say when they have saved
 * a file, so allow for the dialog and for a slow disk.
 */
export function useForSaving(file: File): void {
  const long = SAVE_DIALOG + file.size / SLOWEST;
  useUntil(file, new Promise((resolve) => setTimeout(resolve, long)));
  void checkFiles();
}

/** Whether a received file was cleared while its item is still here. */
export function isLost(file: File): boolean {
  return lost.has(file);
}

/** Checks now that all files are still there. */
export async function checkFiles(): Promise<void> {
  await Promise.all([...files].map(check));
  if (files.size === 0 && timer !== null) {
    clearInterval(timer);
    timer = null;
  }
}

async function check(ref: WeakRef<File>): Promise<void> {
  const file = ref.deref();
  const there = file && owned.has(file) && (await isThere(file));
  if (there) return;
  files.delete(ref);
  // The file may have been freed, or its loss reported already.
  const known = file && owned.get(file);
  if (!known || lost.has(file)) return;
  lost.add(file);
  known.onlost();
}

/** A file in several segments is cleared all at once: its first and last bytes tell for all. */
async function isThere(file: File): Promise<boolean> {
  try {
    await Promise.all([file.slice(0, 1).arrayBuffer(), file.slice(-1).arrayBuffer()]);
    return true;
  } catch {
    return false;
  }
}

function watch(): void {
  timer ??= setInterval(() => {
    if (document.visibilityState === 'visible') void checkFiles();
  }, CHECK_INTERVAL);
}
