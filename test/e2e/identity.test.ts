import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { onlyLong } from '../support/form.js';
import { launchBrowser } from '../support/browser.js';
import { HubPage, RestartablePeerServer } from '../support/two-browsers.js';

const ROOM = 'abcdefgh234567'.padEnd(26, 'k');
const ID = /^[0-9a-f]{32}$/;

/** Resolves when every hub of the page has entered its room. */
async function entered(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll<SnapConnection>('snap-connection')].every(({ state }) =>
      ['waiting', 'connected'].includes(state),
    ),
  );
}

/** The page's id, from its storage. */
const idOf = (page: Page): Promise<string> => page.evaluate(() => sessionStorage.getItem('snaptrail-tab')!);

async function reload(page: Page): Promise<void> {
  await page.reload();
  await entered(page);
}

/**
 * A tab with a copy of the page's `sessionStorage`, as "Duplicate tab" and links with an opener
 * make it.
 */
async function duplicateOf(page: Page): Promise<Page> {
  const [duplicate] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(() => void open('')),
  ]);
  return duplicate;
}

/** The same in a process of its own, so that the original can be frozen. */
async function distantDuplicateOf(page: Page): Promise<Page> {
  const kept = await page.evaluate(
    () => Object.fromEntries(Object.entries(sessionStorage)) as Record<string, string>,
  );
  const duplicate = await page.context().newPage();
  await duplicate.goto(new URL('/hub.js', page.url()).href);
  await duplicate.evaluate((copy) => Object.assign(sessionStorage, copy), kept);
  return duplicate;
}

/** Stops all tasks of the page, as when a phone puts a tab to sleep. Returns what wakes it up. */
async function freeze(page: Page): Promise<() => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
  await session.send('Debugger.pause');
  void page.evaluate(() => undefined).catch(() => undefined);
  await paused;
  return () => session.detach();
}

/** Makes `page` next in line for the lock of that id, and holds it for `time` ms. */
async function holdNext(page: Page, id: string, time: number): Promise<void> {
  await page.evaluate(
    async ([name, ms]) => {
      void navigator.locks.request(name, () => new Promise((resolve) => setTimeout(resolve, ms)));
      while (!(await navigator.locks.query()).pending?.some((lock) => lock.name === name));
    },
    [`snaptrail-tab-${id}`, time] as const,
  );
}

