import type { StoredContent } from '../transfer/sinks/sink.js';

/**
 * In ms: how often is looked whether what lies on disk is still there, while somebody is looking at
 * the page. The browser does not tell.
 */
const LOOK = 10_000;
/** In ms: how long a person may think about where to save something. */
const THINKING = 60_000;
/** In bytes for each ms: the slowest disk that somebody saves to. */
const SLOWEST = 5_000;

interface Owned {
  readonly stored: StoredContent;
  readonly onlost: () => void;
}

/**
 * The life of received files that lie on disk. Their disk is given back at once when their item is
 * removed, but not while this page is saving, sharing or packing them; and when nobody can reach
 * them any more: their hub is gone, and no script holds the file. Nothing here keeps one from being
 * collected.
 *
 * The person may clear the site's data, and the browser may: then they are lost, and their hub is
 * told.
 */
const owned = new WeakMap<File, Owned>();
/** All of them, to look after. */
const files = new Set<WeakRef<File>>();
const lost = new WeakSet<File>();
/** What has to be over before a file may go. */
const uses = new WeakMap<File, Promise<unknown>>();
const unreachable = new FinalizationRegistry<StoredContent>((stored) => stored.discard());
let timer: ReturnType<typeof setInterval> | null = null;

/**
 * A file has arrived, and takes `stored`. `onlost` is called should it be gone before it was given
 * back.
 */
export function own(file: File, stored: StoredContent, onlost: () => void = () => undefined): void {
  owned.set(file, { stored, onlost });
  unreachable.register(file, stored, file);
  files.add(new WeakRef(file));
  look();
}

/** The item of this file is removed. */
export function giveBack(file: File): void {
  const stored = owned.get(file)?.stored;
  if (!stored) return;
  owned.delete(file);
  unreachable.unregister(file);
  const use = uses.get(file);
  if (use) void use.then(() => stored.discard());
  else stored.discard();
}

/**
 * The bytes of this file are needed until `over` has settled, even if its item is removed
 * meanwhile.
 */
export function useUntil(file: File, over: Promise<unknown>): void {
  if (!owned.has(file)) return;
  const use = Promise.allSettled([uses.get(file), over]).then(() => {
    if (uses.get(file) === use) uses.delete(file);
  });
  uses.set(file, use);
}

/**
 * The browser saves this file, and nobody hears when it has: it takes as long as a person thinks,
 * and a slow disk.
 */
export function useForSaving(file: File): void {
  const long = THINKING + file.size / SLOWEST;
  useUntil(file, new Promise((resolve) => setTimeout(resolve, long)));
  void checkFiles();
}

/** Whether a received file is gone although its item is not. */
export function isLost(file: File): boolean {
  return lost.has(file);
}

/** Looks now whether all of them are there: something could not be read. */
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
  // Removed meanwhile, or before; or told already.
  const known = file && owned.get(file);
  if (!known || lost.has(file)) return;
  lost.add(file);
  known.onlost();
}

/** What lies in several files is gone all at once: the first and the last stand for all. */
async function isThere(file: File): Promise<boolean> {
  try {
    await Promise.all([file.slice(0, 1).arrayBuffer(), file.slice(-1).arrayBuffer()]);
    return true;
  } catch {
    return false;
  }
}

function look(): void {
  timer ??= setInterval(() => {
    if (document.visibilityState === 'visible') void checkFiles();
  }, LOOK);
}
