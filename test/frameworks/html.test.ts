import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import { state } from '../e2e/support/stage.js';
import { Fair } from './support/fair.js';
import { hub, page, parts } from './support/pages.js';
import { survives } from './support/survives.js';

/** Every way for the page's own script to replace a hub by another. */
const replacements: Record<string, () => void> = {
  'replaceWith(clone)': () => {
    const old = document.querySelector('snap-connection')!;
    old.replaceWith(old.cloneNode(true));
  },
  'innerHTML = innerHTML': () => {
    const main = document.querySelector('main')!;
    const html = main.innerHTML;
    main.innerHTML = html;
  },
  'outerHTML = outerHTML': () => {
    const old = document.querySelector('snap-connection')!;
    const html = old.outerHTML;
    old.outerHTML = html;
  },
  'a new hub that comes before the old one has gone': () => {
    const old = document.querySelector('snap-connection')!;
    old.before(old.cloneNode(true));
    old.remove();
  },
  'two replacements in a row': () => {
    for (let at = 0; at < 2; at++) {
      const old = document.querySelector('snap-connection')!;
      old.replaceWith(old.cloneNode(true));
    }
  },
  'body.replaceWith(another body)': () => {
    document.body.replaceWith(document.body.cloneNode(true));
  },
};

describe('a page that replaces its hub', { timeout: 600_000 }, () => {
  let fair: Fair;
  before(async () => {
    fair = await Fair.open();
    fair.serve('/around', page({ body: `<main>${hub()}</main>` }));
    const apart = parts.replaceAll('></', ' connection="desk"></');
    fair.serve('/apart', page({ body: `<main>${hub('id="desk"', '')}</main>${apart}` }));
  });
  afterEach(() => fair.clear());
  after(() => fair.close());

  for (const [name, replace] of Object.entries(replacements)) {
    it(`stays in the room: ${name}`, () => survives(fair, '/around', (page: Page) => page.evaluate(replace)));
  }

  for (const name of ['replaceWith(clone)', 'innerHTML = innerHTML'])
    it(`stays in the room, with elements linked by id: ${name}`, () =>
      survives(fair, '/apart', (page: Page) => page.evaluate(replacements[name]!)));

  it('stays in the room with a new hub that stood beside the old one for a while', () =>
    survives(
      fair,
      '/around',
      async (page) => {
        await page.evaluate(() => former.before(former.cloneNode(true)));
        await state(page, 'failed');
        await page.evaluate(() => former.remove());
      },
      'handed over',
      ['/around: snap-error room-in-use'],
    ));
});
