import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright';
import type { SnapCamera } from '../../src/elements/snap-camera/snap-camera.js';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { launchBrowser } from '../support/browser.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { HubPage } from '../support/two-browsers.js';
import { PHONE as HANDHELD, cameraLive, items } from './support/stage.js';

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
const LINK = 'Copy link';
const TAB = 'Open in a tab of its own';

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

const turnOn = (page: Pick<Page, 'getByRole'>): Promise<void> =>
  page.getByRole('button', { name: 'Turn on camera' }).click();

/** The ids of the browser's processes that read cameras. Linux only (proc(5): cmdline). */
async function captureServices(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const isCapture = (id: number): boolean =>
    readFileSync(`/proc/${id}/cmdline`, 'latin1').includes('video_capture.mojom.VideoCaptureService');
  return processInfo.map(({ id }) => id).filter(isCapture);
}

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
  /** Of a page whose camera is the only element that can choose files. */
  const alone = (): string => new URL('?with=snap-camera', site.url).href;

  async function visit(
    on: Browser,
    address = url(),
    options: BrowserContextOptions = {},
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<Page> {
    const context = await on.newContext(options);
    const page = await context.newPage();
    await page.addInitScript(collectTracks);
    await prepare?.(page);
    await page.goto(address);
    await page.waitForFunction(() => document.querySelector('snap-connection:state(waiting)'));
    return page;
  }

  /** Opens the dialog, and returns the address in it. */
  async function invitation(page: Page): Promise<string> {
    await page.getByRole('button', { name: PHONE }).click();
    return page.getByRole('dialog').getByRole('textbox').inputValue();
  }

  describe('for real', () => {
    it('says that it is blocked after a refusal, and starts by itself once it is allowed', async () => {
      const page = await visit(browser);
      await turnOn(page);
      const { text, ways } = await poster(page);
      assert.match(text, /blocked for this site/);
      const asksAgain = await page.evaluate(() => 'HTMLCameraElement' in globalThis);
      assert.deepEqual(ways, asksAgain ? ['<camera>', PHONE] : [PHONE, AGAIN]);
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
      assert.deepEqual(ways, [PHONE, AGAIN]);
      await page.locator('snap-sender').getByRole('button', { name: 'Choose files' }).waitFor();
      await allEnded(page);
    });

    it('offers a file itself where no sender does', async () => {
      const page = await visit(bare, alone());
      await turnOn(page);
      assert.deepEqual((await poster(page)).ways, [PHONE, AGAIN, FILE]);
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: FILE }).click(),
      ]);
      await chooser.setFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a photo') });
      await page.waitForFunction(
        () => document.querySelector<SnapConnection>('snap-connection')!.pending.length === 1,
      );
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
      assert.deepEqual(ways, [AGAIN, PHONE]);
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
        assert.deepEqual(ways, [main]);
      }
    });

    it('says that a header of the page forbids it, where a tab of its own would not help', async () => {
      const page = await visit(browser, `${url()}&permissions-policy=camera=()`, { permissions: ['camera'] });
      await turnOn(page);
      const { text, ways } = await poster(page);
      assert.match(text, /isn’t allowed to use the camera/);
      assert.deepEqual(ways, [PHONE]);
      await allEnded(page);
    });
  });

  describe('in a frame of another origin, for real', () => {
    /** Opens a page that has this one in a frame; `allow`: what it lets the frame use. */
    async function visitFrame(allow: string, options: BrowserContextOptions = {}): Promise<Frame> {
      const context = await browser.newContext({ ...options, permissions: ['camera', 'microphone'] });
      const page = await context.newPage();
      await page.addInitScript(collectTracks);
      await page.goto(site.url);
      await page.evaluate(
        ([src, allowed]) => {
          const frame = Object.assign(document.createElement('iframe'), { src, allow: allowed });
          frame.style.cssText = 'inline-size: 100%; block-size: 600px';
          document.body.append(frame);
        },
        // As secure as the site itself, and another origin.
        [url(site.url.replace('127.0.0.1', 'localhost')), allow] as const,
      );
      const element = await page.locator('iframe').elementHandle();
      const frame = await element.contentFrame();
      assert.ok(frame);
      await frame.waitForFunction(() => document.querySelector('snap-connection:state(waiting)'));
      return frame;
    }

    it('says that it is not allowed without allow="camera", and goes on in a tab of its own, in the same room', async () => {
      const frame = await visitFrame('');
      await turnOn(frame);
      const { text, ways } = await poster(frame);
      assert.match(text, /isn’t allowed to use the camera/);
      assert.deepEqual(ways, [TAB, PHONE]);
      await allEnded(frame);
      const [tab] = await Promise.all([
        frame.page().waitForEvent('popup'),
        frame.getByRole('link', { name: TAB }).click(),
      ]);
      await turnOn(tab);
      await cameraLive(tab);
      assert.ok(await tab.evaluate(() => window.opener === null), 'the tab is independent of the frame');
      for (const each of [frame, tab])
        await each.waitForFunction(
          () => document.querySelector<SnapConnection>('snap-connection')!.peers.length === 1,
        );
    });

    it('offers the camera app first there on a phone', async () => {
      const frame = await visitFrame('', HANDHELD);
      await turnOn(frame);
      assert.deepEqual((await poster(frame)).ways, [APP, TAB]);
    });

    it('is on with allow="camera"', async () => {
      const frame = await visitFrame('camera');
      await turnOn(frame);
      await cameraLive(frame);
    });
  });

  describe('with the browser’s answer stubbed', () => {
    const answers: [what: string, name: string, message: string, text: RegExp, ways: string[]][] = [
      [
        'the system refuses',
        'NotAllowedError',
        'Permission denied by system',
        /settings of your device/,
        [PHONE, AGAIN],
      ],
      [
        'another program uses it',
        'NotReadableError',
        'Could not start video source',
        /Another program/,
        [AGAIN, PHONE],
      ],
    ];
    for (const [what, name, message, text, ways] of answers)
      it(`says so when ${what} (stub: getUserMedia)`, async () => {
        const page = await visit(browser, url(), {}, (fresh) =>
          fresh.addInitScript(
            ([errorName, errorMessage]) => {
              navigator.mediaDevices.getUserMedia = () =>
                Promise.reject(new DOMException(errorMessage, errorName));
            },
            [name, message] as const,
          ),
        );
        await turnOn(page);
        const told = await poster(page);
        assert.match(told.text, text);
        assert.deepEqual(told.ways, ways);
      });

    it('says so in a browser that has none for pages (stub: mediaDevices)', async () => {
      const page = await visit(browser, url(), HANDHELD, (fresh) =>
        fresh.addInitScript(() => {
          Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
        }),
      );
      await turnOn(page);
      const { text, ways } = await poster(page);
      assert.match(text, /can’t be used in this browser/);
      assert.deepEqual(ways, [APP, LINK]);
    });

    it('says so when the question is never answered, and offers to go on without (stub: getUserMedia)', async () => {
      const page = await visit(browser, url(), {}, (fresh) =>
        fresh.addInitScript(() => {
          navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
        }),
      );
      await turnOn(page);
      await page.getByText('still waiting for your answer').or(page.getByText('taking long')).waitFor();
      assert.match(await invitation(page), /#snap=/);
    });

    it('says so when a photo cannot be encoded, and stays on (stub: convertToBlob)', async () => {
      const page = await visit(browser, url(), { permissions: ['camera'] }, (fresh) =>
        fresh.addInitScript(() => {
          OffscreenCanvas.prototype.convertToBlob = () =>
            Promise.reject(new DOMException('', 'EncodingError'));
          Reflect.deleteProperty(globalThis, 'ImageCapture');
        }),
      );
      await turnOn(page);
      await cameraLive(page);
      await page.evaluate(() =>
        document
          .querySelector<SnapCamera>('snap-camera')!
          .snap()
          .catch(() => null),
      );
      await page.getByText('The photo couldn’t be taken').waitFor();
      await cameraLive(page);
    });

    it('says how to allow it when the browser alters photos (stub: getImageData)', async () => {
      const page = await visit(browser, url(), { permissions: ['camera'] }, (fresh) =>
        fresh.addInitScript(() => {
          OffscreenCanvasRenderingContext2D.prototype.getImageData = (_x, _y, width, height) =>
            new ImageData(new Uint8ClampedArray(width * height * 4).fill(255), width, height);
          Reflect.deleteProperty(globalThis, 'ImageCapture');
        }),
      );
      await turnOn(page);
      await cameraLive(page);
      await page.evaluate(() =>
        document
          .querySelector<SnapCamera>('snap-camera')!
          .snap()
          .catch(() => null),
      );
      const { text, ways } = await poster(page);
      assert.match(text, /Privacy protection.*for this site/);
      assert.deepEqual(ways, [PHONE, AGAIN]);
      await allEnded(page);
    });
  });

  describe('hands over to a phone', () => {
    // With the permission of one device, pages learn addresses at which others can reach them.
    it('whose camera takes the photo after a refusal', async () => {
      const desk = await visit(browser, url(), { permissions: ['microphone'] });
      await turnOn(desk);
      await poster(desk);
      const phone = await visitInvited(browser, await invitation(desk), {
        ...HANDHELD,
        permissions: ['camera', 'microphone'],
      });
      await desk.getByRole('dialog').getByText('Your phone is connected').first().waitFor();
      await turnOn(phone);
      await cameraLive(phone);
      await phone.evaluate(async () => {
        await document.querySelector<SnapCamera>('snap-camera')!.snap();
      });
      await phone.getByRole('button', { name: 'Send', exact: true }).click();
      await items(desk, 1);
      await desk.getByRole('dialog').waitFor({ state: 'hidden' });
      await allEnded(desk);
    });

    it('whose camera app takes the photo where neither has a camera for pages', async () => {
      const desk = await visit(bare, url(), { permissions: ['camera'] });
      await turnOn(desk);
      await poster(desk);
      const phone = await visitInvited(bare, await invitation(desk), {
        ...HANDHELD,
        permissions: ['camera'],
      });
      await turnOn(phone);
      await poster(phone);
      const [chooser] = await Promise.all([
        phone.waitForEvent('filechooser'),
        phone.getByRole('button', { name: APP }).click(),
      ]);
      assert.equal(chooser.isMultiple(), false);
      await chooser.setFiles({ name: 'image.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a photo') });
      await phone.getByRole('button', { name: 'Send', exact: true }).click();
      await items(desk, 1);
    });

    /** Opens the invitation on another device. */
    async function visitInvited(on: Browser, address: string, options: BrowserContextOptions): Promise<Page> {
      const context = await on.newContext(options);
      const page = await context.newPage();
      await page.goto(address);
      return page;
    }
  });
});
