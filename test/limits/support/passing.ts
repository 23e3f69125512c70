import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { memoryOfTree } from '../../support/process-tree.js';
import { HubPage, ProfiledBrowser, RestartablePeerServer } from '../../support/two-browsers.js';

declare global {
  /** Set by {@link watch}. */
  var seen: { longest: number; received: number; first: number };
}

/** In ms between two readings of the memory, which stall the processes that are read. */
const SAMPLE = 1000;

export interface Passing {
  /**
   * In ms, from the choice until the sender's hub has all of them, and from *Send* until the
   * receiver has the first part, and all.
   */
  readonly listed: number;
  readonly first: number;
  readonly all: number;
  /** The longest task of either page, in ms; 0 when none took 50. */
  readonly longest: { readonly sender: number; readonly receiver: number };
  /** In bytes, in addition to the memory before. */
  readonly memory: { readonly sender: number; readonly receiver: number };
  /** Whether they arrived in the order in which they were chosen. */
  readonly inOrder: boolean;
}

/** Runs in a page before its own scripts. */
function watch(part: number): void {
  globalThis.seen = { longest: 0, received: 0, first: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
  }).observe({ type: 'longtask' });
  document.addEventListener('snap-received', () => {
    seen.received += 1;
    if (seen.received === part) seen.first = Date.now();
  });
}

/**
 * Chooses `count` files of `size` bytes in a `<snap-sender>` and sends them to a page with a
 * `<photo-trail>`, each in a browser of its own. `part`: how many are the first.
 */
export async function passFiles(count: number, { size = 2000, part = 500 } = {}): Promise<Passing> {
  const peerServer = new RestartablePeerServer();
  await peerServer.start();
  const site = await HubPage.serve(peerServer.url, '', ['snap-sender', 'photo-trail']);
  const browsers = await Promise.all([ProfiledBrowser.open(), ProfiledBrowser.open()]);
  const folder = await mkdtemp(join(tmpdir(), 'snaptrail-many-'));
  try {
    const paths = await makeFiles(folder, count, size);
    for (const { context } of browsers) await context.addInitScript(watch, part);
    const receiver = await browsers[0].visit(`${site.url}?with=photo-trail`);
    await receiver.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')?.state === 'waiting',
    );
    const hash = new URL(receiver.url()).hash;
    const sender = await browsers[1].visit(`${site.url}?with=snap-sender${hash}`);
    await sender.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')?.peers.length === 1,
    );
    const pids = await Promise.all(browsers.map((browser) => browser.pid()));
    const before = pids.map(memoryOfTree);
    const most = [...before];
    const look = (): void => pids.forEach((pid, at) => (most[at] = Math.max(most[at]!, memoryOfTree(pid))));
    await sender.evaluate(() => {
      const input = Object.assign(document.createElement('input'), {
        id: 'chosen',
        type: 'file',
        multiple: true,
      });
      document.body.append(input);
    });
    for (const page of [sender, receiver]) await page.evaluate(() => (seen.longest = 0));
    const timer = setInterval(look, SAMPLE);
    try {
      await sender.locator('#chosen').setInputFiles(paths);
      const chosenAt = Date.now();
      const chosen = sender.evaluate(choose);
      await chosen;
      await settled(sender, count);
      const listed = Date.now() - chosenAt;
      const sentAt = Date.now();
      await sender.locator('snap-sender [part=send]').click();
      await receiver.waitForFunction((all) => seen.received >= all, count, {
        timeout: 1_000_000,
        polling: 250,
      });
      const all = Date.now() - sentAt;
      look();
      const [one, other] = await Promise.all([sender, receiver].map((page) => page.evaluate(() => seen)));
      const names = await receiver.evaluate(() =>
        document.querySelector<SnapConnection>('snap-connection')!.received.map(({ file }) => file.name),
      );
      return {
        ...{ listed, all, first: other!.first - sentAt },
        longest: { sender: one!.longest, receiver: other!.longest },
        memory: { sender: most[1]! - before[1]!, receiver: most[0]! - before[0]! },
        inOrder: names.length === count && names.reverse().every((name, at) => name === nameOf(at)),
      };
    } finally {
      clearInterval(timer);
    }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await Promise.all([site.close(), peerServer.stop(), rm(folder, { recursive: true })]);
  }
}

/**
 * Chooses in the sender the files of another input of the page. Making so many files takes the
 * browser a long task, which is not to be counted.
 */
function choose(): void {
  seen.longest = 0;
  const input = document
    .querySelector('snap-sender')!
    .shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!;
  input.files = document.querySelector<HTMLInputElement>('#chosen')!.files;
  input.dispatchEvent(new Event('change'));
}

/** Resolves when `count` files wait to be sent, and are shown. */
async function settled(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (all) =>
      document.querySelector<SnapConnection>('snap-connection')!.pending.length === all &&
      document.querySelector('snap-sender')!.shadowRoot!.querySelector('[part=pending-item]') !== null,
    count,
    { polling: 100 },
  );
}

async function makeFiles(folder: string, count: number, size: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (let at = 0; at < count; at++) {
    const path = join(folder, nameOf(at));
    await writeFile(path, String(at).padEnd(size, '.'));
    paths.push(path);
  }
  return paths;
}

function nameOf(index: number): string {
  return `${String(index).padStart(5, '0')}.txt`;
}
