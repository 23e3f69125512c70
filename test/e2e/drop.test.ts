import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { SnapSender } from '../../src/elements/snap-sender/snap-sender.js';
import { Stage, cameraLive, state } from './support/stage.js';

/**
 * Drags files and folders from outside of the browser onto the middle of what `selector` finds, and
 * lets go.
 */
async function drop(page: Page, selector: string, files: readonly string[]): Promise<void> {
  const place = page.locator(selector).first();
  await place.scrollIntoViewIfNeeded();
  const box = (await place.boundingBox())!;
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  // The drag hovers, as every drag by hand does: what lights up under it is then what the files are
  // dropped on.
  for (const type of ['dragEnter', 'dragOver', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
}

const pending = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.querySelector<SnapConnection>('snap-connection')!.pending.map(({ file }) => file.name),
  );

const pendingIs = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction(
    (expected) => document.querySelector<SnapConnection>('snap-connection')!.pending.length >= expected,
    count,
  );

describe('a file that is dropped on the page', () => {
  let stage: Stage;
  let folder: string;
  before(async () => {
    stage = await Stage.open();
    folder = await mkdtemp(join(tmpdir(), 'snaptrail-drop-'));
    await mkdir(join(folder, 'photos', 'inner'), { recursive: true });
    await mkdir(join(folder, 'empty'));
    for (const path of ['a.txt', 'photos/2.txt', 'photos/10.txt', 'photos/inner/z.txt'])
      await writeFile(join(folder, path), path);
  });
  afterEach(() => stage.clear());
  after(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  /** Puts parts of the page's own beside the elements. `where`: where the sender takes files. */
  async function visit(where: 'element' | 'page' = 'element'): Promise<Page> {
    const page = await stage.visit();
    await state(page, 'waiting');
    // Until it is, the picture still grows, and everything below it moves.
    await cameraLive(page);
    await page.evaluate((place) => {
      document.querySelector<SnapSender>('snap-sender')!.drop = place;
      document.body.insertAdjacentHTML(
        'afterbegin',
        `<p id="beside" style="padding: 2em">Beside</p> <input id="file" type="file"> <input id="text"> <textarea></textarea>
         <div id="edit" contenteditable style="padding: 1em">Edit</div> <div id="zone" style="padding: 2em">Zone</div>`,
      );
      const zone = document.querySelector('#zone')!;
      zone.addEventListener('dragover', (event) => event.preventDefault());
      zone.addEventListener('drop', (event) => {
        event.preventDefault();
        zone.textContent = (event as DragEvent).dataTransfer!.files[0]!.name;
      });
      Object.assign(window, { same: true });
    }, where);
    return page;
  }

  /** Whether all is as it was: no file has come in the page's place, or in a tab beside it. */
  async function untouched(page: Page): Promise<boolean> {
    const session = await page.context().browser()!.newBrowserCDPSession();
    const { targetInfos } = await session.send('Target.getTargets');
    await session.detach();
    return !targetInfos.some(({ url }) => url.startsWith('file:')) && page.evaluate(() => 'same' in window);
  }

  for (const place of ['#beside', '#text', 'textarea', '#edit']) {
    it(`does not replace the page when dropped on ${place}`, async () => {
      const page = await visit();
      await drop(page, place, [join(folder, 'a.txt')]);
      // The browser takes one thing after the other: after this one it would have begun to open the
      // first.
      await drop(page, 'snap-sender', [join(folder, 'photos/2.txt')]);
      await pendingIs(page, 1);
      assert.ok(await untouched(page));
      assert.deepEqual(await pending(page), ['2.txt']);
    });
  }

  for (const place of ['snap-sender', 'snap-camera', 'snap-invite', 'photo-trail']) {
    it(`is added when dropped on <${place}>`, async () => {
      const page = await visit();
      await drop(page, place, [join(folder, 'a.txt')]);
      await pendingIs(page, 1);
      assert.deepEqual(await pending(page), ['a.txt']);
      assert.ok(await untouched(page));
    });
  }

  for (const place of ['#beside', '#text', 'textarea', '#edit']) {
    it(`is added when dropped on ${place}, with drop="page"`, async () => {
      const page = await visit('page');
      await drop(page, place, [join(folder, 'a.txt')]);
      await pendingIs(page, 1);
      assert.deepEqual(await pending(page), ['a.txt']);
      assert.ok(await untouched(page));
    });
  }

  it('is left to the page’s own file input and drop zone', async () => {
    const page = await visit('page');
    await drop(page, '#file', [join(folder, 'a.txt')]);
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#file')!.files!.length === 1);
    await drop(page, '#zone', [join(folder, 'photos/2.txt')]);
    await page.waitForFunction(() => document.querySelector('#zone')!.textContent === '2.txt');
    assert.deepEqual(await pending(page), []);
  });

  it('may be a folder: every file in it is added, along with the files dropped beside it', async () => {
    const page = await visit();
    await drop(page, 'snap-sender', [join(folder, 'photos'), join(folder, 'a.txt'), join(folder, 'empty')]);
    await pendingIs(page, 4);
    assert.deepEqual(await pending(page), ['2.txt', '10.txt', 'z.txt', 'a.txt']);
  });

  it('may be an empty folder, which the page reports', async () => {
    const page = await visit();
    await drop(page, 'snap-sender', [join(folder, 'empty')]);
    await page.getByText('Nothing was added: there are no files in it.').waitFor();
  });
});
