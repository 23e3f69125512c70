import assert from 'node:assert/strict';

import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { onlyLong } from '../support/form.js';
import { Stage, cameraLive, items, peers, state } from './support/stage.js';

const MB = 1_000_000;

declare global {
  /** In a page: the file to be sent. */
  var chosen: File;
}

const pendingCount = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction(
    (expected) => document.querySelector<SnapConnection>('snap-connection')?.pending.length === expected,
    count,
  );

/**
 * Makes a file of `size` bytes, which follow from `seed`, `globalThis.chosen`. Returns its digest.
 */
async function choose(page: Page, size: number, seed: number): Promise<string> {
  return page.evaluate(
    async ([length, start]) => {
      const words = new Uint32Array(length / 4);
      let word = start;
      for (let at = 0; at < words.length; at++)
        words[at] = word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      globalThis.chosen = new File([words], `${start}.bin`, { lastModified: 1_700_000_000_000 });
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', words));
      return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    [size, seed] as const,
  );
}

/** Sends such a file, and returns its digest. */
async function sendBytes(page: Page, size: number, seed: number): Promise<string> {
  const digest = await choose(page, size, seed);
  await page.evaluate(() => {
    document.querySelector<SnapConnection>('snap-connection')!.send(globalThis.chosen);
  });
  return digest;
}

/** The digests of the files in the page's trail, oldest first. */
const digests = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const found: string[] = [];
    for (const { file } of [...document.querySelector<PhotoTrail>('photo-trail')!.items].reverse()) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      found.push(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
    }
    return found;
  });

/** Resolves when a transfer of the page has loaded so many bytes. */
const loaded = (page: Page, bytes: number): Promise<unknown> =>
  page.waitForFunction(
    (least) =>
      document
        .querySelector<SnapConnection>('snap-connection')!
        .transfers.some((each) => each.loaded >= least),
    bytes,
    { polling: 5 },
  );

/** The page's transfers. */
const transfers = (page: Page): Promise<{ id: string; state: string; code: string | undefined }[]> =>
  page.evaluate(() =>
    document
      .querySelector<SnapConnection>('snap-connection')!
      .transfers.map(({ id, state: now, error }) => ({ id, state: now, code: error?.code })),
  );

const delivered = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction(
    (expected) =>
      document
        .querySelector<SnapConnection>('snap-connection')!
        .transfers.filter((each) => each.state === 'delivered').length >= expected,
    count,
  );

