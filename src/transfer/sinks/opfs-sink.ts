import { randomId } from '../../item.js';
import { headerDigest } from '../wire/digest.js';
import type { Offer } from '../wire/messages.js';
import { SegmentedSink, storageError } from './segmented-sink.js';
import { MemoryBudget } from './sink.js';
import type { Sink } from './sink.js';

/**
 * The sinks of this page that are being closed or removed, by folder and name: opening one again
 * has to wait for that.
 */
const closing = new Map<string, Promise<void>>();

/** The sinks of this page that are open, or finished as a file that the page has. */
const inUse = new Set<string>();

/**
 * Opens a sink in the origin private file system, in a folder of its own inside `parent`, so that a
 * large file takes no memory.
 *
 * A piece counts as stored once the browser has its bytes: from then on it takes no memory, and the
 * sender may send another. It survives the page only once its segment is closed; after a reload the
 * receiver asks for everything that it does not find on disk.
 *
 * The resulting `Blob` is made of these files. They exist until the sink is discarded; otherwise
 * the next page of this tab removes them.
 *
 * When the disk fails on the way (it is full, or the person clears the site's data), the sink
 * continues in `memory` if that has space, and if the closed segments are still there; otherwise
 * writing rejects with `storage-full` or `storage-failed`.
 *
 * Rejects with `storage-full` when the origin's quota does not have space for the file and a
 * margin, even after removing the partial files in `parent` that nobody uses now.
 */
export async function opfsSink(
  offer: Offer,
  parent: FileSystemDirectoryHandle,
  memory = new MemoryBudget(),
): Promise<Sink> {
  // Not named by the offer's id: whoever was offered something knows its id, and could offer
  // something else under it to have this removed.
  const header = headerDigest(offer);
  const wanted = `${parent.name}/${header}`;
  while (closing.has(wanted)) await closing.get(wanted);
  // Two members may offer the same file: neither may overwrite verified bytes of the other.
  const name = inUse.has(wanted) ? `${header}-${randomId()}` : header;
  const key = `${parent.name}/${name}`;
  inUse.add(key);
  try {
    const folder = await parent.getDirectoryHandle(name, { create: true });
    const sink = new SegmentedSink(offer, folder, {
      memory,
      freeSpace: () => removeLeftovers(parent),
      remove: () => parent.removeEntry(name, { recursive: true }),
      onclosing: (closed) => {
        inUse.delete(key);
        untilClosed(key, closed);
      },
    });
    await sink.open();
    return sink;
  } catch (cause) {
    inUse.delete(key);
    throw storageError(cause);
  }
}

/** Removes the folder `name` of an earlier sink from `parent`, unless this page uses it. */
export async function removeLeftover(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  const key = `${parent.name}/${name}`;
  if (inUse.has(key) || closing.has(key)) return;
  const removed = parent.removeEntry(name, { recursive: true }).catch(() => undefined);
  untilClosed(key, removed);
  await removed;
}

/** Removes every folder in `parent` that this page does not use; waits for removals under way. */
async function removeLeftovers(parent: FileSystemDirectoryHandle): Promise<void> {
  for await (const name of parent.keys()) await removeLeftover(parent, name);
  await Promise.all(closing.values());
}

function untilClosed(key: string, closed: Promise<void>): void {
  closing.set(key, closed);
  void closed.finally(() => closing.get(key) === closed && closing.delete(key));
}
