import type { Stored } from '../transfer/sink.js';

/**
 * When the disk is given back that a received file takes: at once when its item is removed, but not while this page is saving, sharing or packing
 * it. A file that was never removed gives it back when nobody can reach it any more: its hub is gone, and no script holds the file.
 */
const taken = new WeakMap<File, Stored>();
/** What has to be over before a file may go. */
const uses = new WeakMap<File, Promise<unknown>>();
const unreachable = new FinalizationRegistry<Stored>((stored) => stored.discard());

/** In ms: how long a person may think about where to save something. */
const THINKING = 60_000;
/** In bytes for each ms: the slowest disk that somebody saves to. */
const SLOWEST = 5_000;

/** A file has arrived, and takes `stored`. */
export function own(file: File, stored: Stored): void {
  taken.set(file, stored);
  unreachable.register(file, stored, file);
}

/** The item of this file is removed. */
export function giveBack(file: File): void {
  const stored = taken.get(file);
  if (!stored) return;
  taken.delete(file);
  unreachable.unregister(file);
  const use = uses.get(file);
  if (use) void use.then(() => stored.discard());
  else stored.discard();
}

/** The bytes of this file are needed until `over` has settled, even if its item is removed meanwhile. */
export function useUntil(file: File, over: Promise<unknown>): void {
  if (!taken.has(file)) return;
  const use = Promise.allSettled([uses.get(file), over]).then(() => {
    if (uses.get(file) === use) uses.delete(file);
  });
  uses.set(file, use);
}

/** The browser saves this file, and nobody hears when it has: it takes as long as a person thinks, and a slow disk. */
export function useForSaving(file: File): void {
  const long = THINKING + file.size / SLOWEST;
  useUntil(file, new Promise((resolve) => setTimeout(resolve, long)));
}
