import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright';
import type { Demo } from '../../server/dev.js';
import type { stickingOut as StickingOut } from '../elements/support/sticking-out.js';
import { launchBrowser } from '../support/browser.js';
import { LONG, sample } from '../support/form.js';
import { startSite } from '../support/site.js';
import { audit } from './support/axe.js';

/** Every combination of the gallery's switches that changes the layout. */
const TABLE = ['en', 'ru', 'de', 'ar'].flatMap((lang) =>
  ['100', '200'].flatMap((text) =>
    ['280', '320', '390', '608', '768', '1152', '1280', '1920'].map((width) => ({ lang, text, width })),
  ),
);

const LOOKS = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', colorScheme: 'light', forcedColors: 'active' },
] as const;

describe('the gallery', { timeout: LONG ? 900_000 : 300_000 }, () => {
  let site: Demo;
  let browser: Browser;
  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  async function open(look: (typeof LOOKS)[number] = LOOKS[0]): Promise<Page> {
    const { colorScheme, forcedColors } = look;
    const page = await browser.newPage({
      bypassCSP: true,
      reducedMotion: 'reduce',
      colorScheme,
      forcedColors,
    });
    // tsx wraps named functions in a helper, which is missing in the page.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.goto(`${site.url}gallery.html`);
    await page.locator('main[aria-busy=false]').waitFor({ timeout: 240_000 });
    const broken = page.locator('.card:has(.broken)');
    assert.deepEqual(await broken.evaluateAll((all) => all.map((card) => card.closest('section')!.id)), []);
    return page;
  }

  it('gives every state an anchor of its own, which its index leads to', async () => {
    const page = await open();
    const { anchors, links } = await page.evaluate(() => ({
      anchors: [...document.querySelectorAll('main section')].map(({ id }) => id),
      links: [...document.querySelectorAll('.index li a')].map((link) => link.getAttribute('href')!.slice(1)),
    }));
    assert.ok(anchors.length > 80, `${anchors.length} states`);
    assert.equal(new Set(anchors).size, anchors.length);
    assert.deepEqual(links, anchors);
    for (const anchor of anchors) assert.match(anchor, /^(camera|sender|invite|trail)(-[a-z]+)+$/);
    await page.goto(`${site.url}gallery.html?show=camera-denied`);
    await page.locator('#camera-denied snap-camera:state(failed)').waitFor();
    assert.equal(await page.locator('main section').count(), 1);
    await page.close();
  });

  it('shows no state of which anything leaves its element, in any language, width or size of text', async () => {
    const page = await open();
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../elements/support/sticking-out.ts', import.meta.url))],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'measures',
      tsconfigRaw: '{}',
    });
    await page.evaluate(outputFiles[0]!.text + ';globalThis.measures = measures');
    const found = await page.evaluate(
      async (table) => {
        const { stickingOut } = (globalThis as unknown as { measures: { stickingOut: typeof StickingOut } })
          .measures;
        type Host = HTMLElement & { readonly updateComplete: Promise<boolean> };
        const hosts = [...document.querySelectorAll<Host>('main .card *')].filter((each) => each.shadowRoot);
        const laidOut = new CSSStyleSheet();
        laidOut.replaceSync('* { content-visibility: visible !important }');
        for (const { shadowRoot } of hosts) {
          shadowRoot!.adoptedStyleSheets.push(laidOut);
          // A playing video repaints all the time.
          shadowRoot!.querySelector('video')?.pause();
        }
        const faults: string[] = [];
        for (const row of table) {
          for (const [name, value] of Object.entries(row)) {
            const select = document.querySelector<HTMLSelectElement>(`.tools select[name=${name}]`)!;
            if (select.value === value) continue;
            select.value = value;
            select.dispatchEvent(new Event('change', { bubbles: true }));
          }
          // Whoever watches the language is told in a microtask.
          await new Promise((resolve) => setTimeout(resolve));
          await Promise.all(hosts.map(({ updateComplete }) => updateComplete));
          for (const host of hosts)
            for (const fault of stickingOut(host))
              faults.push(`${Object.values(row).join(' ')} #${host.closest('section')!.id}: ${fault}`);
        }
        return faults;
      },
      sample(TABLE, 6),
    );
    assert.deepEqual(found, []);
    await page.close();
  });

  for (const look of sample(LOOKS, 1))
    it(`passes the accessibility audit in every state: ${look.name}`, async () => {
      const page = await open(look);
      assert.deepEqual(await audit(page, 'main'), []);
      await page.close();
    });
});
