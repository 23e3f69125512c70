import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { JSHandle, Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import type { SnapCamera } from '../../src/elements/snap-camera/snap-camera.js';
import { Stage, cameraLive, items, peers, state } from './support/stage.js';

const snapAndSend = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Snap & Send', exact: true }).click();

describe('the demo', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('puts the room into its address, where a second browser finds the first', async () => {
    const first = await stage.visit();
    await state(first, 'waiting');
    assert.match(new URL(first.url()).hash, /^#snap=[a-z2-7]{26}$/);
    const second = await stage.visit(first.url());
    await Promise.all([peers(first, 1), peers(second, 1)]);
    const loaded = await second.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return performance.now() - (navigation?.loadEventEnd ?? 0);
    });
    // Ten times what it usually takes.
    assert.ok(loaded < 10_000, `${loaded} ms after the page's load`);
  });

  it('shows a photo of the camera’s full size on the other page after one press of Snap & Send', async () => {
    const [one, two] = await stage.meet(2);
    await cameraLive(one!);
    await snapAndSend(one!);
    await items(two!, 1);
    const video = await one!
      .locator('snap-camera video')
      .evaluate((element: HTMLVideoElement) => [element.videoWidth, element.videoHeight]);
    // The tile is smaller than the photo, and no smaller than it is drawn.
    const tile = two!.locator('photo-trail img').first();
    await two!.waitForFunction(
      (image) => (image as HTMLImageElement).naturalWidth >= (image as HTMLImageElement).width,
      await tile.elementHandle(),
    );
    await tile.click();
    const shown = two!.locator('photo-trail dialog img').first();
    await shown.evaluate((image: HTMLImageElement) => image.decode());
    const size = await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    assert.deepEqual(size, video);
  });

  it('sends no photo before Send is pressed', async () => {
    const [one, two] = await stage.meet(2);
    await cameraLive(one!);
    await one!.getByRole('button', { name: 'Snap', exact: true }).click();
    await one!.waitForFunction(
      () => document.querySelector<SnapConnection>('snap-connection')?.pending.length === 1,
    );
    assert.equal(
      await two!.evaluate(() => document.querySelector<PhotoTrail>('photo-trail')?.items.length),
      0,
    );
    await one!.getByRole('button', { name: 'Send', exact: true }).click();
    await items(two!, 1);
  });

  it('delivers ten photos in a row from both sides at once, each once and in order', async () => {
    const [one, two] = await stage.meet(2);
    await Promise.all([cameraLive(one!), cameraLive(two!)]);
    /** What tells one photo from another. */
    const digests = (page: Page, files: JSHandle<File[]>): Promise<string[]> =>
      page.evaluate(
        (all) =>
          Promise.all(
            all.map(async (file) => {
              const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
              return new Uint8Array(digest).join();
            }),
          ),
        files,
      );
    const tenTimes = async (page: Page): Promise<string[]> => {
      const files = page.evaluateHandle(() => {
        const taken: File[] = [];
        return new Promise<File[]>((resolve) => {
          document.addEventListener('snap-captured', ({ item }) => {
            taken.push(item.file);
            if (taken.length === 10) resolve(taken);
          });
        });
      });
      for (let count = 0; count < 10; count++) await snapAndSend(page);
      return digests(page, await files);
    };
    const [fromOne, fromTwo] = await Promise.all([tenTimes(one!), tenTimes(two!)]);
    await Promise.all([items(one!, 10), items(two!, 10)]);
    const arrived = async (page: Page): Promise<string[]> =>
      digests(
        page,
        await page.evaluateHandle(() =>
          document
            .querySelector<PhotoTrail>('photo-trail')!
            .items.map(({ file }) => file)
            .reverse(),
        ),
      );
    assert.deepEqual(await arrived(two!), fromOne);
    assert.deepEqual(await arrived(one!), fromTwo);
  });

  it('delivers a 5 MB PDF byte for byte, with its name and type', async () => {
    const [one, two] = await stage.meet(2);
    const buffer = randomBytes(5_000_000);
    await one!
      .locator('snap-sender input[type=file]')
      .setInputFiles({ name: 'Отчёт 1.pdf', mimeType: 'application/pdf', buffer });
    await one!.getByRole('button', { name: 'Send', exact: true }).click();
    await items(two!, 1);
    const got = await two!.evaluate(async () => {
      const [item] = document.querySelector<PhotoTrail>('photo-trail')!.items;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await item!.file.arrayBuffer()));
      return { name: item!.file.name, type: item!.file.type, digest: [...digest] };
    });
    assert.equal(got.name, 'Отчёт 1.pdf');
    assert.equal(got.type, 'application/pdf');
    assert.deepEqual(Buffer.from(got.digest), createHash('sha256').update(buffer).digest());
  });

  it('delivers a photo from one of three to both others', async () => {
    const [one, two, three] = await stage.meet(3);
    await cameraLive(one!);
    await snapAndSend(one!);
    await Promise.all([items(two!, 1), items(three!, 1)]);
    const delivered = await one!.evaluate(async () => {
      const [transfer] = document.querySelector<SnapConnection>('snap-connection')!.transfers;
      await transfer!.finished;
      return transfer!.recipients.map((recipient) => recipient.state);
    });
    assert.deepEqual(delivered, ['delivered', 'delivered']);
  });

  // claim: #own-origin-only
  it('requests nothing from another origin, and throws no error', async () => {
    const pages = await stage.meet(2);
    await cameraLive(pages[0]!);
    await snapAndSend(pages[0]!);
    await items(pages[1]!, 1);
    for (const page of pages) {
      const { origins, errors } = stage.seen.get(page)!;
      assert.deepEqual(
        [...origins].filter((origin) => origin !== 'null'),
        [new URL(stage.url).origin],
      );
      assert.deepEqual(errors, []);
    }
  });

  // claim: #rooms-kept-apart
  it('keeps rooms apart whose codes differ in one character', async () => {
    const first = await stage.visit();
    await state(first, 'waiting');
    const other = first.url().replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    const second = await stage.visit(other);
    await state(second, 'waiting');
    // Each has claimed the first door of its room: in one room, the second would have found it
    // taken.
    assert.equal(
      await first.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.peers.length),
      0,
    );
    assert.equal(
      await second.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.peers.length),
      0,
    );
  });

  it('reports an invalid room code, and leaves the address alone', async () => {
    const page = await stage.visit(`${stage.demo}#/inbox&snap=hello`);
    await state(page, 'failed');
    assert.equal(new URL(page.url()).hash, '#/inbox&snap=hello');
    assert.equal(
      await page.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.error?.code),
      'room-code-invalid',
    );
    await page.getByText('room code', { exact: false }).first().waitFor();
  });

  // claim: #code-in-fragment
  it('adds its code to the page’s own fragment, without a history entry', async () => {
    const page = await stage.visit(`${stage.demo}#/inbox`);
    await state(page, 'waiting');
    assert.match(new URL(page.url()).hash, /^#\/inbox&snap=[a-z2-7]{26}$/);
    assert.equal(await page.evaluate(() => history.length), 2);
  });

  for (const [width, height] of [
    [640, 480],
    [1280, 720],
  ] as const) {
    it(`delivers ${width}x${height} raw pixels byte for byte`, async () => {
      const [one, two] = await stage.meet(2);
      await one!.evaluate(
        async ([wide, high]) => {
          // The fake camera has every size that one asks for.
          const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = () =>
            real({ video: { width: { exact: wide }, height: { exact: high } } });
          const camera = document.querySelector<SnapCamera>('snap-camera')!;
          camera.stop();
          camera.format = 'raw';
          await camera.start();
        },
        [width, height] as const,
      );
      const sent = await one!.evaluate(async () => {
        const item = await document.querySelector<SnapCamera>('snap-camera')!.snap();
        const digest = await crypto.subtle.digest('SHA-256', item.imageData!.data);
        return { size: [item.imageData!.width, item.imageData!.height], digest: [...new Uint8Array(digest)] };
      });
      await one!.getByRole('button', { name: 'Send', exact: true }).click();
      await items(two!, 1);
      const got = await two!.evaluate(async () => {
        const { imageData } = document.querySelector<PhotoTrail>('photo-trail')!.items[0]!;
        const digest = await crypto.subtle.digest('SHA-256', imageData!.data);
        return { size: [imageData!.width, imageData!.height], digest: [...new Uint8Array(digest)] };
      });
      assert.deepEqual(sent.size, [width, height]);
      assert.deepEqual(got, sent);
    });
  }
});
