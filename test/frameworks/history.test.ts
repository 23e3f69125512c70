import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import { Fair } from './support/fair.js';
import { hub, page } from './support/pages.js';
import { roomOf, survives } from './support/survives.js';

/** What routers do to the address. */
const navigations: Record<string, () => void> = {
  pushState: () => history.pushState(null, '', '/other'),
  'pushState within the fragment': () => history.pushState(null, '', '/other#section'),
  replaceState: () => history.replaceState({ page: 1 }, '', '/other?page=1'),
  'several at once': () => {
    history.pushState(null, '', '/other?page=1');
    history.pushState(null, '', '/other?page=2');
    history.replaceState(null, '', '/other?page=3');
  },
};

describe('a page whose address is written by a router', { timeout: 600_000 }, () => {
  let fair: Fair;
  before(async () => {
    fair = await Fair.open();
    for (const path of ['/', '/other']) fair.serve(path, page({ body: hub() }));
  });
  afterEach(() => fair.clear());
  after(() => fair.close());

  const codeInAddress = async (page: Page): Promise<unknown> => {
    const code = await roomOf(page);
    return page.waitForURL((url) => url.pathname === '/other' && url.hash.includes(`snap=${code}`));
  };

  for (const [name, navigate] of Object.entries(navigations)) {
    it(`keeps its connections, and the code in the address: ${name}`, () =>
      survives(
        fair,
        '/',
        async (page) => {
          await page.evaluate(navigate);
          await codeInAddress(page);
        },
        'untouched',
      ));

    it(`restores the room and the pending files after a reload: ${name}`, () =>
      survives(
        fair,
        '/',
        async (page) => {
          await page.evaluate(navigate);
          await codeInAddress(page);
          await page.reload();
        },
        'reloaded',
      ));
  }

  it('keeps its connections when the user goes back to the entry with the code, and forward', () =>
    survives(
      fair,
      '/',
      async (page) => {
        await page.evaluate(navigations.pushState!);
        await codeInAddress(page);
        await page.goBack();
        await page.waitForURL((url) => url.pathname === '/');
        await page.goForward();
        await codeInAddress(page);
      },
      'untouched',
    ));
});
