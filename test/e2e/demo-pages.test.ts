import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { SnapInvite } from '../../src/elements/snap-invite/snap-invite.js';
import type { Demo } from '../../server/dev.js';
import { launchBrowser } from '../support/browser.js';
import { sample } from '../support/form.js';
import { startSite } from '../support/site.js';
import { audit } from './support/axe.js';
import { items } from './support/stage.js';

const PAGES = ['', 'tabs', 'claim', 'phone', 'room', 'files', 'media', 'check'].map((name) =>
  name === '' ? '' : `${name}.html`,
);
const WIDTHS = [320, 390, 768, 1280, 1920];
const WAYS = PAGES.flatMap((page) =>
  ['en', 'ru'].flatMap((lang) => WIDTHS.map((width) => ({ page, lang, width }))),
);

describe('the demo’s pages', { timeout: 600_000 }, () => {
  let site: Demo;
  let browser: Browser;
  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  /** Opens a page; `mistakes` collects what goes wrong in it. */
  async function open(
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; mistakes: string[] }> {
    const context = await browser.newContext({
      permissions: ['camera', 'microphone'],
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    // tsx wraps named functions in a helper, which is missing in the page.
    await page.addInitScript('globalThis.__name = (named) => named');
    const mistakes: string[] = [];
    page.on('pageerror', (error) => mistakes.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && mistakes.push(message.text()));
    await page.goto(site.url + path);
    // The bar is filled, the page is translated, and its example runs.
    await page.locator('.bar .look-menu').waitFor({ state: 'attached' });
    return { page, mistakes };
  }

  for (const { page: path, lang, width } of sample(WAYS, 10))
    it(`/${path} in ${lang} fits into ${width} px, without a mistake`, async () => {
      const { page, mistakes } = await open(`${path}?lang=${lang}`, { viewport: { width, height: 800 } });
      if (path !== 'check.html')
        await page.waitForFunction(
          () => document.querySelector<SnapConnection>('snap-connection')!.inviteUrl,
        );
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(mistakes, []);
      await page.context().close();
    });

  for (const path of PAGES) {
    it(`/${path} has every word in Russian`, async () => {
      const { page } = await open(`${path}?lang=ru`);
      if (path === 'check.html') await page.locator('.check').first().waitFor();
      const foreign = await page.evaluate(() => {
        const words: string[] = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = node.textContent!.trim();
          const skipped = 'script, template, pre, bdi, output, .brand, [lang=en]';
          if (node.parentElement!.closest(skipped) || !/\p{L}/u.test(text)) continue;
          if (!/\p{Script=Cyrillic}/u.test(text)) words.push(text);
        }
        return [...words, ...(/\p{Script=Cyrillic}/u.test(document.title) ? [] : [document.title])];
      });
      assert.deepEqual(foreign, []);
      await page.context().close();
    });

    for (const colorScheme of sample(['light', 'dark'] as const, 1))
      it(`/${path} passes the accessibility audit: ${colorScheme}`, async () => {
        const { page } = await open(path, { colorScheme, bypassCSP: true });
        assert.deepEqual(await audit(page, 'html'), []);
        await page.context().close();
      });

    if (path !== 'check.html')
      it(`/${path} shows the lines that it runs`, async () => {
        const { page } = await open(path);
        const [shown, runs] = await page.evaluate(() => {
          const outline = (root: ParentNode): string[] =>
            [...root.querySelectorAll('*')].map((each) => (each.cloneNode() as Element).outerHTML);
          const code = document.createElement('template');
          code.innerHTML = document.querySelector('figure.code code')!.textContent;
          code.content.querySelector('script')!.remove();
          return [outline(code.content), outline(document.getElementById('stage')!)];
        });
        assert.ok(shown.length > 2);
        // What runs may have more around it, such as the bar of the sheet on the phone's page.
        let at = 0;
        for (const line of runs) if (line === shown[at]) at += 1;
        assert.equal(shown[at], undefined);
        await page.context().close();
      });
  }

  it('show both sides on one device: what the phone in the frame snaps appears in the page', async () => {
    const { page } = await open('');
    const phone = page.frameLocator('figure.phone iframe');
    await phone.getByRole('button', { name: 'Turn on camera' }).click();
    await phone.locator('[part=shutter]').click();
    await items(page, 1);
    await page.context().close();
  });

  it('say on a phone which site it sends to, if an invitation led there', async () => {
    const { page: desk } = await open('claim.html');
    await desk.waitForFunction(() => document.querySelector('snap-invite:state(ready)'));
    const invited = await desk.locator('snap-invite').evaluate((invite: SnapInvite) => invite.url);
    const { pathname, hash } = new URL(invited);
    assert.equal(pathname, '/phone.html');
    const { page: phone } = await open(`phone.html${hash}`);
    const line = phone.locator('snap-camera [part=guard]');
    assert.match(
      (await line.textContent())!,
      new RegExp(`a page of ${new URL(site.url).hostname} .*Go on only`),
    );
    const { page: own } = await open('phone.html');
    await own.waitForFunction(() => document.querySelector('snap-connection:state(waiting)'));
    await own.getByRole('button', { name: 'Turn on camera' }).waitFor();
    assert.equal(await own.locator('snap-camera [part=guard]').count(), 0);
    for (const page of [desk, phone, own]) await page.context().close();
  });

  it('turn no camera on by themselves', async () => {
    for (const path of PAGES) {
      const { page } = await open(path, { permissions: [] });
      if (path !== 'check.html')
        await page.evaluate(() => customElements.whenDefined('snap-camera').then(() => undefined));
      const states = 'snap-camera:is(:state(asking), :state(starting), :state(live), :state(failed))';
      assert.equal(await page.locator(states).count(), 0, path);
      await page.context().close();
    }
  });

  it('lose nothing when the connection is cut: a transfer goes on from where it was', async () => {
    const { page } = await open('files.html');
    const loaded = (): Promise<number> =>
      page.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.loaded);
    await page.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')?.state === 'connected',
    );
    await page.locator('#noise').click();
    await page.waitForFunction(() => {
      const [transfer] = document.querySelector<SnapConnection>('snap-connection')!.transfers;
      return transfer && transfer.loaded > 10_000_000;
    });
    await page.getByRole('button', { name: 'Cut the connection' }).click();
    await page.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')!.state !== 'connected',
    );
    const cut = await loaded();
    assert.ok(cut < 200_000_000, 'it was all sent before the cut');
    await page.getByRole('button', { name: 'Mend the connection' }).click();
    await page.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')!.state === 'connected',
    );
    assert.ok((await loaded()) >= cut - 20_000_000, 'it began from the start');
    await page.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.state === 'delivered',
      undefined,
      { timeout: 120_000 },
    );
    await page.context().close();
  });
});
