import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { Demo } from '../../server/dev.js';
import { launchBrowser } from '../support/browser.js';
import { film } from '../support/filmed.js';
import { sample } from '../support/form.js';
import { startSite } from '../support/site.js';
import { cameraLive, items, peers } from './support/stage.js';

/** Phones in either orientation, less the bars of their browsers. */
const PHONES = [
  [320, 568],
  [360, 640],
  [390, 664],
  [412, 732],
  [640, 360],
  [844, 390],
] as const;

/** Cameras that are held upright and sideways: not always as the phone is. */
const FEEDS = { portrait: [480, 640], landscape: [640, 480] } as const;

/** In px: what a finger can hit. */
const LEAST = 44;

for (const [name, [width, height]] of Object.entries(FEEDS))
  describe(`the first screen of the phone’s page, with a ${name} feed`, { timeout: 600_000 }, () => {
    let site: Demo;
    let browser: Browser;
    let camera: string;
    before(async () => {
      camera = await film({ width, height, light: new Uint8Array(width * height).fill(160) });
      [site, browser] = await Promise.all([startSite(), launchBrowser({ camera })]);
    });
    after(async () => {
      await browser.close();
      await site.close();
      await rm(dirname(camera), { recursive: true });
    });

    async function open(url: string, phone?: readonly [number, number]): Promise<Page> {
      const context = await browser.newContext({
        permissions: ['camera', 'microphone'],
        reducedMotion: 'reduce',
        ...(phone && { viewport: { width: phone[0], height: phone[1] }, hasTouch: true, isMobile: true }),
      });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    }

    for (const phone of sample(PHONES, 3))
      it(`has shutter, last photo and the sign of an arrival at ${phone.join(' by ')}`, async () => {
        const page = await open(`${site.url}phone.html`, phone);
        const seen = async (selector: string): Promise<void> => {
          const box = (await page.locator(selector).boundingBox())!;
          assert.ok(box.x >= 0 && box.y >= 0, selector);
          assert.ok(box.x + box.width <= phone[0] && box.y + box.height <= phone[1], selector);
        };
        await cameraLive(page);
        const upright = await page
          .locator('snap-camera video')
          .evaluate((video: HTMLVideoElement) => video.videoHeight > video.videoWidth);
        assert.equal(upright, name === 'portrait');

        const desk = await open(`${site.url}tabs.html${new URL(page.url()).hash}`);
        await Promise.all([page, desk].map((each) => peers(each, 1)));
        await page.locator('[part=shutter]').tap();
        await items(desk, 1);
        await page.locator('[part=last] .tick').waitFor();
        await desk.evaluate(() => {
          const hub = document.querySelector<SnapConnection>('snap-connection')!;
          hub.send(new File(['hello'], 'hello.txt', { type: 'text/plain' }));
        });
        await items(page, 1);
        for (const selector of ['[part=shutter]', '[part=last]', '.toast']) await seen(selector);

        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        const targets = await page
          .locator('snap-camera button, .phone-top button')
          .evaluateAll((all: HTMLElement[]) =>
            all
              .filter((each) => each.checkVisibility({ visibilityProperty: true }))
              .map((each) => {
                const { width: wide, height: high } = each.getBoundingClientRect();
                return { name: each.getAttribute('part') ?? each.className, least: Math.min(wide, high) };
              }),
          );
        assert.ok(targets.length >= 5, `${targets.length} targets`);
        assert.deepEqual(
          targets.filter(({ least }) => least < LEAST),
          [],
        );
        await Promise.all([page, desk].map((each) => each.context().close()));
      });
  });
