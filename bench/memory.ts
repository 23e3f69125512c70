import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { SnapConnection } from '../src/elements/snap-connection/snap-connection.js';
import { memoryOfTree } from '../test/support/process-tree.js';
import { HubPage, ProfiledBrowser, RestartablePeerServer } from '../test/support/two-browsers.js';

/** In ms between samples: taking one suspends the measured processes. */
const SAMPLE = 1000;
/** In bytes: sent first and not counted, so that the code is compiled and the stores are open. */
const WARM_UP = 40_000_000;

export interface MemoryFigures {
  /** In bytes: the largest increase of the sender's browser. */
  readonly sender: number;
  readonly receiver: number;
  /** In ms. */
  readonly duration: number;
}

/**
 * Sends a file of `size` bytes from disk from one browser to another, and samples the memory of all
 * their processes. Both use profiles on disk, like real browsers: otherwise, what a page stores
 * would be in memory. Throws if the file does not arrive byte for byte.
 */
export async function memoryWhilePassing(size: number): Promise<MemoryFigures> {
  const peerServer = new RestartablePeerServer();
  await peerServer.start();
  const site = await HubPage.serve(peerServer.url, `max-size="${size}"`);
  const browsers = await Promise.all([ProfiledBrowser.open(), ProfiledBrowser.open()]);
  const files = await Promise.all([fileOf(WARM_UP), fileOf(size)]);
  try {
    const [receiver, sender] = await meet(site, browsers);
    await pass(sender, receiver, files[0]);
    const pids = await Promise.all(browsers.map((browser) => browser.pid()));
    const before = pids.map(memoryOfTree);
    const most = [...before];
    const timer = setInterval(() => {
      pids.forEach((pid, at) => (most[at] = Math.max(most[at]!, memoryOfTree(pid))));
    }, SAMPLE);
    const started = performance.now();
    try {
      await pass(sender, receiver, files[1]);
    } finally {
      clearInterval(timer);
    }
    const duration = performance.now() - started;
    await checkDigest(receiver, files[1].digest);
    return { receiver: most[0]! - before[0]!, sender: most[1]! - before[1]!, duration };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await Promise.all([site.close(), peerServer.stop(), ...files.map(({ path }) => rm(path))]);
  }
}

interface TestFile {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
}

/** A file without repetitions. */
async function fileOf(size: number): Promise<TestFile> {
  const path = join(tmpdir(), `snaptrail-${process.pid}-${size}.bin`);
  const file = await open(path, 'w');
  const hash = createHash('sha256');
  const block = new Uint32Array(262_144);
  let word = size >>> 0;
  for (let at = 0; at < size; at += block.byteLength) {
    for (let each = 0; each < block.length; each++) {
      word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
      block[each] = word;
    }
    const bytes = new Uint8Array(block.buffer, 0, Math.min(block.byteLength, size - at));
    hash.update(bytes);
    await file.write(bytes);
  }
  await file.close();
  return { path, size, digest: hash.digest('hex') };
}

async function meet(site: HubPage, [one, two]: ProfiledBrowser[]): Promise<[Page, Page]> {
  const receiver = await one!.visit(site.url);
  await receiver.waitForFunction(
    () => document.querySelector<SnapConnection>('snap-connection')?.state === 'waiting',
  );
  const sender = await two!.visit(receiver.url());
  await sender.waitForFunction(
    () => document.querySelector<SnapConnection>('snap-connection')?.peers.length === 1,
  );
  await sender.evaluate(() => {
    document.body.append(Object.assign(document.createElement('input'), { type: 'file' }));
  });
  return [receiver, sender];
}

/** Resolves when the receiver has the file, and the sender has the confirmation. */
async function pass(sender: Page, receiver: Page, { path, size }: TestFile): Promise<void> {
  // A path instead of bytes gives the page a file on disk, as if a person had picked it.
  await sender.locator('input').setInputFiles(path);
  const arrived = receiver.evaluate(
    (length) =>
      new Promise<void>((resolve, reject) => {
        document.addEventListener('snap-received', ({ item }) => {
          if (item.file.size === length) resolve();
        });
        document.addEventListener('snap-transfer-change', ({ transfer: { error } }) => {
          if (error) reject(error);
        });
      }),
    size,
  );
  await sender.evaluate(async () => {
    const [file] = document.querySelector('input')!.files!;
    await document.querySelector<SnapConnection>('snap-connection')!.send(file!).finished;
  });
  await arrived;
}

/** Reads the received file in slices. Not part of the measurement. */
async function checkDigest(receiver: Page, expected: string): Promise<void> {
  const chunks = await receiver.evaluateHandle(() => {
    const [item] = document.querySelector<SnapConnection>('snap-connection')!.received;
    return item!.file;
  });
  const hash = createHash('sha256');
  const step = 8_388_608;
  const size = await chunks.evaluate((file) => file.size);
  for (let start = 0; start < size; start += step) {
    const text = await chunks.evaluate(
      async (file, [from, to]) => {
        const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
        let binary = '';
        for (let at = 0; at < bytes.length; at += 32_768) {
          binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
        }
        return btoa(binary);
      },
      [start, start + step] as const,
    );
    hash.update(Buffer.from(text, 'base64'));
  }
  if (hash.digest('hex') !== expected) throw new Error('What arrived is not what was sent.');
}
