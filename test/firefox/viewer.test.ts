import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Demo } from '../../server/dev.js';
import type { FakeHub } from '../../demo/fake-hub.js';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { launchFirefox, type Firefox, type FirefoxPage } from '../support/firefox.js';
import { startSite } from '../support/site.js';

const PHOTOS: readonly [name: string, width: number, height: number][] = [
  ['upright, 3:4', 1200, 1600],
  ['narrow, 9:16', 900, 1600],
  ['level, 4:3', 1600, 1200],
  ['a long strip', 600, 4000],
];
const WINDOWS: readonly [width: number, height: number][] = [
  [1280, 800],
  [390, 844],
];

/** Where the viewer shows a photo, in CSS px. */
interface Shown {
  readonly picture: DOMRect;
  /** The space for the photo: the window without the bar and the caption. */
  readonly strip: DOMRect;
}

/** Runs in the page: opens a photo of that size in the viewer of a new trail. */
async function open([width, height]: readonly [number, number]): Promise<Shown> {
  const hub = document.createElement('snap-connection') as unknown as FakeHub;
  const trail = document.createElement('photo-trail') as PhotoTrail;
  hub.append(trail);
  document.body.prepend(hub);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')!.fillRect(0, 0, width / 2, height / 2);
  const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!)));
  const file = new File([blob], 'photo.png', { type: 'image/png' });
  const item = { id: `${width}x${height}`, kind: 'photo', file, width, height, takenAt: 0, from: null };
  hub.change({ received: [{ ...item, imageData: null, preview: null }] as unknown as FakeHub['received'] });
  // What the hub tells is shown in a task of its own.
  let thumb: HTMLElement | null;
  while (!(thumb = trail.shadowRoot!.querySelector('button.thumb'))) await new Promise(requestAnimationFrame);
  thumb.click();
  await trail.updateComplete;
  const dialog = trail.shadowRoot!.querySelector('dialog')!;
  const image = dialog.querySelector('img')!;
  await image.decode();
  const shown = {
    picture: image.getBoundingClientRect().toJSON() as DOMRect,
    strip: dialog.querySelector('.slides')!.getBoundingClientRect().toJSON() as DOMRect,
  };
  hub.remove();
  return shown;
}

describe('the viewer of <photo-trail>, in Firefox, shows the whole photo', { timeout: 600_000 }, () => {
  let site: Demo;
  let firefox: Firefox;
  let page: FirefoxPage;
  before(async () => {
    [site, firefox] = await Promise.all([startSite(), launchFirefox()]);
    page = await firefox.newPage();
    await page.goto(`${site.url}gallery.html`);
    // The elements and the fake hub are defined.
    await page.waitForFunction(
      () => customElements.get('photo-trail') && customElements.get('snap-connection'),
    );
  });
  after(async () => {
    await firefox.close();
    await site.close();
  });

  for (const [name, width, height] of PHOTOS)
    for (const [innerWidth, innerHeight] of WINDOWS)
      it(`${name}, at ${innerWidth}x${innerHeight}`, async () => {
        await page.resize(innerWidth, innerHeight);
        const { picture, strip } = await page.evaluate(open, [width, height] as const);
        assert.ok(picture.top >= strip.top && picture.bottom <= strip.bottom, 'from top to bottom');
        assert.ok(picture.left >= strip.left && picture.right <= strip.right, 'from side to side');
        assert.ok(strip.bottom <= innerHeight && strip.right <= innerWidth, 'in the window');
        // Neither distorted nor smaller than need be: it fills the space in one direction.
        const scale = Math.min((strip.width - 12) / width, (strip.height - 12) / height, 1);
        assert.ok(Math.abs(picture.width - width * scale) <= 2, `${picture.width} px wide`);
        assert.ok(Math.abs(picture.height - height * scale) <= 2, `${picture.height} px high`);
      });
});
