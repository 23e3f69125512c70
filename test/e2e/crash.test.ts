import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LONG } from '../support/form.js';
import { TROUBLES, crashPoint, runPoint } from './support/crash-point.js';
import type { Places } from './support/crash-point.js';
import { HubPage, ProfiledBrowser, RestartablePeerServer } from '../support/two-browsers.js';

/**
 * `npm run test:crash` asks for fifty points; CRASH_SEED says where to begin. A seed's trouble is
 * that of its index in TROUBLES: the short form reloads the sender, and kills the receiver, with
 * small files.
 */
const count = Number(process.env.CRASH_POINTS ?? TROUBLES.length);
const first = Number(process.env.CRASH_SEED ?? 0);
const all = Array.from({ length: count }, (_, at) => first + at);
const seeds = LONG || process.env.CRASH_POINTS || process.env.CRASH_SEED ? all : [34, 5];

describe('a transfer that something interrupts', { timeout: 120_000 * seeds.length }, () => {
  let places: Places;
  before(async () => {
    const peerServer = new RestartablePeerServer();
    await peerServer.start();
    const site = await HubPage.serve(peerServer.url);
    places = {
      site,
      peerServer,
      sender: await ProfiledBrowser.open(),
      receiver: await ProfiledBrowser.open(),
    };
  });
  after(async () => {
    await Promise.all([places.sender.close(), places.receiver.close()]);
    await Promise.all([places.site.close(), places.peerServer.stop()]);
  });

  for (const seed of seeds) {
    const point = crashPoint(seed);
    const where = `${(point.at * 100).toFixed(0)} % of ${(point.size / 1_048_576).toFixed(1)} MiB`;
    it(`arrives intact, or fails with the same code on both sides: ${point.trouble} at ${where} (seed ${seed})`, async () => {
      const { sender, receiver, arrived, sent } = await runPoint(point, places);
      if (receiver === 'delivered before') {
        // The file went with the receiver's former page.
        assert.equal(point.trouble, 'receiver reloads');
        assert.equal(sender, 'delivered');
        assert.deepEqual(arrived, []);
      } else if (sender === 'delivered' || sender === 'forgotten') {
        assert.equal(receiver, 'delivered');
        assert.deepEqual(arrived, [sent]);
      } else {
        assert.equal(sender, 'storage-full');
        assert.equal(receiver, 'storage-full');
        assert.equal(point.trouble, 'disk is full');
        assert.deepEqual(arrived, []);
      }
    });
  }
});
