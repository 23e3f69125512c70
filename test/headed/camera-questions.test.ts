import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { launchBrowser } from '../support/browser.js';
import { startPeerServer, type RunningPeerServer } from '../support/peer-server.js';
import { HubPage } from '../support/two-browsers.js';
import { Screen } from './support/screen.js';

/** In ms between two presses of a key: a new question ignores keys for a moment. */
const BETWEEN_PRESSES = 300;

describe('the browser’s own question about the camera', { timeout: 300_000 }, () => {
  let peerServer: RunningPeerServer;
  let site: HubPage;
  let screen: Screen;
  let browser: Browser;
  before(async () => {
    [peerServer, screen] = await Promise.all([startPeerServer(), Screen.open()]);
    [site, browser] = await Promise.all([
      HubPage.serve(peerServer.url, '', ['snap-camera']),
      launchBrowser({ asksPerson: true, display: screen.display }),
    ]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  after(async () => {
    await browser.close();
    await Promise.all([site.close(), peerServer.close(), screen.close()]);
  });

  async function visit(): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(new URL('?with=snap-camera', site.url).href);
    await page.locator('snap-connection:state(waiting)').waitFor();
    return page;
  }

  /** Presses Escape until `closed`, as nothing tells when the question is shown. */
  async function closeQuestion(closed: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    const done = closed.finally(() => over.abort());
    while (!over.signal.aborted) {
      screen.press('Escape');
      await Promise.race([done, delay(BETWEEN_PRESSES)]);
    }
    await done;
  }

  const notice = (page: Page, text: string): Promise<void> =>
    page.locator('snap-camera:state(failed) [part=notice]', { hasText: text }).waitFor();

  const permission = (page: Page): Promise<string> =>
    page.evaluate(async () => (await navigator.permissions.query({ name: 'camera' })).state);

  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();

  it('may be closed, which blocks nothing: “Try again” asks again', async () => {
    const page = await visit();
    await press(page, 'Turn on camera');
    await closeQuestion(notice(page, 'The question about the camera was closed'));
    assert.equal(await permission(page), 'prompt');
    await press(page, 'Try again');
    await page.locator('snap-camera:state(asking)').waitFor();
  });

  it('is mentioned again while it is not answered, and other ways are offered', async () => {
    const page = await visit();
    await press(page, 'Turn on camera');
    await page.getByText('Allow the camera where your browser asks').waitFor();
    await page.getByText('Your browser is still waiting for your answer').waitFor();
    await press(page, 'Use your phone instead');
    // The test's own page is on this computer, where no phone can reach it.
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This address works on this computer only').waitFor();
    assert.match(await dialog.getByRole('textbox').inputValue(), /#snap=\w{26}$/);
  });
});
