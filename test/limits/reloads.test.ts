import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { slowUpload } from '../support/slow.js';
import { HubPage, ProfiledBrowser, RestartablePeerServer } from '../support/two-browsers.js';

/**
 * How often both pages reload, each time half-way through a transfer. RELOADS=100 for the long
 * form.
 */
const RELOADS = Number(process.env.RELOADS ?? 10);
const SIZE = 2_097_152;
/** In bytes per second: slow enough for a reload half-way. */
const UPLOAD = 2_000_000;
const ROOM = 'abcdefgh234567'.padEnd(26, 'r');

/** The digests of what has arrived, by name; one for each time that it arrived. */
interface Arrivals {
  readonly digests: Map<string, string[]>;
  /** Resolves when the file of that name has arrived. */
  of(id: string): Promise<void>;
}

/** Keeps two cores busy. Returns a function that stops it. */
function burnBothCores(): () => void {
  const burners = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  return () => burners.forEach((burner: ChildProcess) => burner.kill('SIGKILL'));
}

/** Collects what arrives in the page, over all its loads. */
async function collect(page: Page): Promise<Arrivals> {
  const digests = new Map<string, string[]>();
  const arrivals = new EventEmitter();
  await page.exposeFunction('arrived', (id: string, digest: string) => {
    digests.set(id, [...(digests.get(id) ?? []), digest]);
    arrivals.emit(id);
  });
  await page.addInitScript(() => {
    const { arrived: tell } = globalThis as unknown as { arrived: (id: string, digest: string) => unknown };
    document.addEventListener('snap-received', ({ item, transfer }) => {
      void item.file
        .arrayBuffer()
        .then((bytes) => crypto.subtle.digest('SHA-256', bytes))
        .then((digest) => tell(transfer.name, new Uint8Array(digest).join()));
    });
  });
  return {
    digests,
    of: async (id) => {
      if (!digests.has(id)) await once(arrivals, id);
    },
  };
}

/** Sends random bytes under that name, and returns their digest once they are stored. */
const send = (page: Page, size: number, name: string): Promise<string> =>
  page.evaluate(
    async ([length, called]) => {
      const words = new Uint8Array(length);
      for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(words.subarray(at, at + 65_536));
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', words)).join();
      const file = new File([words], called, { lastModified: 1_700_000_000_000 });
      const { id } = document.querySelector<SnapConnection>('snap-connection')!.send(file);
      const opening = indexedDB.open('snaptrail');
      await new Promise((resolve) => (opening.onsuccess = resolve));
      for (let written = 0; written < 2;) {
        const { result } = opening;
        const counts = (['outbox', 'contents'] as const).map((name) =>
          result.transaction(name).objectStore(name).count(id),
        );
        await Promise.all(counts.map((count) => new Promise((resolve) => (count.onsuccess = resolve))));
        written = counts.reduce((sum, count) => sum + count.result, 0);
      }
      opening.result.close();
      return digest;
    },
    [size, name] as const,
  );

/** Resolves when some of that transfer has arrived. */
const begun = (page: Page, name: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) =>
      document
        .querySelector<SnapConnection>('snap-connection')
        ?.transfers.some((each) => each.name === wanted && each.loaded > 0),
    name,
    { polling: 5 },
  );

/** Resolves to the id of the page's only peer. */
const other = async (page: Page): Promise<string> => {
  const found = await page.waitForFunction(() => {
    const peers = document.querySelector<SnapConnection>('snap-connection')?.peers ?? [];
    return peers.length === 1 && peers[0]!.id;
  });
  return (await found.jsonValue()) as string;
};

describe(
  'reloads of both pages half-way through transfers, on a busy machine',
  {
    timeout: 60_000 + RELOADS * 30_000,
  },
  () => {
    let peerServer: RestartablePeerServer;
    let site: HubPage;
    let browsers: ProfiledBrowser[];
    let stopBurning = (): void => undefined;
    before(async () => {
      peerServer = new RestartablePeerServer();
      await peerServer.start();
      site = await HubPage.serve(peerServer.url);
      browsers = [await ProfiledBrowser.open(), await ProfiledBrowser.open()];
    });
    after(async () => {
      stopBurning();
      await Promise.all(browsers.map((browser) => browser.close()));
      await Promise.all([site.close(), peerServer.stop()]);
    });

    it(`keep both ids, and deliver every file intact and once: ${RELOADS} times`, async (t) => {
      const [sender, receiver] = await Promise.all(browsers.map(({ context }) => context.newPage()));
      const arrived = await collect(receiver!);
      await slowUpload(sender!, UPLOAD);
      await Promise.all([sender!, receiver!].map((page) => page.goto(`${site.url}#snap=${ROOM}`)));
      const ids = await Promise.all([other(receiver!), other(sender!)]);
      stopBurning = burnBothCores();
      const began = performance.now();
      const sent = new Map<string, string[]>();
      for (let round = 0; round < RELOADS; round++) {
        const name = `${round}.bin`;
        sent.set(name, [await send(sender!, SIZE, name)]);
        await begun(receiver!, name);
        await Promise.all([sender!, receiver!].map((page) => page.reload({ waitUntil: 'commit' })));
        assert.deepEqual(
          await Promise.all([other(receiver!), other(sender!)]),
          ids,
          `after reload ${round + 1}`,
        );
        await arrived.of(name);
      }
      assert.deepEqual(arrived.digests, sent);
      t.diagnostic(`${((performance.now() - began) / RELOADS / 1000).toFixed(1)} s for each`);
    });
  },
);
