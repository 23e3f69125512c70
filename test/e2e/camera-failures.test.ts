import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { launchBrowser } from '../support/browser.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { HubPage } from '../support/two-browsers.js';
import { cameraLive } from './support/stage.js';

declare global {
  /** Every track that the page has got. */
  var opened: MediaStreamTrack[];
}

/** Runs in a page before its own scripts. */
function collectTracks(): void {
  globalThis.opened = [];
  if (!('mediaDevices' in navigator)) return;
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    opened.push(...stream.getTracks());
    return stream;
  };
}

const PHONE = 'Use your phone instead';
const APP = 'Take a photo';
const AGAIN = 'Try again';
const FILE = 'Choose a file';

/** Resolves when the camera of the page has failed, with what its poster says and offers. */
async function poster(page: Pick<Page, 'locator' | 'evaluate'>): Promise<{ text: string; ways: string[] }> {
  await page.locator('snap-camera:state(failed) [part=notice]').waitFor();
  return page.evaluate(() => {
    const shadow = document.querySelector('snap-camera')!.shadowRoot!;
    // No function has a name here: the compiler wraps those in a helper that the page lacks.
    const [text, ...ways] = [...shadow.querySelectorAll('[part=notice], .poster :is(button, a, .allow)')].map(
      (each) =>
        each.matches('.allow') ? `<${each.localName}>` : each.textContent.replace(/\s+/g, ' ').trim(),
    );
    return { text: text!, ways };
  });
}

/** Asserts that nothing of the page's camera is on. */
async function allEnded(page: Pick<Page, 'evaluate'>): Promise<void> {
  const states = await page.evaluate(() => opened.map(({ readyState }) => readyState));
  assert.deepEqual(new Set(states), new Set(states.length > 0 ? ['ended'] : []));
}

const turnOn = (page: Page): Promise<void> => page.getByRole('button', { name: 'Turn on camera' }).click();

/** The ids of the browser's processes that read cameras. Linux only (proc(5): cmdline). */
async function captureServices(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const isCapture = (id: number): boolean =>
    readFileSync(`/proc/${id}/cmdline`, 'latin1').includes('video_capture.mojom.VideoCaptureService');
  return processInfo.map(({ id }) => id).filter(isCapture);
}

const HANDHELD: BrowserContextOptions = {
  viewport: { width: 390, height: 664 },
  hasTouch: true,
  isMobile: true,
};

describe('a camera that cannot be used', { timeout: 300_000 }, () => {
  let peerServer: RunningPeerServer;
  let site: HubPage;
  /** Refuses every question, as there is nobody to ask. */
  let browser: Browser;
  /** Has no camera. */
  let bare: Browser;
  before(async () => {
    peerServer = await startPeerServer();
    [site, browser, bare] = await Promise.all([
      HubPage.serve(peerServer.url, '', ['snap-camera', 'snap-sender', 'photo-trail']),
      launchBrowser({ asksPerson: true, args: ['--host-resolver-rules=MAP photos.test 127.0.0.1'] }),
      launchBrowser({ args: ['--use-fake-device-for-media-stream=device-count=0'] }),
    ]);
  });
  afterEach(async () => {
    const contexts = [...browser.contexts(), ...bare.contexts()];
    await Promise.all(contexts.map((context) => context.close()));
  });
  after(async () => {
    await Promise.all([browser.close(), bare.close()]);
    await Promise.all([site.close(), peerServer.close()]);
  });

  const url = (origin = site.url): string =>
    new URL('?with=snap-camera&with=snap-sender&with=photo-trail', origin).href;

  async function visit(on: Browser, address = url(), options: BrowserContextOptions = {}): Promise<Page> {
    const context = await on.newContext(options);
    const page = await context.newPage();
    await page.addInitScript(collectTracks);
    await page.goto(address);
    await page.waitForFunction(() => document.querySelector('snap-connection:state(waiting)'));
    return page;
  }

  describe('for real', () => {
    it('says that it is blocked after a refusal, and starts by itself once it is allowed', async () => {
      const page = await visit(browser);
      await turnOn(page);
      const { text, ways } = await poster(page);
      assert.match(text, /blocked for this site/);
      const asksAgain = await page.evaluate(() => 'HTMLCameraElement' in globalThis);
      assert.deepEqual(ways, asksAgain ? ['<camera>', PHONE, FILE] : [PHONE, AGAIN, FILE]);
      await allEnded(page);
      await page.context().grantPermissions(['camera']);
      await cameraLive(page);
    });

    it('offers the camera app first on a phone', async () => {
      const page = await visit(browser, url(), HANDHELD);
      await turnOn(page);
      const { ways } = await poster(page);
      assert.ok(ways.includes(APP) && !ways.includes(PHONE), ways.join());
    });

    it('is refused when the permission was reset while it was off', async () => {
      const page = await visit(browser, url(), { permissions: ['camera'] });
      await turnOn(page);
      await cameraLive(page);
      await page.getByRole('button', { name: 'Turn off camera' }).click();
      await page.context().clearPermissions();
      await turnOn(page);
      assert.match((await poster(page)).text, /blocked for this site|question .* was closed/);
      await allEnded(page);
    });

    it('says that there is none', async () => {
      const page = await visit(bare);
      await turnOn(page);
      const { text, ways } = await poster(page);
      assert.match(text, /No camera was found/);
      assert.deepEqual(ways, [PHONE, AGAIN, FILE]);
      await allEnded(page);
    });

    it('says that it was disconnected when the process that reads it ends, and starts again', async () => {
      const page = await visit(browser, url(), { permissions: ['camera'] });
      await turnOn(page);
      await cameraLive(page);
      const services = await captureServices(browser);
      assert.ok(services.length > 0, 'a process that reads cameras');
      for (const id of services) process.kill(id, 'SIGKILL');
      const { text, ways } = await poster(page);
      assert.match(text, /was disconnected/);
      assert.deepEqual(ways, [AGAIN, PHONE, FILE]);
      await allEnded(page);
      await page.getByRole('button', { name: AGAIN }).click();
      await cameraLive(page);
    });

    it('says that only secure pages have one, and offers the camera app on a phone', async () => {
      const insecure = url(site.url.replace('127.0.0.1', 'photos.test'));
      for (const [device, main] of [
        [{}, PHONE],
        [HANDHELD, APP],
      ] as const) {
        const page = await visit(browser, insecure, device);
        await turnOn(page);
        const { text, ways } = await poster(page);
        assert.match(text, /only on secure pages/);
        assert.deepEqual(ways, [main, FILE]);
      }
    });
  });
});
