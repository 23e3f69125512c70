import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import { Fair } from './support/fair.js';
import { hub, page, parts } from './support/pages.js';
import { survives } from './support/survives.js';

const click = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();

for (const [version, scripts] of Object.entries({ 'htmx 2': ['htmx2.js'], 'htmx 4': ['htmx4.js'] })) {
  describe(`a page with ${version}`, { timeout: 600_000 }, () => {
    let fair: Fair;
    before(async () => {
      fair = await Fair.open();
      const button = (name: string, attributes: string): string =>
        `<button type="button" hx-get="/main" ${attributes}>${name}</button>`;
      const buttons = [
        button('Swap the hub', 'hx-select="snap-connection" hx-target="snap-connection" hx-swap="outerHTML"'),
        button('Swap what is around it', 'hx-target="main" hx-swap="outerHTML"'),
        button('Swap the inside', 'hx-target="main" hx-select="snap-connection" hx-swap="innerHTML"'),
        button('Morph', 'hx-target="main" hx-swap="outerMorph"'),
      ];
      const html = (mark: string): string => `<main>${hub()}<p>${mark}</p></main>`;
      fair.serve('/', page({ scripts, body: buttons.join('') + html('First') }));
      fair.serve('/main', html('Second'));
    });
    afterEach(() => fair.clear());
    after(() => fair.close());

    for (const name of ['Swap the hub', 'Swap what is around it', 'Swap the inside'])
      it(`stays in the room: ${name}`, () =>
        survives(fair, '/', async (page) => {
          await click(page, name);
          // The new HTML comes from the server: until then the old hub looks as well as the new.
          await page.waitForFunction(() => !former.isConnected);
        }));

    if (version === 'htmx 4')
      it('keeps a hub that is morphed into an identical one', () =>
        survives(
          fair,
          '/',
          async (page) => {
            await click(page, 'Morph');
            await page.getByText('Second').waitFor();
          },
          'untouched',
        ));
  });
}

/** What a morph does to a hub's attributes, and how it shows at the hub. */
const morphs: Record<
  string,
  { from: string; to: string; seen?: ['name' | 'accept' | 'maxSize' | 'maxLanes', unknown] }
> = {
  'the very same': { from: '', to: '' },
  'the very same, with everything that can be said': {
    from: 'id="desk" name="Anna" accept="image/*" max-size="5000000" max-peers="3" max-lanes="2" fragment="snap"',
    to: 'id="desk" name="Anna" accept="image/*" max-size="5000000" max-peers="3" max-lanes="2" fragment="snap"',
  },
  'a class, a style and some data': { from: 'class="a"', to: 'class="b" style="color: navy" data-x="1"' },
  'a name less': { from: 'name="Anna"', to: '', seen: ['name', ''] },
  'another name': { from: 'name="Anna"', to: 'name="Boris"', seen: ['name', 'Boris'] },
  'no accept any more': { from: 'accept="image/*"', to: '', seen: ['accept', '*/*'] },
  'another accept': { from: '', to: 'accept="image/*"', seen: ['accept', 'image/*'] },
  'no max-size any more': { from: 'max-size="5000000"', to: '', seen: ['maxSize', null] },
  'another max-size': { from: '', to: 'max-size="5000000"', seen: ['maxSize', 5_000_000] },
  'no max-lanes any more': { from: 'max-lanes="2"', to: '', seen: ['maxLanes', null] },
  'no debug any more': { from: 'debug', to: '' },
};

describe('a page that is morphed by idiomorph', { timeout: 600_000 }, () => {
  let fair: Fair;
  before(async () => {
    fair = await Fair.open();
  });
  afterEach(() => fair.clear());
  after(() => fair.close());

  for (const [name, { from, to, seen }] of Object.entries(morphs))
    it(`keeps its connections where the new HTML has ${name}`, () => {
      fair.serve('/', page({ scripts: ['idiomorph.js'], body: hub(from) }));
      const body = hub(to);
      return survives(
        fair,
        '/',
        async (page) => {
          await page.evaluate((html) => {
            Idiomorph.morph(document.body, html, { morphStyle: 'innerHTML' });
          }, body);
          if (!seen) return;
          const [key, value] = seen;
          const now = await page.evaluate((which) => former[which], key);
          assert.equal(now, value);
        },
        'untouched',
      );
    });

  it('stays in the room where the new HTML moves the hub', () => {
    fair.serve('/', page({ scripts: ['idiomorph.js'], body: hub() }));
    return survives(fair, '/', (page) =>
      page.evaluate(
        (html) => {
          Idiomorph.morph(document.body, `<section><p>Before</p>${html}</section>`, {
            morphStyle: 'innerHTML',
          });
        },
        hub('', parts),
      ),
    );
  });
});

declare const Idiomorph: { morph(node: Element, html: string, options: object): void };
