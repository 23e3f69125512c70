import { expect, oneEvent } from '@open-wc/testing';
import '../../../src/define/photo-trail.js';
import { itemFromFile } from '../../../src/capture/item-from-file.js';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import type { SnapItem } from '../../../src/item.js';
import { pictureOf } from '../../capture/support/pictures.js';
import { fakeItem, landscape } from '../../../demo/fake-hub.js';
import { button, page } from '../support/fixture.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { entriesOf } from '../support/zip-entries.js';
import { endMotion } from '../support/motion.js';
import { waitUntil } from '../../support/wait-until.js';

interface Open {
  readonly hub: FakeHub;
  readonly element: PhotoTrail;
  readonly shadow: ShadowRoot;
}

async function showing(...received: SnapItem[]): Promise<Open> {
  const open = await page('<snap-connection><photo-trail></photo-trail></snap-connection>', 'photo-trail');
  open.hub.change({ received });
  await open.element.updateComplete;
  return open;
}

async function sample(name: string, type = ''): Promise<File> {
  return new File([await (await fetch(`/test/samples/${name}`)).blob()], name, { type });
}

const tile = (shadow: ShadowRoot): string => shadow.querySelector('li')!.innerText;
const plays = (type: string): boolean => document.createElement('video').canPlayType(type) !== '';

