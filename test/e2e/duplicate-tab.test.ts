import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { slowUpload } from '../support/slow.js';
import { HubPage, ProfiledBrowser, RestartablePeerServer } from '../support/two-browsers.js';

/** Resolves when the page's hub sees so many others. */
async function sees(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (expected) => document.querySelector<SnapConnection>('snap-connection')?.peers.length === expected,
    count,
  );
}

/** Sends `count` files of `size` bytes, and returns the ids of their transfers. */
const send = (page: Page, count: number, size: number): Promise<string[]> =>
  page.evaluate(
    ([files, bytes]) =>
      Array.from({ length: files }, (_, at) => {
        const content = crypto.getRandomValues(new Uint8Array(65_536));
        const blob = new Blob(
          Array.from({ length: bytes / 65_536 }, () => content),
          { type: 'image/jpeg' },
        );
        return document.querySelector<SnapConnection>('snap-connection')!.send(blob, { name: `${at}.jpg` })
          .id;
      }),
    [count, size] as const,
  );

/** Opens the room in a page that only sends, over a slow line. */
async function enter(page: Page, url: string): Promise<void> {
  await slowUpload(page, 1_000_000);
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () =>
      document.querySelector('snap-connection')!.toggleAttribute('send-only'),
    );
  });
  await page.goto(url);
}

/** Collects what arrives in the page, from its start. */
async function collect(page: Page): Promise<string[]> {
  const arrived: string[] = [];
  await page.exposeFunction('arrived', (id: string) => arrived.push(id));
  await page.addInitScript(() => {
    document.addEventListener('snap-received', ({ transfer }) => {
      void (globalThis as unknown as { arrived: (id: string) => Promise<void> }).arrived(transfer.offerId!);
    });
  });
  return arrived;
}

/**
 * Resolves when everything with these ids is stored. A tab that is closed right after send() may be
 * gone before that.
 */
async function kept(page: Page, ids: readonly string[]): Promise<void> {
  await page.waitForFunction(async (wanted) => {
    const opening = indexedDB.open('snaptrail');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction('outbox').objectStore('outbox').getAllKeys();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    opening.result.close();
    return wanted.every((id) => reading.result.includes(id));
  }, ids);
}

describe('a tab and its duplicate', { timeout: 600_000 }, () => {
  let peerServer: RestartablePeerServer;
  let site: HubPage;
  let home: ProfiledBrowser;
  let away: ProfiledBrowser;
  before(async () => {
    peerServer = new RestartablePeerServer();
    await peerServer.start();
    site = await HubPage.serve(peerServer.url);
    [home, away] = [await ProfiledBrowser.open(), await ProfiledBrowser.open()];
  });
  after(async () => {
    await Promise.all([home.close(), away.close()]);
    await Promise.all([site.close(), peerServer.stop()]);
  });

  it('are two members; when one is closed, the other takes over, and every photo arrives once', async () => {
    const receiver = await away.context.newPage();
    const arrived = await collect(receiver);
    // The two tabs at home only send, so that only this page receives.
    await receiver.goto(`${site.url}#snap=${'abcdefgh234567'.padEnd(26, 'q')}`);
    const original = await home.context.newPage();
    await enter(original, receiver.url());
    await sees(original, 1);
    const [duplicate] = await Promise.all([
      home.context.waitForEvent('page'),
      // What "Duplicate tab" does: the new page gets a copy of sessionStorage.
      original.evaluate(() => void open('')),
    ]);
    await enter(duplicate, receiver.url());
    await Promise.all([sees(receiver, 2), sees(original, 2), sees(duplicate, 2)]);
    const ids = await Promise.all(
      [original, duplicate].map((page) => page.evaluate(() => sessionStorage.getItem('snaptrail-tab'))),
    );
    assert.notEqual(ids[0], ids[1]);

    const sent = await Promise.all([send(original, 4, 1_048_576), send(duplicate, 4, 1_048_576)]);
    // Both are half-way.
    await receiver.waitForFunction((ofDuplicate) => {
      const { transfers } = document.querySelector<SnapConnection>('snap-connection')!;
      return transfers.some(
        ({ offerId, loaded, state }) => ofDuplicate.includes(offerId!) && loaded > 0 && state === 'receiving',
      );
    }, sent[1]);
    await kept(duplicate, sent[1]);
    await duplicate.close();
    await receiver.waitForFunction((all) => {
      const { transfers } = document.querySelector<SnapConnection>('snap-connection')!;
      return all.every((wanted) =>
        transfers.some(({ offerId, state }) => offerId === wanted && state === 'delivered'),
      );
    }, sent.flat());
    await original.waitForFunction(() => {
      const { transfers } = document.querySelector<SnapConnection>('snap-connection')!;
      return transfers.every(({ state }) => state === 'delivered');
    });
    assert.deepEqual([...arrived].sort(), sent.flat().sort());
  });
});
