import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { sample } from '../support/form.js';
import { Stage, state } from './support/stage.js';

/** What pages and their routers do to the address. Each runs in the page. */
const VISITS: Record<string, () => unknown> = {
  'a path of its own by pushState': () => history.pushState({ router: 1 }, '', '/?view=other'),
  'a path of its own by replaceState': () => history.replaceState({ router: 1 }, '', '/?view=other'),
  'no fragment by replaceState': () => history.replaceState({ router: 1 }, '', '/'),
  'a route in the fragment': () => (location.hash = '#/inbox'),
  'a route in the fragment by pushState': () => history.pushState({ router: 1 }, '', '#/inbox'),
  'no fragment by location.hash': () => (location.hash = ''),
  'a visit as Turbo makes it': () => {
    history.pushState({ turbo: 1 }, '', '/?view=turbo');
    const next = document.body.cloneNode(true) as HTMLElement;
    document.body.replaceWith(next);
  },
  'several steps at once': () => {
    history.pushState(null, '', '/?view=1');
    history.pushState(null, '', '/?view=2');
    history.replaceState(null, '', '/?view=3#/route');
  },
};

interface Seen {
  readonly code: string | undefined;
  readonly pending: readonly string[];
}

/** The page's room, and the files that wait in it to be sent. */
const seen = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const hub = document.querySelector<SnapConnection>('snap-connection')!;
    return {
      code: /snap=([a-z2-7]{26})/.exec(hub.inviteUrl)?.[1],
      pending: hub.pending.map(({ file }) => file.name),
    };
  });

async function settled(page: Page): Promise<Seen> {
  await state(page, 'waiting');
  await page.waitForFunction(
    () => document.querySelector<SnapConnection>('snap-connection')!.pending.length === 1,
  );
  return seen(page);
}

for (const api of ['with the Navigation API', 'without it']) {
  describe(`the address of a page, in a browser ${api},`, { timeout: 600_000 }, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.open({ camerasOff: true });
    });
    afterEach(() => stage.clear());
    after(() => stage.close());

    /** A page in its room with one file that waits to be sent. */
    async function open(): Promise<Page> {
      const page = await stage.visit('about:blank');
      if (api === 'without it')
        await page.addInitScript(() =>
          Reflect.defineProperty(globalThis, 'navigation', { value: undefined }),
        );
      await page.goto(stage.demo);
      await state(page, 'waiting');
      await page.locator('snap-sender input[type=file]').setInputFiles({
        name: 'waits.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('waits'),
      });
      await settled(page);
      // No event says that it is stored.
      await page.waitForFunction(
        () =>
          new Promise<boolean>((resolve) => {
            const request = indexedDB.open('snaptrail');
            request.onsuccess = () => {
              const all = request.result.transaction('contents').objectStore('contents').count();
              all.onsuccess = () => {
                request.result.close();
                resolve(all.result === 1);
              };
            };
          }),
      );
      return page;
    }

    for (const [what, visit] of sample(Object.entries(VISITS), 3)) {
      it(`keeps the room and its pending file after ${what}, and after a reload`, async () => {
        const page = await open();
        const before = await seen(page);
        const entries = await page.evaluate(() => history.length);
        await page.evaluate(visit);
        assert.deepEqual(await settled(page), before);
        if (api === 'with the Navigation API')
          await page.waitForFunction((code) => location.hash.endsWith(`snap=${code}`), before.code);
        const [length, kept] = await page.evaluate(() => [history.length, history.state as unknown]);
        assert.ok(length <= entries + 2, 'no history entries of its own');
        if (what.includes('State') && !what.includes('fragment by location'))
          assert.deepEqual(kept, { router: 1 });
        await page.reload();
        assert.deepEqual(await settled(page), before);
        if (length === entries) return;
        await page.goBack();
        assert.deepEqual(await settled(page), before);
        await page.goForward();
        await page.reload();
        assert.deepEqual(await settled(page), before);
      });
    }

    it('leads to a new room when it is opened again without a code', async () => {
      const page = await open();
      const before = await seen(page);
      await page.evaluate(() => history.replaceState(null, '', '/'));
      await page.goto('about:blank');
      await page.goto(stage.demo);
      await state(page, 'waiting');
      assert.notEqual((await seen(page)).code, before.code);
    });

    it('leads to the room of an invitation that is pasted into it', async () => {
      const page = await open();
      const code = 'b'.repeat(26);
      await page.evaluate((next) => (location.hash = `#snap=${next}`), code);
      await page.waitForFunction(
        (next) => document.querySelector<SnapConnection>('snap-connection')!.inviteUrl.includes(next),
        code,
      );
      await state(page, 'waiting');
    });

    it('does not lead back to a room that was left by renew()', async () => {
      const page = await open();
      await page.evaluate(() => history.pushState(null, '', `/?view=other${location.hash}`));
      await page.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.renew());
      const renewed = await settled(page);
      await page.goBack();
      await page.waitForFunction((code) => location.hash.endsWith(code!), renewed.code);
      assert.deepEqual(await settled(page), renewed);
    });
  });
}
