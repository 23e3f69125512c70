import { randomId } from '../../item.js';
import { headerDigest } from '../wire/digest.js';
import type { Offer } from '../wire/messages.js';
import { SegmentedSink, storageError } from './segmented-sink.js';
import { MemoryBudget } from './sink.js';
import type { Sink } from './sink.js';

/**
 * The sinks of this page that are being closed, or removed, by folder and name: one that is opened
 * again has to wait until they are.
 */
const closing = new Map<string, Promise<void>>();

/** The sinks of this page that are open, or have ended in a file that the page has. */
const writing = new Set<string>();

/**
 * Keeps a file in the origin private file system, in a folder of its own inside of `parent`, so
 * that its size costs no memory.
 *
 * A piece counts as stored once the browser has its bytes: from then on it costs no memory, and the
 * sender may send another. It outlives the page only once its segment is closed; what the receiver
 * claims to have after a reload is what it then finds on disk.
 *
 * The result is made of these files. They are there until it is discarded; if it never is, they are
 * removed when the page's next life begins.
 *
 * When the disk fails on the way (there is no space left, or the person clears the site's data), it
 * goes on in `memory` if there is space, and if what was closed before is still there; else it ends
 * with `storage-full` or `storage-failed`.
 *
 * Rejects with `storage-full` when the origin's quota does not leave space for the file and a
 * margin, even without what earlier sinks have left in `parent` for somebody to go on with.
 */
export async function opfsSink(
  offer: Offer,
  parent: FileSystemDirectoryHandle,
  memory = new MemoryBudget(),
): Promise<Sink> {
  // Not by its id: whoever was offered something knows that, and could offer something else under
  // it to have this removed.
  const header = headerDigest(offer);
  const wanted = `${parent.name}/${header}`;
  while (closing.has(wanted)) await closing.get(wanted);
  // Two members may offer the same thing: what is verified of one must not be written over by the
  // other.
  const name = writing.has(wanted) ? `${header}-${randomId()}` : header;
  const key = `${parent.name}/${name}`;
  writing.add(key);
  try {
    const folder = await parent.getDirectoryHandle(name, { create: true });
    const sink = new SegmentedSink(offer, folder, {
      memory,
      freeSpace: () => removeLeftovers(parent),
      remove: () => parent.removeEntry(name, { recursive: true }),
      onclosing: (closed) => {
        writing.delete(key);
        untilClosed(key, closed);
      },
    });
    await sink.open();
    return sink;
  } catch (cause) {
    writing.delete(key);
    throw storageError(cause);
  }
}

/**
 * Removes what an earlier sink has left in `parent` under that name, unless one of this page needs
 * it.
 */
export async function removeLeftover(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  const key = `${parent.name}/${name}`;
  if (writing.has(key) || closing.has(key)) return;
  const removed = parent.removeEntry(name, { recursive: true }).catch(() => undefined);
  untilClosed(key, removed);
  await removed;
}

/**
 * What is being removed is gone then, and with it everything in `parent` that no sink of this page
 * needs.
 */
async function removeLeftovers(parent: FileSystemDirectoryHandle): Promise<void> {
  for await (const name of parent.keys()) await removeLeftover(parent, name);
  await Promise.all(closing.values());
}

function untilClosed(key: string, closed: Promise<void>): void {
  closing.set(key, closed);
  void closed.finally(() => closing.get(key) === closed && closing.delete(key));
}
