import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { SnapSender } from '../../src/elements/snap-sender/snap-sender.js';
import { peers, state } from '../e2e/support/stage.js';
import { Fair } from './support/fair.js';
import { appPage } from './support/pages.js';
import { renderers } from './support/rendered.js';
import { arrived, roomOf, send, survives } from './support/survives.js';

const click = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();

/** Both at once. */
const clickBoth = (page: Page, names: readonly string[]): Promise<void> =>
  page.evaluate((wanted) => {
    for (const name of wanted)
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)!.click();
  }, names);

const gone = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !document.querySelector('snap-connection'));

for (const framework of ['react', 'vue', 'svelte']) {
  describe(`an app made with ${framework}`, { timeout: 600_000 }, () => {
    let fair: Fair;
    before(async () => {
      fair = await Fair.open([`${framework}.ts`]);
      for (const view of ['ways', 'properties'] as const) {
        fair.serve(`/${view}`, appPage(`${framework}.ts`, view));
        fair.serve(`/rendered/${view}`, appPage(`${framework}.ts`, view, await renderers[framework]!(view)));
      }
      fair.serve('/kept', appPage(`${framework}.ts`, 'kept'));
    });
    afterEach(() => fair.clear());
    after(() => fair.close());

    it('stays in the room when the hub gets another key', () =>
      survives(fair, '/ways', (page) => click(page, 'Another key')));

    it('stays in the room when it returns from a route without a hub', () =>
      survives(
        fair,
        '/ways',
        async (page) => {
          await click(page, 'Elsewhere');
          await gone(page);
          await click(page, 'Home');
        },
        'replaced',
      ));

    it('stays in the room when it returns from such a route at once', () =>
      survives(fair, '/ways', async (page) => {
        await click(page, 'Another desk');
        await clickBoth(page, ['Elsewhere', 'Home']);
      }));

    it('stays in the room when it goes to a route with another hub and returns', () =>
      survives(fair, '/ways', async (page) => {
        await click(page, 'Another desk');
        await peers(page, 1);
        await click(page, 'Home');
      }));

    if (framework === 'vue')
      it('stays in the room with a hub that is kept alive', () =>
        survives(
          fair,
          '/kept',
          async (page) => {
            await click(page, 'Elsewhere');
            await gone(page);
            await click(page, 'Home');
          },
          'moved',
        ));

    it('is rendered on a server, and hydrates without a warning', () =>
      survives(fair, '/rendered/ways', (page) => click(page, 'Another key')));

    for (const path of ['/properties', '/rendered/properties'])
      it(`sets properties and listens to events, at ${path}`, async () => {
        const page = await fair.visit(path);
        await state(page, 'waiting');
        assert.deepEqual(await configuration(page), {
          hub: {
            accept: 'text/plain',
            maxSize: 5_000_000,
            maxPeers: 3,
            maxLanes: null,
            sendOnly: true,
            name: 'Anna',
          },
          sender: { filesOnly: true },
          trail: { name: 'photos', required: true, max: 5 },
          linked: true,
        });
        const ice = await page.evaluate(
          () => document.querySelector<SnapConnection>('snap-connection')!.iceServers,
        );
        const isLost = framework === 'react' && path.startsWith('/rendered/');
        assert.deepEqual(ice, isLost ? '[]' : [{ urls: 'stun:127.0.0.1:9' }]);
        const peer = await fair.visit(`/peer#snap=${await roomOf(page)}`);
        await Promise.all([peers(page, 1), peers(peer, 1)]);
        await click(page, 'No limits');
        await peer.waitForFunction(() =>
          document
            .querySelector<SnapConnection>('snap-connection')!
            .peers.some(({ sendOnly, name }) => !sendOnly && name === ''),
        );
        await peers(page, 1);
        const { hub, trail } = await configuration(page);
        assert.deepEqual([hub.maxSize, hub.maxPeers, trail.max], [null, 3, null]);
        await send(peer, 'there.png');
        await arrived(page, ['there.png']);
        await page.getByText('there.png', { exact: true }).and(page.locator('output')).waitFor();
        assert.deepEqual(fair.trouble, []);
      });
  });
}

/** The properties that the page's elements have received. */
function configuration(page: Page): Promise<Record<'hub' | 'sender' | 'trail', Record<string, unknown>>> {
  return page.evaluate(() => {
    const hub = document.querySelector<SnapConnection>('snap-connection')!;
    const trail = document.querySelector<PhotoTrail>('photo-trail')!;
    const sender = document.querySelector<SnapSender>('snap-sender')!;
    const { accept, maxSize, maxPeers, maxLanes, sendOnly, name } = hub;
    return {
      hub: { accept, maxSize, maxPeers, maxLanes, sendOnly, name },
      sender: { filesOnly: sender.filesOnly },
      trail: { name: trail.name, required: trail.required, max: trail.max },
      linked: trail.connection === hub && sender.connection === hub,
    };
  });
}