describe('the id of a tab', { timeout: 600_000 }, () => {
  let peerServer: RestartablePeerServer;
  let site: HubPage;
  let browser: Browser;
  let context: BrowserContext;
  before(async () => {
    peerServer = new RestartablePeerServer();
    await peerServer.start();
    site = await HubPage.serve(peerServer.url);
    browser = await launchBrowser();
  });
  const fresh = async (prepare?: () => void): Promise<Page> => {
    context = await browser.newContext();
    if (prepare) await context.addInitScript(prepare);
    return context.newPage();
  };
  /** A tab in the room, in a profile of its own. */
  const tab = async (prepare?: () => void): Promise<Page> => {
    const page = await fresh(prepare);
    await page.goto(`${site.url}#snap=${ROOM}`);
    await entered(page);
    return page;
  };
  /** A page of the origin without a hub. */
  const elsewhere = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${site.url}hub.js`);
    return page;
  };
  afterEach(() => context.close());
  after(async () => {
    await browser.close();
    await Promise.all([site.close(), peerServer.stop()]);
  });

  for (const [how, time] of [
    ['for a moment', 700],
    ['for long', 6_000],
    ['for good', 600_000],
  ] as const)
    it(
      `survives a reload after which another page keeps its lock ${how}`,
      how === 'for long' ? onlyLong : {},
      async () => {
        const page = await tab();
        const id = await idOf(page);
        await holdNext(await elsewhere(), id, time);
        await reload(page);
        assert.equal(await idOf(page), id);
        await reload(page);
        assert.equal(await idOf(page), id);
      },
    );

  // claim: #identity-survives-reload
  it('survives a reload in the middle of another', async () => {
    const page = await tab();
    const id = await idOf(page);
    await holdNext(await elsewhere(), id, 600_000);
    await page.reload();
    await reload(page);
    assert.equal(await idOf(page), id);
  });

  it('survives a visit to another page and back', async () => {
    const page = await tab();
    const id = await idOf(page);
    await holdNext(await elsewhere(), id, 600_000);
    await page.goto(`${site.url}hub.js`);
    await page.goBack();
    await entered(page);
    assert.equal(await idOf(page), id);
    await page.goto(`${site.url}another?name=Ada#snap=${ROOM}`);
    await entered(page);
    assert.equal(await idOf(page), id);
  });

  it('is new in a duplicate of the tab, which enters without a wait, and both keep theirs', async () => {
    const openedAt = performance.now();
    const page = await tab();
    const usual = performance.now() - openedAt;
    const id = await idOf(page);
    const duplicate = await duplicateOf(page);
    const began = performance.now();
    await duplicate.goto(page.url());
    await entered(duplicate);
    const took = performance.now() - began;
    const other = await idOf(duplicate);
    assert.match(other, ID);
    assert.notEqual(other, id);
    // To wait would take two seconds. How long a page takes to enter depends on the machine.
    assert.ok(took - usual < 1_500, `${took} ms, and ${usual} ms for a new tab`);
    await Promise.all([reload(page), reload(duplicate)]);
    assert.deepEqual([await idOf(page), await idOf(duplicate)], [id, other]);
  });

  it('is new in a duplicate of a frozen tab, and both keep theirs', async () => {
    const page = await tab();
    const id = await idOf(page);
    const duplicate = await distantDuplicateOf(page);
    const url = page.url();
    const wake = await freeze(page);
    await duplicate.goto(url);
    await entered(duplicate);
    const other = await idOf(duplicate);
    assert.notEqual(other, id);
    await wake();
    await Promise.all([reload(page), reload(duplicate)]);
    assert.deepEqual([await idOf(page), await idOf(duplicate)], [id, other]);
  });

  it('is never the same in two tabs, even if a duplicate of a frozen tab reloads before it has found out', async () => {
    const page = await tab();
    const id = await idOf(page);
    const duplicate = await distantDuplicateOf(page);
    const url = page.url();
    const wake = await freeze(page);
    await duplicate.goto(url, { waitUntil: 'commit' });
    await reload(duplicate);
    await wake();
    await page.waitForFunction(
      (others) =>
        document
          .querySelector<SnapConnection>('snap-connection')!
          .peers.some(({ id: each }) => each === others),
      await idOf(duplicate),
    );
    assert.notEqual(await idOf(page), await idOf(duplicate));
    assert.ok([await idOf(page), await idOf(duplicate)].includes(id));
  });

  it('is shared by two hubs of a page, in two rooms', async () => {
    const page = await tab();
    const id = await idOf(page);
    await page.evaluate(
      (room) => {
        const hub = document.querySelector('snap-connection')!.cloneNode() as SnapConnection;
        hub.room = room;
        document.body.append(hub);
      },
      ROOM.replaceAll('k', 'm'),
    );
    await entered(page);
    assert.equal(await idOf(page), id);
    await holdNext(await elsewhere(), id, 600_000);
    await reload(page);
    assert.equal(await idOf(page), id);
  });

  it('is different in each frame of a tab, and survives a reload in all of them', async () => {
    const page = await tab();
    const id = await idOf(page);
    const [key] = await page.evaluate(async (room) => {
      const frame = document.createElement('iframe');
      frame.src = `/#snap=${room}`;
      document.body.append(frame);
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      while (hub.peers.length === 0)
        await new Promise((resolve) => hub.addEventListener('snap-peer-join', resolve, { once: true }));
      return hub.peers.map((peer) => peer.id);
    }, ROOM);
    assert.notEqual(key, id);
    await reload(page);
    assert.equal(await idOf(page), id);
  });

  it('is new at each page load where storage is forbidden, and nothing breaks', async () => {
    const page = await tab(() => {
      Object.defineProperty(globalThis, 'sessionStorage', {
        get() {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
    });
    await reload(page);
  });

  it('survives a reload without the Web Locks API, and is new in a duplicate', async () => {
    const page = await tab(() => void Reflect.deleteProperty(Navigator.prototype, 'locks'));
    const id = await idOf(page);
    await reload(page);
    assert.equal(await idOf(page), id);
    const duplicate = await duplicateOf(page);
    await duplicate.goto(page.url());
    await entered(duplicate);
    assert.notEqual(await idOf(duplicate), id);
  });
});
