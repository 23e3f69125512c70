import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Demo } from '../../server/dev.js';
import { broken, places, ROOMS, tryPlaces } from '../elements/support/places.js';
import { launchFirefox, type Firefox } from '../support/firefox.js';
import { startSite } from '../support/site.js';

const TAGS = ['snap-camera', 'snap-sender', 'snap-invite', 'photo-trail'];

describe('an element that can be seen, in Firefox', { timeout: 300_000 }, () => {
  let site: Demo;
  let firefox: Firefox;
  before(async () => {
    [site, firefox] = await Promise.all([startSite(), launchFirefox()]);
  });
  after(async () => {
    await firefox.close();
    await site.close();
  });

  it('has a width to work with, and keeps to its place, wherever it is put', async () => {
    const page = await firefox.newPage();
    await page.goto(`${site.url}gallery.html`);
    // The elements, and the hub that only pretends, are there.
    await page.waitForFunction(() => document.querySelector('snap-camera:defined') !== null);
    const fits = await page.evaluate(tryPlaces, { tags: TAGS, places, rooms: ROOMS });
    // Firefox makes any horizontal block in a vertical one as wide as its text, even in a box that
    // is narrower.
    const ours = fits.filter(({ place, room }) => place !== 'vertical writing' || room === ROOMS[0]);
    assert.deepEqual(broken(ours), []);
    // The places do something: a row is as wide as its content, not as the room.
    assert.ok(
      fits
        .filter(({ place, room }) => place === 'a flex row' && room === 800)
        .every(({ width }) => width < 700),
    );
    assert.equal(fits.length, TAGS.length * places.length * ROOMS.length);
  });
});
