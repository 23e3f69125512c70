import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { DelayLine } from '../../bench/delay-line.js';
import { cameraLive, items } from '../e2e/support/stage.js';
import type { AnyPage } from '../support/firefox.js';
import { BothBrowsers } from './support/both-browsers.js';
import {
  bytesReceived,
  received,
  sendFile,
  sizeOfPhoto,
  sizeOfPicture,
  snapAndSend,
  type Told,
} from './support/in-page.js';

/** In bytes. */
const SIZE = 16_000_000;
/** In ms each way: long enough for several connections (`SHORT_ROUND_TRIP`). */
const DELAY = 20;

describe('Chromium and Firefox', { timeout: 600_000 }, () => {
  let browsers: BothBrowsers;
  let line: DelayLine;
  before(async () => {
    browsers = await BothBrowsers.open();
  });
  beforeEach(() => {
    line = new DelayLine({ delay: DELAY });
  });
  afterEach(async () => {
    await browsers.clear();
    await line.close();
  });
  after(() => browsers.close());

  for (const [from, to] of [
    ['Chromium', 'Firefox'],
    ['Firefox', 'Chromium'],
  ] as const) {
    it(`transfer 16 MB from ${from} to ${to}, byte for byte`, async () => {
      const [sender, receiver] = await browsers.meet(from);
      await arrives(receiver, await sender.evaluate(sendFile, { size: SIZE }));
    });

    it(`transfer a photo from the camera in ${from} to ${to}, byte for byte`, async () => {
      const [sender, receiver] = await browsers.meet(from, { cameras: true });
      await cameraLive(sender);
      const photo = await sender.evaluate(snapAndSend);
      await arrives(receiver, photo);
      assert.equal(photo.type, 'image/jpeg');
      const picture = await sender.evaluate(sizeOfPicture);
      assert.ok(picture[0] > 0);
      assert.deepEqual(await receiver.evaluate(sizeOfPhoto), picture);
    });

    it(`use several connections from ${from} to ${to} on a long path`, async () => {
      const [sender, receiver] = await browsers.meet(from, { line });
      await arrives(receiver, await sender.evaluate(sendFile, { size: SIZE }));
      const loads = await receiver.evaluate(bytesReceived);
      // Signalling alone is far less.
      const busy = loads.filter((bytes) => bytes > SIZE / 100);
      assert.ok(busy.length > 1, `bytes over each connection: ${loads.join(', ')}`);
    });

    it(`transfer 16 MB from ${from} to ${to} intact, and once, though the connection is cut half-way`, async () => {
      const [sender, receiver] = await browsers.meet(from);
      await arrives(receiver, await sender.evaluate(sendFile, { size: SIZE, cut: Infinity }));
    });

    it(`transfer 16 MB from ${from} to ${to} intact, and once, though one of several connections is cut half-way`, async () => {
      const [sender, receiver] = await browsers.meet(from, { line });
      await arrives(receiver, await sender.evaluate(sendFile, { size: SIZE, cut: 1 }));
    });
  }
});

/** Resolves when the page has received that file. Rejects if it has anything else. */
async function arrives(page: AnyPage, sent: Told): Promise<void> {
  await items(page, 1);
  assert.deepEqual(await page.evaluate(received), [sent]);
}
