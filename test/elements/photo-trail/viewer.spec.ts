import { SnapOutcomeEvent } from '../../../src/events.js';
import { waitUntil } from '../../support/wait-until.js';
import { expect, fixture, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import '../../../src/define/photo-trail.js';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import type { SnapItem } from '../../../src/item.js';
import { FakeHub, fakePhoto } from '../../../demo/fake-hub.js';

FakeHub.define();

const TRAIL = '<snap-connection><photo-trail></photo-trail></snap-connection>';

interface Stage {
  readonly root: HTMLElement;
  readonly trail: PhotoTrail;
  readonly hub: FakeHub;
  readonly dialog: () => HTMLDialogElement;
}

/** Shared by all tests, as encoding takes a busy browser a while. */
const made = new Map<string, Promise<SnapItem[]>>();
function photosOf(width: number, height: number): Promise<SnapItem[]> {
  const key = `${width}x${height}`;
  const photos = made.get(key) ?? Promise.all([1, 2, 3].map((hue) => fakePhoto(hue, { width, height })));
  made.set(key, photos);
  return photos;
}

/** Renders `markup` with a trail of three photos, and opens the first in the viewer. */
async function opened(markup = TRAIL, { width = 640, height = 480 } = {}): Promise<Stage> {
  const root = await fixture<HTMLElement>(`<div>${markup}</div>`);
  const trail = root.querySelector('photo-trail')!;
  const hub = root.querySelector<FakeHub>('snap-connection')!;
  for (const outer of root.querySelectorAll('dialog')) outer.showModal();
  for (const outer of root.querySelectorAll<HTMLElement>('[popover]')) outer.showPopover();
  hub.change({ received: await photosOf(width, height) });
  await trail.updateComplete;
  const thumb = trail.shadowRoot!.querySelector<HTMLElement>('.thumb')!;
  thumb.focus();
  thumb.click();
  await trail.updateComplete;
  const dialog = (): HTMLDialogElement => trail.shadowRoot!.querySelector('dialog')!;
  expect(dialog().open).to.be.true;
  return { root, trail, hub, dialog };
}

const position = ({ dialog }: Stage): string => dialog().querySelector('.position')!.textContent.trim();

describe('the viewer of <photo-trail>', () => {
  it('tells the hub of each photo that it shows', async () => {
    const { trail, hub, dialog } = await opened();
    const told = (): string[] =>
      hub.requests.flatMap((request) =>
        request instanceof SnapOutcomeEvent
          ? [`${request.outcome} ${request.items.map((item) => hub.received.indexOf(item)).join()}`]
          : [],
      );
    await waitUntil(() => told().length === 1);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) {
      dialog().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await trail.updateComplete;
    }
    await waitUntil(() => told().length === 4);
    expect(told()).to.deep.equal(['opened 0', 'opened 1', 'opened 2', 'opened 1']);
  });

  describe('shows the whole photo, uncovered:', () => {
    const photos: [name: string, width: number, height: number][] = [
      ['upright, 3:4', 1200, 1600],
      ['narrow, 9:16', 900, 1600],
      ['wide, 16:9', 1600, 900],
      ['level, 4:3', 1600, 1200],
      ['a long strip', 300, 2000],
      ['a broad strip', 2000, 300],
      ['tiny', 16, 16],
    ];
    const windows: [width: number, height: number][] = [
      [1280, 800],
      [390, 844],
      [844, 390],
      [320, 568],
    ];
    afterEach(() => setViewport({ width: 800, height: 600 }));

    for (const [name, width, height] of photos)
      it(name, async () => {
        const stage = await opened(TRAIL, { width, height });
        for (const [innerWidth, innerHeight] of windows) {
          await setViewport({ width: innerWidth, height: innerHeight });
          for (const fontSize of ['100%', '200%']) {
            document.documentElement.style.fontSize = fontSize;
            await nextFrame();
            const image = stage.dialog().querySelector('img')!;
            await image.decode();
            const where = `${innerWidth}x${innerHeight} at ${fontSize}`;
            const picture = image.getBoundingClientRect();
            const strip = stage.dialog().querySelector('.slides')!.getBoundingClientRect();
            expect(picture.top, where).to.be.at.least(strip.top);
            expect(picture.bottom, where).to.be.at.most(strip.bottom);
            expect(picture.left, where).to.be.at.least(strip.left);
            expect(picture.right, where).to.be.at.most(strip.right);
            expect(picture.width / picture.height, where).to.be.closeTo(
              width / height,
              0.15 * (width / height),
            );
            expect(picture.width, where).to.be.at.most(width);
            // As large as the slide allows, or the photo's own size.
            const room = Math.min((strip.width - 12) / width, (strip.height - 12) / height, 1);
            expect(picture.width, where).to.be.closeTo(width * room, 2);
            expect(strip.height, where).to.be.at.least(innerHeight * 0.4);
            for (const control of stage.dialog().querySelectorAll('button, a, .caption, .position')) {
              const box = control.getBoundingClientRect();
              expect(box.bottom <= strip.top || box.top >= strip.bottom, `${where}: ${control.outerHTML}`).to
                .be.true;
              expect(box.left, where).to.be.at.least(0);
              expect(box.right, where).to.be.at.most(innerWidth);
              expect(box.top, where).to.be.at.least(0);
              expect(box.bottom, where).to.be.at.most(innerHeight);
            }
          }
        }
        document.documentElement.style.fontSize = '';
      });
  });

  describe('leaves key combinations to the browser and the page:', () => {
    for (const modifier of ['Alt', 'Control', 'Meta', 'Shift'] as const)
      for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End'])
        it(`${modifier} and ${key}`, async () => {
          const stage = await opened();
          await sendKeys({ press: 'ArrowRight' });
          await stage.trail.updateComplete;
          expect(position(stage)).to.equal('2 of 3');
          const event = new KeyboardEvent('keydown', {
            ...{ key, bubbles: true, composed: true, cancelable: true },
            [`${modifier === 'Control' ? 'ctrl' : modifier.toLowerCase()}Key`]: true,
          });
          let heard = 0;
          stage.root.addEventListener('keydown', () => (heard += 1));
          stage.dialog().querySelector('.slides')!.dispatchEvent(event);
          await stage.trail.updateComplete;
          expect(event.defaultPrevented).to.be.false;
          expect(heard).to.equal(1);
          expect(position(stage)).to.equal('2 of 3');
        });
  });

  describe('hides from the page', () => {
    for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Escape'])
      it(`the key ${key}, both keydown and keyup`, async () => {
        const stage = await opened();
        const heard: string[] = [];
        for (const target of [document, stage.root, stage.trail])
          for (const type of ['keydown', 'keyup'])
            target.addEventListener(type, () => heard.push(type), { once: true });
        await sendKeys({ press: key });
        await stage.trail.updateComplete;
        expect(heard).to.be.empty;
        expect(stage.dialog().open).to.equal(key !== 'Escape');
      });

    it('clicks, which might close a dialog of the page', async () => {
      const stage = await opened();
      const heard: string[] = [];
      for (const type of ['pointerdown', 'mousedown', 'click', 'wheel'])
        stage.root.addEventListener(type, () => heard.push(type));
      const next = [...stage.dialog().querySelectorAll('.step')].at(-1)!.getBoundingClientRect();
      const at: [number, number] = [
        Math.round(next.x + next.width / 2),
        Math.round(next.y + next.height / 2),
      ];
      await sendMouse({ type: 'click', position: at });
      await stage.trail.updateComplete;
      expect(position(stage)).to.equal('2 of 3');
      expect(heard).to.be.empty;
    });

    for (const [where, markup] of [
      ['a dialog', `<dialog>${TRAIL}</dialog>`],
      ['a dialog with a form', `<dialog><form method="dialog">${TRAIL}</form></dialog>`],
    ] as const)
      it(`its closing, so that ${where} around it stays open`, async () => {
        const stage = await opened(markup);
        const outer = stage.root.querySelector('dialog')!;
        const heard: string[] = [];
        for (const type of ['cancel', 'close', 'submit'])
          outer.addEventListener(type, () => heard.push(type));
        await sendKeys({ press: 'Escape' });
        await stage.trail.updateComplete;
        expect(stage.dialog().open).to.be.false;
        expect(outer.open).to.be.true;
        expect(heard).to.be.empty;
        await sendKeys({ press: 'Escape' });
        expect(outer.open).to.be.false;
      });
  });

  describe('closes, and leaves a usable page, when', () => {
    const box = (stage: Stage): HTMLElement => stage.root.querySelector('.box')!;
    const inBox = `<div class="box">${TRAIL}</div>`;
    const ways: Record<string, [markup: string, act: (stage: Stage) => void]> = {
      'what is around it gets `hidden`': [inBox, (stage) => (box(stage).hidden = true)],
      'what is around it gets `hidden="until-found"`': [
        inBox,
        (stage) => box(stage).setAttribute('hidden', 'until-found'),
      ],
      'what is around it is not displayed': [inBox, (stage) => (box(stage).style.display = 'none')],
      'a style sheet takes what is around it away': [
        `<style media="not all">.box { display: none }</style>${inBox}`,
        (stage) => (stage.root.querySelector('style')!.media = 'all'),
      ],
      'what is around it is invisible': [inBox, (stage) => (box(stage).style.visibility = 'hidden')],
      'a style sheet makes what is around it invisible': [
        `<style media="not all">.box { visibility: hidden }</style>${inBox}`,
        (stage) => (stage.root.querySelector('style')!.media = 'all'),
      ],
      'the content of what is around it is hidden': [
        inBox,
        (stage) => box(stage).style.setProperty('content-visibility', 'hidden'),
      ],
      'a style sheet hides the content of what is around it': [
        `<style media="not all">.box { content-visibility: hidden }</style>${inBox}`,
        (stage) => (stage.root.querySelector('style')!.media = 'all'),
      ],
      'what is around it becomes inert': [inBox, (stage) => (box(stage).inert = true)],
      'the trail itself is hidden': [TRAIL, (stage) => (stage.trail.hidden = true)],
      'the hub around it is hidden': [TRAIL, (stage) => (stage.hub.style.display = 'none')],
      'the details around it fold': [
        `<details open><summary>Photos</summary>${TRAIL}</details>`,
        (stage) => (stage.root.querySelector('details')!.open = false),
      ],
      'the dialog around it closes': [
        `<dialog>${TRAIL}</dialog>`,
        (stage) => stage.root.querySelector('dialog')!.close(),
      ],
      'the popover around it closes': [
        `<div popover="manual">${TRAIL}</div>`,
        (stage) => stage.root.querySelector<HTMLElement>('[popover]')!.hidePopover(),
      ],
      'what is around it loses its slot': [
        '<div class="outer"><template shadowrootmode="open"><slot></slot></template></div>'.replace(
          '<template shadowrootmode="open"><slot></slot></template>',
          inBox,
        ),
        (stage) => stage.root.querySelector('.outer')!.attachShadow({ mode: 'open' }),
      ],
      'the trail is removed': [inBox, (stage) => stage.trail.remove()],
      'the trail is moved': [
        `${inBox}<p></p>`,
        (stage) => stage.root.querySelector('p')!.append(stage.trail),
      ],
      'the last photo is removed': [TRAIL, (stage) => stage.hub.change({ received: [] })],
    };
    for (const [way, [markup, act]] of Object.entries(ways))
      it(way, async () => {
        const stage = await opened(markup);
        const clicked = stage.root.appendChild(document.createElement('button'));
        clicked.style.cssText = 'position: fixed; inset: 0 auto auto 0; inline-size: 9rem; block-size: 9rem';
        for (const outer of stage.root.querySelectorAll('dialog')) outer.after(clicked);
        await nextFrame();
        await nextFrame();
        const dialog = stage.dialog();
        expect(dialog.open, 'before').to.be.true;
        const closed = oneEvent(dialog, 'close');
        act(stage);
        await closed;
        expect(dialog.open).to.be.false;
        const click = oneEvent(clicked, 'click');
        await sendMouse({ type: 'click', position: [40, 40] });
        await click;
      });

    it('its hub is removed, and stays closed when the hub is back', async () => {
      const stage = await opened(
        '<snap-connection id="hub"></snap-connection><photo-trail connection="hub"></photo-trail>',
      );
      stage.hub.remove();
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      await stage.trail.updateComplete;
      expect(document.querySelector('photo-trail')!.shadowRoot!.querySelector('dialog')).to.be.null;
      stage.root.prepend(stage.hub);
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      await stage.trail.updateComplete;
      expect(stage.dialog().open).to.be.false;
    });

    it('its box is hidden, and does not reopen by itself', async () => {
      const stage = await opened(inBox);
      const closed = oneEvent(stage.dialog(), 'close');
      box(stage).hidden = true;
      await closed;
      box(stage).hidden = false;
      stage.hub.change({});
      await stage.trail.updateComplete;
      expect(stage.dialog().open).to.be.false;
    });
  });
});
