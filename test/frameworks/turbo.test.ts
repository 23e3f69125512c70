import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import { makeRoomCode } from '../../src/room/code.js';
import { Fair } from './support/fair.js';
import { hub, page } from './support/pages.js';
import { roomOf, survives } from './support/survives.js';

const scripts = ['turbo.js'];
const room = makeRoomCode();

/** The event by which Turbo says that it is done. */
const visited = async (page: Page, start: () => Promise<unknown>): Promise<void> => {
  await page.evaluate(() => {
    globalThis.loaded = new Promise((resolve) => {
      document.addEventListener('turbo:load', () => resolve(), { once: true });
    });
  });
  await start();
  await page.evaluate(() => loaded);
};

describe('a page with Turbo', { timeout: 600_000 }, () => {
  let fair: Fair;
  before(async () => {
    fair = await Fair.open();
    const link = '<a href="/inbox">Inbox</a><a href="/">Home</a>';
    for (const [path, title] of [
      ['', 'Home'],
      ['inbox', 'Inbox'],
    ] as const) {
      const body = (content: string): string => `${link}<h1>${title}</h1>${content}`;
      fair.serve(`/${path}`, page({ scripts, body: body(hub()) }));
      fair.serve(
        `/named/${path}`,
        page({ scripts, body: body(hub(`room="${room}"`)).replaceAll('href="/', 'href="/named/') }),
      );
      fair.serve(
        `/lasting/${path}`,
        page({
          scripts,
          body: body(hub('id="desk" data-turbo-permanent')).replaceAll('href="/', 'href="/lasting/'),
        }),
      );
    }
  });
  afterEach(() => fair.clear());
  after(() => fair.close());

  it('stays in a room that both pages name', () =>
    survives(fair, '/named/', async (page) => {
      await visited(page, () => page.getByRole('link', { name: 'Inbox' }).click());
      await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    }));

  it('enters the room that the link’s fragment names', () =>
    survives(fair, '/', async (page) => {
      const code = await roomOf(page);
      await page.getByRole('link', { name: 'Inbox' }).evaluate((link: HTMLAnchorElement, to) => {
        link.hash = to;
      }, `snap=${code}`);
      await visited(page, () => page.getByRole('link', { name: 'Inbox' }).click());
      await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    }));

  it('stays in the room when the user goes there and back', () =>
    survives(fair, '/named/', async (page) => {
      await visited(page, () => page.getByRole('link', { name: 'Inbox' }).click());
      await page.getByRole('heading', { name: 'Inbox' }).waitFor();
      await visited(page, () => page.goBack());
      await page.getByRole('heading', { name: 'Home' }).waitFor();
    }));

  it('keeps a permanent hub, and its code in the new address, so that a reload restores the room', () =>
    survives(
      fair,
      '/lasting/',
      async (page) => {
        await visited(page, () => page.getByRole('link', { name: 'Inbox' }).click());
        await page.getByRole('heading', { name: 'Inbox' }).waitFor();
        assert.equal(await page.evaluate(() => former === document.querySelector('snap-connection')), true);
        const code = await roomOf(page);
        await page.waitForURL(`**/inbox#snap=${code}`);
        await page.reload();
      },
      'reloaded',
    ));

  it('keeps the connections of a hub when it refreshes the page by a morph', () => {
    const html = (mark: string): string =>
      page({
        scripts,
        head: '<meta name="turbo-refresh-method" content="morph"><meta name="turbo-refresh-scroll" content="preserve">',
        body: `<p>${mark}</p>${hub('name="Anna"')}`,
      });
    fair.serve('/morphed', html('First'));
    return survives(
      fair,
      '/morphed',
      async (page) => {
        fair.serve('/morphed', html('Second'));
        await visited(page, () =>
          page.evaluate(() => {
            Turbo.renderStreamMessage('<turbo-stream action="refresh"></turbo-stream>');
          }),
        );
        await page.getByText('Second').waitFor();
      },
      'untouched',
    );
  });
});

declare global {
  /** In a page: resolves when Turbo's visit has ended. */
  var loaded: Promise<void>;
}
declare const Turbo: { renderStreamMessage(html: string): void };
