import { LIMITS } from '../limits.js';
import { MB, transfer } from '../transfer.js';
import { connect, type Connected, type World } from '../world.js';
import { senders, type Measurement } from './measurement.js';

const SIZE = 64 * MB;

/** Sent first and not counted: the start of a connection is measured by `first-4mb`. */
const WARM_UP = 16 * MB;

const MS = 1000;

/** Connections that are already warm. */
const warm = new Map<string, Connected>();

/** A film over a warm connection, the same one in all runs, and its effect on both pages. */
export const sustained: Measurement = {
  rows: ['sustained-64mb', 'main-thread'],
  contestants: senders,
  async run(world, contestant) {
    const pages = await warmedUp(world, contestant);
    // Put back only after a successful run.
    warm.delete(contestant);
    const both = [pages.sender, pages.receiver];
    await Promise.all(both.map((page) => page.evaluate(() => bench.watchMainThread())));
    const ms = await transfer(pages, SIZE);
    const longest = await Promise.all(both.map((page) => page.evaluate(() => bench.longestTask())));
    warm.set(contestant, pages);
    return { 'sustained-64mb': SIZE / MB / (ms / MS), 'main-thread': Math.max(...longest) };
  },
  async end() {
    await Promise.all([...warm.values()].map((pages) => pages.close()));
    warm.clear();
  },
};

async function warmedUp(world: World, contestant: string): Promise<Connected> {
  const known = warm.get(contestant);
  if (known) return known;
  const pages = await connect(world, contestant, { pump: LIMITS.direct });
  await transfer(pages, WARM_UP);
  return pages;
}