describe('<photo-trail> shows', () => {
  const unplayable: [what: string, item: () => Promise<SnapItem>][] = [
    ['is known not to be playable', async () => itemFromFile(await sample('avi.avi'))],
    [
      'was taken for a clip, and is none',
      async () => fakeItem(new File(['x'], 'avi.avi', { type: 'video/mp4' }), { kind: 'video' }),
    ],
    [
      'was taken for a sound, and is none',
      async () => fakeItem(new File(['x'], 'avi.avi', { type: 'audio/mpeg' }), { kind: 'audio' }),
    ],
    [
      'is called by a type that nothing plays',
      async () => fakeItem(await sample('avi.avi', 'video/x-msvideo'), { kind: 'video' }),
    ],
  ];
  for (const [what, item] of unplayable) {
    it(`what ${what} as a file with its name and a hint`, async () => {
      const { shadow } = await showing(await item());
      await waitUntil(() => shadow.querySelector('.note'));
      expect(shadow.querySelector('video, audio')).to.be.null;
      expect(tile(shadow))
        .to.contain('avi.avi')
        .and.to.contain('This browser can’t play it. Save it to play elsewhere.');
      expect(shadow.querySelector('li')!.className).to.contain('file');
      expect(button(shadow, 'Save avi.avi')).to.exist;
    });
  }

  it('a scaled-down picture of a large photo, and a small photo itself', async () => {
    const photo = async (width: number): Promise<SnapItem> =>
      itemFromFile(new File([await pictureOf('image/jpeg', width, width)], `${width}.jpg`), {
        preview: null,
      });
    const { shadow } = await showing(await photo(2000), await photo(800));
    await waitUntil(() => shadow.querySelectorAll('img').length === 2);
    const images = [...shadow.querySelectorAll('img')];
    await Promise.all(images.map((image) => image.decode()));
    expect(images.map(({ naturalWidth }) => naturalWidth)).to.deep.equal([500, 800]);
  });

  it('what was taken for a photo, and is none, as a file with a note', async () => {
    const { shadow } = await showing(
      fakeItem(new File(['x'], 'a.png', { type: 'image/png' }), { kind: 'photo' }),
    );
    await waitUntil(() => shadow.querySelector('.note'));
    expect(shadow.querySelector('img')).to.be.null;
    expect(tile(shadow)).to.contain('It can’t be shown here. Save it to open it elsewhere.');
  });

  it('a video that fails half-way as a file, and announces it', async () => {
    const { element, shadow } = await showing(await itemFromFile(await sample('vp8.webm')));
    const player = shadow.querySelector('video')!;
    if (player.readyState === 0) await oneEvent(player, 'loadedmetadata');
    player.dispatchEvent(new Event('error'));
    await element.updateComplete;
    expect(shadow.querySelector('video')).to.be.null;
    expect(tile(shadow)).to.contain('vp8.webm').and.to.contain('can’t play it');
    await waitUntil(() =>
      shadow.querySelector('[role=status]')!.textContent.includes('vp8.webm: This browser'),
    );
    expect(player.getAttribute('src')).to.be.null;
  });

  it('a video of which only the sound plays as a sound with its name', async function () {
    if (plays('video/mp4; codecs="hvc1.1.6.L93.B0"') || !plays('audio/mp4; codecs="mp4a.40.2"'))
      return this.skip();
    const file = await sample('hevc-sound.mp4', 'video/mp4');
    // As on a page that was hidden when it arrived.
    const { shadow } = await showing(fakeItem(file, { kind: 'video' }));
    await waitUntil(() => shadow.querySelector('audio'));
    expect(shadow.querySelector('video')).to.be.null;
    expect(tile(shadow)).to.contain('hevc-sound.mp4').and.to.contain('Only its sound can be played here.');
    endMotion(shadow);
    await expect(shadow.host).to.be.accessible();
  });

  it('a video with its preview until it is played', async () => {
    const { shadow } = await showing(await itemFromFile(await sample('vp8.webm')));
    const { poster } = shadow.querySelector('video')!;
    const size = await createImageBitmap(await (await fetch(poster)).blob());
    expect([size.width, size.height]).to.deep.equal([64, 48]);
  });

  it('an undecodable image by its preview, with a note', async () => {
    const file = await sample('heic.heic', 'image/heic');
    const { shadow } = await showing(fakeItem(file, { preview: await landscape(9, 64, 48) }));
    expect(shadow.querySelector('button.thumb')).to.be.null;
    expect(shadow.querySelector<HTMLImageElement>('.thumb img')!.src).to.match(/^blob:/);
    expect(tile(shadow)).to.contain('heic.heic').and.to.contain('It can’t be shown here.');
    endMotion(shadow);
    await expect(shadow.host).to.be.accessible();
  });

  // claim: #no-preview-of-non-picture
  it('no preview of a file that is no image', async () => {
    const preview = await landscape(9, 64, 48);
    const item = await itemFromFile(new File(['MZ'], 'photo.jpg.exe'), { arrived: true, preview });
    const { shadow } = await showing(item);
    expect(shadow.querySelector('.thumb img')).to.be.null;
  });
});

describe('the archive of a <photo-trail>', () => {
  it('has names and dates that every system can unpack', async () => {
    const name = `${'損害写真'.repeat(45)}.txt`;
    const dates = [Date.UTC(2019, 4, 5, 12), Date.UTC(2019, 4, 5, 12), 0, 8.65e15];
    const received = await Promise.all(
      dates.map((lastModified) => itemFromFile(new File(['a'], name, { lastModified }))),
    );
    const { shadow } = await showing(...received);
    const saved = new Promise<HTMLAnchorElement>((resolve) => {
      shadow.addEventListener('click', (event) => {
        if (!(event.target instanceof HTMLAnchorElement)) return;
        event.preventDefault();
        resolve(event.target);
      });
    });
    button(shadow, 'Save all (ZIP)').click();
    const entries = entriesOf(await (await fetch((await saved).href)).arrayBuffer());
    expect(new Set(entries.map((entry) => entry.name)).size).to.equal(4);
    for (const entry of entries) {
      expect(new TextEncoder().encode(entry.name).byteLength).to.be.at.most(255);
      expect(entry.name).to.match(/^[損害写真]+( \(\d\))?\.txt$/);
    }
    expect(entries.map(({ year }) => year)).to.deep.equal([2019, 2019, 1980, 2107]);
  });
});
