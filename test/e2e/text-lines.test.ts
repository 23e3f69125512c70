import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright';
import type { Demo } from '../../server/dev.js';
import { launchBrowser } from '../support/browser.js';
import { sample } from '../support/form.js';
import { startSite } from '../support/site.js';

/**
 * Decorations, first letters and first lines reach into the text of a block without showing in any
 * computed style: only pictures tell.
 */
describe('a page’s decoration of its text', { timeout: 600_000 }, () => {
  let site: Demo;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    page = await browser.newPage({ bypassCSP: true, reducedMotion: 'reduce' });
    await page.goto(`${site.url}gallery.html`);
    await page.waitForFunction(() => document.querySelector('snap-camera:defined') !== null);
    await page.evaluate(() => {
      document.body.innerHTML =
        '<style></style><section><snap-connection id="hub"></snap-connection>' +
        ['snap-camera', 'snap-sender', 'snap-invite', 'photo-trail']
          .map((tag) => `<${tag} connection="hub"></${tag}>`)
          .join('') +
        '</section>';
    });
  });

  after(async () => {
    await browser.close();
    await site.close();
  });

  for (const rule of sample(
    [
      'section { text-decoration: underline }',
      '* { text-decoration: line-through wavy red }',
      'section::first-letter { font-size: 5em; color: red }',
      '*::first-letter { float: left; font-size: 5em }',
      '*::first-line { background: red; text-transform: uppercase }',
    ],
    2,
  )) {
    it(`does not reach into the elements: ${rule}`, async () => {
      const plain = await pictures('');
      for (const [at, picture] of (await pictures(rule)).entries())
        assert.ok(!(await differ(picture, plain[at]!)), `element ${at}`);
      // On the page's own text the rule shows, or this test would prove nothing.
      const words = await pictures(rule, '<p>Words</p>');
      assert.ok(await differ(words[0]!, (await pictures('', '<p>Words</p>'))[0]!));
    });
  }

  /**
   * Whether a person could tell one picture from the other. An edge between two pixels may come out
   * one step of 255 lighter or darker from one layout to the next.
   */
  async function differ(one: Buffer, other: Buffer): Promise<boolean> {
    return page.evaluate(
      async (encoded) => {
        const [a, b] = (await Promise.all(
          encoded.map(async (png) => {
            const bytes = Uint8Array.from(atob(png), (each) => each.charCodeAt(0));
            const bitmap = await createImageBitmap(new Blob([bytes]));
            const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
            context.drawImage(bitmap, 0, 0);
            return context.getImageData(0, 0, bitmap.width, bitmap.height);
          }),
        )) as [ImageData, ImageData];
        if (a.width !== b.width || a.height !== b.height) return true;
        return a.data.some((value, at) => Math.abs(value - b.data[at]!) > 4);
      },
      [one.toString('base64'), other.toString('base64')],
    );
  }

  /** How the elements look, or `instead` of them, where a page says `rule`. */
  async function pictures(rule: string, instead?: string): Promise<Buffer[]> {
    await page.evaluate(
      ([text, html]) => {
        document.querySelector('style')!.textContent = text;
        document.querySelector('aside')?.remove();
        if (!html) return;
        const section = document.createElement('aside');
        section.innerHTML = `<section>${html}</section>`;
        document.body.append(section);
      },
      [rule, instead ?? ''] as const,
    );
    const seen = instead
      ? page.locator('aside')
      : page.locator('snap-camera, snap-sender, snap-invite, photo-trail');
    const found: Buffer[] = [];
    for (const each of await seen.all()) found.push(await each.screenshot());
    return found;
  }
});
