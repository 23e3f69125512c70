import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { FileChooser, Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { slowUpload } from '../support/slow.js';
import { PHONE, Stage, cameraLive, items, peers, state } from './support/stage.js';

/** In bytes per second: a photo takes seconds, in which it can be cancelled. */
const SLOW = 20_000;

/** More stops than any of the pages has. */
const MANY_STOPS = 60;

const pendingIs = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction(
    (expected) => document.querySelector<SnapConnection>('snap-connection')!.pending.length === expected,
    count,
  );

/** Resolves when the newest transfer of the page is in that state. */
const lastIs = (page: Page, wanted: string): Promise<unknown> =>
  page.waitForFunction(
    (expected) =>
      document.querySelector<SnapConnection>('snap-connection')!.transfers.at(-1)?.state === expected,
    wanted,
  );

const fileNames = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.querySelector<SnapConnection>('snap-connection')!.received.map(({ file }) => file.name),
  );

/** The name of what has the focus, or its tag; null for the page itself, where it is lost. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return null;
    return (at.ariaLabel ?? at.textContent).replace(/\s+/g, ' ').trim() || at.localName;
  });

/** Presses Tab until the focus is on what has that name, and then `key`. */
async function press(page: Page, name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  const passed: (string | null)[] = [];
  const is = (text: string): boolean => (typeof name === 'string' ? text === name : name.test(text));
  for (let stop = 0; stop < MANY_STOPS; stop += 1) {
    const at = await focused(page);
    if (at !== null && is(at)) return page.keyboard.press(key);
    passed.push(at);
    await page.keyboard.press('Tab');
  }
  assert.fail(`no stop is called ${name}: ${passed.join(' | ')}`);
}

async function keepsFocus(page: Page, after: string): Promise<void> {
  assert.notEqual(await focused(page), null, `the focus is lost after: ${after}`);
}

const chosen = async (page: Page, open: () => Promise<void>): Promise<FileChooser> => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()]);
  return chooser;
};

describe('what one does with a photo', { timeout: 300_000 }, () => {
  let stage: Stage;
  let folder: string;
  before(async () => {
    stage = await Stage.open();
    folder = await mkdtemp(join(tmpdir(), 'snaptrail-folder-'));
    await mkdir(join(folder, 'inner'));
    for (const path of ['10.txt', '9.txt', 'inner/a.txt', '.DS_Store'])
      await writeFile(join(folder, path), path);
  });
  afterEach(() => stage.clear());
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  /** Opens `path` as the phone does, and the desk's page in the same room. */
  async function meet(path: string): Promise<[phone: Page, desk: Page]> {
    const phone = await stage.visit(`${stage.url}${path}`, PHONE);
    await state(phone, 'waiting');
    await slowUpload(phone, SLOW);
    const desk = await stage.visit(`${stage.demo}${new URL(phone.url()).hash}`, { cameraOff: true });
    await Promise.all([peers(phone, 1), peers(desk, 1)]);
    return [phone, desk];
  }

  it('works by keyboard alone, and the focus is never lost', async () => {
    const [page, desk] = await meet('tabs.html');
    /** Presses what has that name, waits for what that does, and looks where the focus is. */
    const step = async (name: string | RegExp, done: Promise<unknown>, key?: 'Space'): Promise<void> => {
      await Promise.all([press(page, name, key), done]);
      await keepsFocus(page, String(name));
    };
    await step(
      'Turn on camera',
      page.waitForFunction(() => document.querySelector('snap-camera:state(live)')),
    );
    await step('Snap', pendingIs(page, 1), 'Space');
    await step(/^Remove Photo/, pendingIs(page, 0));
    await step('Snap', pendingIs(page, 1));
    await step('Send', lastIs(page, 'sending'), 'Space');
    await step(/^Cancel Photo/, lastIs(page, 'cancelled'));
    await step(/^Retry Photo/, lastIs(page, 'delivered'), 'Space');
    await items(desk, 1);
    await step(/^Send again Photo/, items(desk, 2));
    const chooser = await chosen(page, () => press(page, 'Choose a folder', 'Space'));
    await chooser.setFiles(folder);
    await pendingIs(page, 3);
    await keepsFocus(page, 'Choose a folder');
    await step('Send', items(desk, 5));
    assert.deepEqual((await fileNames(desk)).slice(0, 3).sort(), ['10.txt', '9.txt', 'a.txt']);
  });

  it('works by touch, on a page of a phone’s size', async () => {
    const [phone, desk] = await meet('phone.html');
    const tap = (name: string | RegExp): Promise<void> =>
      phone.getByRole('button', { name, exact: true }).tap();
    await tap('Turn on camera');
    await cameraLive(phone);
    await tap('Send at once');
    await tap('Snap');
    await pendingIs(phone, 1);
    await tap(/^Last: Photo/);
    await tap('Retake');
    await pendingIs(phone, 0);
    await tap('Snap');
    await pendingIs(phone, 1);
    await tap(/^Last: Photo/);
    await tap('Send');
    await lastIs(phone, 'sending');
    await tap(/^Last: Photo/);
    await tap('Cancel');
    await lastIs(phone, 'cancelled');
    await tap('Retry');
    await lastIs(phone, 'delivered');
    await items(desk, 1);
    await phone.locator('.pill').tap();
    await tap(/^Send again Photo/);
    await items(desk, 2);
    const chooser = await chosen(phone, () => tap('Choose a folder'));
    await chooser.setFiles(folder);
    await pendingIs(phone, 3);
    await phone.locator('snap-sender').getByRole('button', { name: 'Send', exact: true }).tap();
    await items(desk, 5);
    assert.deepEqual((await fileNames(desk)).slice(0, 3).sort(), ['10.txt', '9.txt', 'a.txt']);
  });

  it('survives a reload: of three photos that are being sent, all arrive, once each', async () => {
    const [page, desk] = await meet('tabs.html');
    await cameraLive(page);
    for (const count of [1, 2, 3]) {
      await page.getByRole('button', { name: 'Snap', exact: true }).click();
      await pendingIs(page, count);
    }
    const sent = await page.evaluate(() =>
      document.querySelector<SnapConnection>('snap-connection')!.pending.map(({ file }) => file.name),
    );
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    // Something of them has arrived, and not all.
    await desk.waitForFunction(() => {
      const { transfers, received } = document.querySelector<SnapConnection>('snap-connection')!;
      return received.length > 0 || transfers.some(({ loaded }) => loaded > 0);
    });
    assert.ok((await fileNames(desk)).length < 3, 'still being sent');
    await page.reload();
    await items(desk, 3);
    await page.waitForFunction(() => {
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      return hub.pending.length === 0 && hub.transfers.every(({ state: now }) => now === 'delivered');
    });
    assert.deepEqual((await fileNames(desk)).sort(), sent.sort());
  });
});