describe('a reload', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ camerasOff: true });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('keeps the room, and the photos that are not sent yet', async () => {
    const one = await stage.visit(stage.demo, { cameraOff: false });
    await cameraLive(one);
    await state(one, 'waiting');
    await one.getByRole('button', { name: 'Snap', exact: true }).click();
    await pendingCount(one, 1);
    const [before] = await one.evaluate(() =>
      document
        .querySelector<SnapConnection>('snap-connection')!
        .pending.map(({ id, file }) => `${id} ${file.size}`),
    );
    await one.reload();
    await pendingCount(one, 1);
    const [now] = await one.evaluate(() =>
      document
        .querySelector<SnapConnection>('snap-connection')!
        .pending.map(({ id, file }) => `${id} ${file.size}`),
    );
    assert.equal(now, before);
    const two = await stage.visit(one.url());
    await Promise.all([peers(one, 1), peers(two, 1)]);
    await one.getByRole('button', { name: 'Send', exact: true }).click();
    await items(two, 1);
    await delivered(one, 1);
    await one.reload();
    await peers(one, 1);
    await pendingCount(one, 0);
    assert.deepEqual(await transfers(one), []);
  });

  it('of the sender’s page resumes its transfer, which can be sent again once it is delivered', async () => {
    const [one, two] = await stage.meet(2, { upload: 1 * MB });
    const digest = await sendBytes(one!, 2 * MB, 7);
    await loaded(two!, 1);
    await one!.reload();
    await delivered(one!, 1);
    await items(two!, 1);
    await one!.getByRole('button', { name: /^Send again/ }).click();
    await items(two!, 2);
    assert.deepEqual(await digests(two!), [digest, digest]);
  });

  it('of the sender’s page resumes its transfer, as the same member', onlyLong, async () => {
    const [one, two] = await stage.meet(2, { upload: 2 * MB });
    const digest = await sendBytes(one!, 6 * MB, 1);
    await loaded(two!, 2 * MB);
    await one!.reload();
    await delivered(one!, 1);
    await items(two!, 1);
    assert.deepEqual(await digests(two!), [digest]);
    assert.equal((await transfers(two!)).length, 1);
  });

  for (const how of ['send()', 'choosing']) {
    it(
      `right at ${how}, before a copy is stored, either resumes the transfer or asks for the file again`,
      onlyLong,
      async () => {
        const [one, two] = await stage.meet(2, { upload: 2 * MB });
        const digest = await choose(one!, 6 * MB, 6);
        await Promise.all([
          one!.waitForEvent('load'),
          one!.evaluate((chooses) => {
            document.addEventListener('snap-transfer-change', () => location.reload(), { once: true });
            const hub = document.querySelector<SnapConnection>('snap-connection')!;
            const choice = { files: [globalThis.chosen], send: true };
            if (chooses) hub.dispatchEvent(Object.assign(new Event('snap-choose-request'), choice));
            else hub.send(globalThis.chosen);
          }, how === 'choosing'),
        ]);
        await one!.waitForFunction(
          () => document.querySelector<SnapConnection>('snap-connection')!.transfers.length === 1,
        );
        await peers(one!, 1);
        // Without a copy, the page asks for the file again.
        const [now] = await transfers(one!);
        if (now?.code === 'source-unreadable') await sendBytes(one!, 6 * MB, 6);
        await delivered(one!, 1);
        await items(two!, 1);
        assert.deepEqual(await digests(two!), [digest]);
        assert.equal((await transfers(one!)).length, 1);
      },
    );
  }

  it('of the receiver’s page resumes from the pieces that it had', async () => {
    const [one, two] = await stage.meet(2, { upload: 2 * MB });
    const digest = await sendBytes(one!, 8 * MB, 2);
    await loaded(two!, 4 * MB);
    await two!.reload();
    // Only what was verified just before the reload may be sent again.
    await loaded(two!, 1);
    const from = await two!.evaluate(
      () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.loaded,
    );
    assert.ok(from >= 2 * MB, `from ${from}`);
    await delivered(one!, 1);
    await items(two!, 1);
    assert.deepEqual(await digests(two!), [digest]);
  });

  it('of the receiver’s page resumes a large file from the segments that it had', onlyLong, async () => {
    const [one, two] = await stage.meet(2);
    const digest = await sendBytes(one!, 72 * MB, 3);
    await loaded(two!, 36 * MB);
    await two!.reload();
    await loaded(two!, 1);
    const from = await two!.evaluate(
      () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]!.loaded,
    );
    assert.ok(from >= 16 * 1024 * 1024, `from ${from}`);
    await delivered(one!, 1);
    await items(two!, 1);
    assert.deepEqual(await digests(two!), [digest]);
  });

  it(
    'of the sender’s page asks for a large file again, resumes with the same file, and takes another for a new transfer',
    onlyLong,
    async () => {
      const [one, two] = await stage.meet(2);
      await sendBytes(one!, 72 * MB, 4);
      await loaded(two!, 36 * MB);
      const [{ id } = { id: '' }] = await transfers(one!);
      await one!.reload();
      await peers(one!, 1);
      await one!.waitForFunction(
        () => document.querySelector<SnapConnection>('snap-connection')!.transfers[0]?.state === 'failed',
      );
      assert.deepEqual(await transfers(one!), [{ id, state: 'failed', code: 'source-unreadable' }]);
      await two!.waitForFunction(
        () =>
          document.querySelector<SnapConnection>('snap-connection')!.transfers[0]?.error?.code ===
          'source-unreadable',
      );
      // Another file of the same name is another transfer.
      const other = await sendBytes(one!, 36 * MB, 4);
      await items(two!, 1);
      const digest = await sendBytes(one!, 72 * MB, 4);
      await items(two!, 2);
      await delivered(one!, 2);
      assert.deepEqual(await digests(two!), [other, digest]);
      assert.deepEqual(
        (await transfers(one!)).map((each) => [each.id === id, each.state]),
        [
          [true, 'delivered'],
          [false, 'delivered'],
        ],
      );
    },
  );

  it('of the receiver’s page does not deliver a file twice when only the sender missed that it is done', async () => {
    const [one, two] = await stage.meet(2);
    await two!.evaluate(() => {
      const native = RTCDataChannel.prototype as unknown as { send: (this: unknown, data: unknown) => void };
      const { send } = native;
      native.send = function (data) {
        if (typeof data !== 'string' || !data.includes('"done"')) send.call(this, data);
      };
    });
    await sendBytes(one!, 1 * MB, 5);
    await items(two!, 1);
    // Delivering does not wait until it is recorded, and no event says so.
    await two!.waitForFunction(async () => {
      const opening = indexedDB.open('snaptrail');
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const counting = opening.result.transaction('arrivals').objectStore('arrivals').count();
      await new Promise((resolve) => (counting.onsuccess = resolve));
      opening.result.close();
      return counting.result === 1;
    });
    await two!.reload();
    await delivered(one!, 1);
    assert.deepEqual(await transfers(two!), []);
  });
});
