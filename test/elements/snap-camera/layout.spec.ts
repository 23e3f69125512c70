import { elementUpdated, expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { fakePhoto, fakeTransfer } from '../../../demo/fake-hub.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import { stream } from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { page } from '../support/fixture.js';
import { stickingOut } from '../support/sticking-out.js';
import { waitUntil } from '../../support/wait-until.js';

/** The visible part of phones' screens, upright and sideways, and boxes in ordinary pages. */
const SIZES = [
  [320, 568],
  [360, 640],
  [390, 664],
  [412, 732],
  [640, 360],
  [844, 390],
  [600, 338],
  [300, 360],
] as const;

const LEAST = 44;

const phases: Record<string, (camera: SnapCamera, devices: FakeDevices) => Promise<unknown>> = {
  idle: () => Promise.resolve(),
  asking: async (camera, devices) => {
    devices.permission('prompt');
    devices.answer(() => new Promise(() => undefined));
    void camera.start();
    await waitUntil(() => camera.matches(':state(asking)'));
  },
  live: (camera) => camera.start(),
  counting: async (camera) => {
    camera.countdown = 90;
    camera.snap().catch(() => undefined);
    await waitUntil(() => camera.matches(':state(counting)'));
  },
  recording: async (camera) => {
    camera.mode = 'video';
    await camera.record();
  },
  paused: async (camera) => {
    await camera.start();
    stream(camera).getVideoTracks()[0]!.dispatchEvent(new Event('mute'));
  },
};

/** What of it is a target, with its box. */
function targets(camera: SnapCamera): (readonly [name: string, box: DOMRect])[] {
  const found = camera.shadowRoot!.querySelectorAll<HTMLElement>('.frame :is(button, select, label)');
  return [...found]
    .filter((each) => each.checkVisibility())
    .map((each) => [each.getAttribute('part') ?? each.className, each.getBoundingClientRect()] as const);
}

/** The words of the poster that a control lies on. */
function covered(camera: SnapCamera): string[] {
  const root = camera.shadowRoot!;
  const poster = root.querySelector('.poster')?.getBoundingClientRect();
  if (!poster) return [];
  const controls = [...root.querySelectorAll('.layout :is(button, .modes)')];
  const isCovered = (words: Element): boolean => {
    const box = words.getBoundingClientRect();
    // A poster scrolls if it is too low.
    const end = Math.min(box.bottom, poster.bottom);
    return controls
      .map((control) => control.getBoundingClientRect())
      .some(({ left, right, top, bottom }) => {
        return left < box.right - 1 && box.left < right - 1 && top < end - 1 && box.top < bottom - 1;
      });
  };
  return [...root.querySelectorAll('.poster p')]
    .filter(isCovered)
    .map(({ textContent }) => `a control lies on “${textContent.trim()}”`);
}

function faults(camera: SnapCamera): string[] {
  const host = camera.getBoundingClientRect();
  const all = targets(camera);
  const small = all.filter(([, { width, height }]) => Math.min(width, height) < LEAST - 0.5);
  const outside = all.filter(([, { top, bottom }]) => top < host.top - 1 || bottom > host.bottom + 1);
  const overlaps = all.flatMap(([one, a], index) =>
    all
      .slice(index + 1)
      .filter(
        ([, b]) =>
          a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
      )
      .map(([other]) => `${one} and ${other} overlap`),
  );
  return [
    ...small.map(([name, { width, height }]) => `${name} is ${width} × ${height} px`),
    ...outside.map(([name]) => `${name} is outside`),
    ...overlaps,
    ...covered(camera),
    ...stickingOut(camera),
  ];
}

describe('the layout of <snap-camera>', () => {
  let devices: FakeDevices;

  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));
  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  for (const [phase, reach] of Object.entries(phases)) {
    for (const shutter of ['snap', 'send', 'none']) {
      it(`has room for every target while it is ${phase}, with shutter="${shutter}", at every size`, async () => {
        const list = ['a', 'b', 'c'].map((deviceId) => ({
          kind: 'videoinput',
          deviceId,
          label: deviceId,
          groupId: '',
        }));
        devices.replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve(list));
        const { element: camera, hub } = await page(
          `<snap-connection><snap-camera shutter="${shutter}" modes="photo video"></snap-camera></snap-connection>`,
          'snap-camera',
        );
        await reach(camera, devices);
        const found: string[] = [];
        const transfers = [fakeTransfer('sending', { to: ['sending'] })];
        const held = {
          none: {},
          pending: { pending: [await fakePhoto(20)] },
          sending: { pending: [], transfers },
        };
        for (const [name, contents] of Object.entries(held)) {
          hub.change(contents);
          await elementUpdated(camera);
          for (const [width, height] of SIZES) {
            Object.assign(camera.style, { width: `${width}px`, height: `${height}px` });
            found.push(...faults(camera).map((fault) => `${name}, ${width} × ${height}: ${fault}`));
          }
        }
        expect(found).to.deep.equal([]);
        const must = phase === 'live' && shutter !== 'none' ? ['shutter', 'last', 'flip'] : [];
        expect(targets(camera).map(([name]) => name)).to.include.members(must);
      });
    }
  }

  describe('in an ordinary page', () => {
    for (const [width, height] of [
      [720, 1280],
      [1280, 720],
    ] as const) {
      it(`shows a picture of ${width} × ${height} whole, and is not higher than four fifths of the window`, async () => {
        devices.answer(() => Promise.resolve(stillCamera(width, height)));
        const { element: camera } = await page(
          '<snap-connection><snap-camera></snap-camera></snap-connection>',
          'snap-camera',
        );
        await camera.start();
        await elementUpdated(camera);
        const host = camera.getBoundingClientRect();
        const video = camera.shadowRoot!.querySelector('video')!;
        expect(host.height).to.be.within(200, innerHeight * 0.8 + 1);
        expect(video.getBoundingClientRect().height).to.be.closeTo(host.height, 1);
        expect(getComputedStyle(video).objectFit).to.equal('contain');
      });
    }

    it('is as high as its poster and what is below that need, in large letters as well', async () => {
      const { element: camera, hub } = await page(
        '<snap-connection><snap-camera modes="photo video audio"></snap-camera></snap-connection>',
        'snap-camera',
      );
      hub.change({ pending: [await fakePhoto(20)] });
      await elementUpdated(camera);
      const found = [280, 320, 600].flatMap((width) =>
        [16, 32].flatMap((size) => {
          camera.style.width = `${width}px`;
          camera.style.setProperty('--snap-font-size', `${size}px`);
          const { scrollHeight, clientHeight } = camera.shadowRoot!.querySelector('.poster')!;
          const hidden = scrollHeight > clientHeight ? ['the poster scrolls'] : [];
          return [...hidden, ...faults(camera)].map(
            (fault) => `${width} px, letters of ${size} px: ${fault}`,
          );
        }),
      );
      expect(found).to.deep.equal([]);
    });

    it('has a poster of at most 70 % of the window, however wide the page', async () => {
      const { element: camera } = await page(
        '<snap-connection><snap-camera></snap-camera></snap-connection>',
        'snap-camera',
      );
      camera.style.width = '1316px';
      expect(camera.getBoundingClientRect().height).to.be.at.most(Math.max(240, innerHeight * 0.7 + 1));
    });
  });
});
