import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright';
import type { Demo } from '../../server/dev.js';
import { launchBrowser } from '../support/browser.js';
import { startSite } from '../support/site.js';

const phone = { hasTouch: true, isMobile: true };

/** Devices with the demo open, and whether somebody would scan their screen with another one. */
const DEVICES: readonly (BrowserContextOptions & { name: string; scanned: boolean; letters?: string })[] = [
  { name: 'a small phone', scanned: false, viewport: { width: 320, height: 568 }, ...phone },
  { name: 'a phone', scanned: false, viewport: { width: 390, height: 844 }, ...phone },
  { name: 'a phone on its side', scanned: false, viewport: { width: 844, height: 390 }, ...phone },
  { name: 'a tablet', scanned: true, viewport: { width: 820, height: 1180 }, ...phone },
  { name: 'a desktop', scanned: true, viewport: { width: 1280, height: 800 } },
  {
    name: 'a desktop with text of twice the size',
    scanned: true,
    viewport: { width: 1280, height: 800 },
    letters: '200%',
  },
  { name: 'a desktop, zoomed in', scanned: true, viewport: { width: 640, height: 400 } },
];

describe('the QR code of the demo’s room', { timeout: 600_000 }, () => {
  let site: Demo;
  let browser: Browser;
  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  for (const { name, scanned, letters, ...device } of DEVICES) {
    it(`is ${scanned ? 'shown' : 'hidden'} on ${name}`, async () => {
      const context = await browser.newContext({ ...device, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(site.url);
      if (letters) await page.addStyleTag({ content: `html { font-size: ${letters} }` });
      const code = page.locator('snap-invite').locator('[part~=qr]');
      await code.waitFor({ state: 'attached' });
      assert.equal(await code.isVisible(), scanned);
      await context.close();
    });
  }
});
