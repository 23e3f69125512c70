import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Demo } from '../../server/dev.js';
import { broken, places, ROOMS, tryPlaces } from '../elements/support/places.js';
import { launchFirefox, type Firefox } from '../support/firefox.js';
import { startSite } from '../support/site.js';

const TAGS = ['snap-camera', 'snap-sender', 'snap-invite', 'photo-trail'];

describe('a visible element, in Firefox', { timeout: 600_000 }, () => {
  let site: Demo;
  let firefox: Firefox;
  before(async () => {
    [site, firefox] = await Promise.all([startSite(), launchFirefox()]);
  });
  after(async () => {
    await firefox.close();
    await site.close();
  });

  it('has a usable width, and stays inside its container, wherever it is placed', async () => {
    const page = await firefox.newPage();
    await page.goto(`${site.url}gallery.html`);
    // The elements and the fake hub are defined.
    await page.waitForFunction(() => document.querySelector('snap-camera:defined') !== null);
    const fits = await page.evaluate(tryPlaces, { tags: TAGS, places, rooms: ROOMS });
    // Firefox makes a horizontal block in a vertical one as wide as its text, even in a narrower
    // box.
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
