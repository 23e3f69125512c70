import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import jsQR from 'jsqr';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import type { Demo } from '../../server/dev.js';
import type { SnapInvite } from '../../src/elements/snap-invite/snap-invite.js';
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

/** What a phone reads from the screen. */
async function scan(page: Page, code: Locator): Promise<string | undefined> {
  const shot = (await code.screenshot()).toString('base64');
  const { data, width, height } = await page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    return {
      data: [...context.getImageData(0, 0, image.width, image.height).data],
      width: image.width,
      height: image.height,
    };
  }, shot);
  const decode = jsQR as unknown as typeof jsQR.default;
  return decode(Uint8ClampedArray.from(data), width, height)?.data;
}

function invitation(page: Page): Promise<string> {
  return page.locator('snap-invite').evaluate((invite: SnapInvite) => invite.url);
}

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
      await page.goto(`${site.url}tabs.html`);
      // The site is at localhost, to which the element shows no code: a phone would open itself.
      await page
        .locator('snap-invite')
        .evaluate((invite: SnapInvite) => (invite.href = 'https://photos.example.org/'));
      if (letters) await page.addStyleTag({ content: `html { font-size: ${letters} }` });
      const code = page.locator('snap-invite').locator('[part~=qr]');
      await code.waitFor({ state: 'attached' });
      assert.equal(await code.isVisible(), scanned);
      if (scanned) assert.equal(await scan(page, code), await invitation(page));
      await context.close();
    });
  }
});
