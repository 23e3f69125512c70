import { expect, fixture, oneEvent } from '@open-wc/testing';
import '../../../src/define/photo-trail.js';
import type { PhotoTrail } from '../../../src/elements/photo-trail/photo-trail.js';
import {
  SnapCancelRequestEvent,
  SnapErrorEvent,
  SnapOutcomeEvent,
  SnapRemoveRequestEvent,
} from '../../../src/events.js';
import type { HubElement } from '../../../src/hub/hub-element.js';
import { fakeItem, fakePeer, fakePhoto, fakeTransfer, landscape } from '../../../demo/fake-hub.js';
import { asked, button, nameOf, objectUrls, page } from '../support/fixture.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { endMotion } from '../support/motion.js';

const open = (
  markup = '<snap-connection><photo-trail></photo-trail></snap-connection>',
): Promise<{ hub: FakeHub; element: PhotoTrail; shadow: ShadowRoot }> => page(markup, 'photo-trail');

const inForm = (attributes: string): Promise<{ hub: FakeHub; element: PhotoTrail; shadow: ShadowRoot }> =>
  open(`<form><snap-connection><photo-trail ${attributes}></photo-trail></snap-connection></form>`);

const pdf = (name = 'report.pdf'): File => new File(['%PDF-'], name, { type: 'application/pdf' });
const names = (shadow: ShadowRoot): (string | undefined)[] =>
  [...shadow.querySelectorAll<HTMLElement>('li')].map((item) => item.dataset.id);
const said = (shadow: ShadowRoot): string => shadow.querySelector('[role=status]')!.textContent.trim();

/** A second of silence as a WAV file, which every Chromium plays. */
function silence(name: string): File {
  const header = new DataView(new ArrayBuffer(44 + 8000));
  const words: [number, string | number][] = [
    [0, 'RIFF'],
    [4, 36 + 8000],
    [8, 'WAVE'],
    [12, 'fmt '],
    [16, 16],
    [20, 0x00010001],
    [24, 8000],
    [28, 8000],
    [32, 0x00080001],
    [36, 'data'],
    [40, 8000],
  ];
  for (const [at, word] of words) {
    if (typeof word === 'number') header.setUint32(at, word, true);
    else [...word].forEach((letter, index) => header.setUint8(at + index, letter.charCodeAt(0)));
  }
  return new File([header], name, { type: 'audio/wav' });
}

/** Properties of the browser that a test has replaced. */
const replaced: (() => void)[] = [];
function replace(owner: object, key: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, { value, configurable: true });
  replaced.push(() => {
    if (own) Object.defineProperty(owner, key, own);
    else Reflect.deleteProperty(owner, key);
  });
}

describe('<photo-trail>', () => {
  afterEach(() => {
    for (const restore of replaced.splice(0)) restore();
  });

  describe('passes the accessibility audit', () => {
    const states: Record<string, () => Promise<Partial<HubElement>>> = {
      'while it is empty': async () => ({}),
      'while something is arriving': async () => ({
        transfers: [
          fakeTransfer('receiving', {
            direction: 'receive',
            preview: await landscape(9, 64, 48),
            loaded: 400_000,
          }),
          fakeTransfer('queued', { direction: 'receive' }),
        ],
      }),
      'with a photo, a clip, a sound and a file': async () => ({
        received: [
          await fakePhoto(10, { from: fakePeer('Anna') }),
          fakeItem(new File(['x'], 'clip.webm', { type: 'video/webm' }), { kind: 'video' }),
          fakeItem(silence('voice.wav'), { kind: 'audio' }),
          fakeItem(pdf(), { from: fakePeer('Борис') }),
        ],
      }),
    };
    for (const [state, make] of Object.entries(states)) {
      it(state, async () => {
        const { hub, element } = await open();
        hub.change(await make());
        await element.updateComplete;
        endMotion(element.shadowRoot!);
        await expect(element).to.be.accessible();
      });
    }

    it('without a hub', async () => {
      const { element } = await open('<photo-trail></photo-trail>');
      endMotion(element.shadowRoot!);
      await expect(element).to.be.accessible();
    });

    it('with a photo in the viewer', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ received: [await fakePhoto(10), await fakePhoto(90)] });
      await element.updateComplete;
      shadow.querySelector<HTMLElement>('.thumb')!.click();
      await element.updateComplete;
      endMotion(element.shadowRoot!);
      await expect(element).to.be.accessible();
    });
  });

  describe('shows', () => {
    it('what has arrived, newest first, and returns it as `items`', async () => {
      const { hub, element, shadow } = await open();
      const [old, young] = [await fakePhoto(10), await fakePhoto(90)];
      hub.change({ received: [old] });
      await element.updateComplete;
      hub.change({ received: [young, old] });
      await element.updateComplete;
      expect(element.items.map(({ id }) => id)).to.deep.equal([young.id, old.id]);
      expect(names(shadow)).to.deep.equal([young.id, old.id]);
    });

    it('that what one receives appears here, while there is nothing', async () => {
      const { element, shadow } = await open();
      expect(shadow.querySelector('[part=empty]')!.textContent.trim()).to.equal(
        'What you receive appears here',
      );
      expect(element.matches(':state(empty)')).to.be.true;
    });

    it('a photo at its original size, with its sender and time', async () => {
      const { hub, element, shadow } = await open();
      const takenAt = new Date().setHours(12, 3, 0, 0);
      hub.change({
        received: [await fakePhoto(10, { width: 320, height: 200, from: fakePeer('Anna'), takenAt })],
      });
      await element.updateComplete;
      const image = shadow.querySelector('img')!;
      await image.decode();
      expect([image.naturalWidth, image.naturalHeight]).to.deep.equal([320, 200]);
      expect([image.getAttribute('width'), image.getAttribute('height')]).to.deep.equal(['320', '200']);
      expect(image.alt).to.match(/^Photo from Anna, 12:03/);
    });

    it('no time if the sender’s clock is invalid', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ received: [await fakePhoto(10, { takenAt: Number.MAX_VALUE })] });
      await element.updateComplete;
      expect(shadow.querySelector('img')!.alt).to.equal('Photo');
      expect(shadow.querySelector('time')).to.be.null;
    });

    // claim: #inert-download-address
    it('the link to a file with a type that no browser renders, so that it cannot run in this origin', async () => {
      const { hub, element, shadow } = await open();
      const page = new File(['<script>document.title = "taken over"</script>'], 'page.html', {
        type: 'text/html',
      });
      hub.change({ received: [fakeItem(page)] });
      await element.updateComplete;
      const save = button(shadow, 'Save page.html') as HTMLAnchorElement;
      const { headers } = await fetch(save.href);
      expect(headers.get('content-type')).to.equal('application/octet-stream');
      expect(element.items[0]!.file.type).to.equal('text/html');
    });

    it('a file with its name and size, saved under that name', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ received: [fakeItem(pdf('Отчёт.pdf'), { from: fakePeer('Anna') })] });
      await element.updateComplete;
      const caption = shadow.querySelector('[part=caption]')!.textContent;
      expect(caption).to.contain('Отчёт.pdf').and.to.contain('5 byte').and.to.contain('Anna');
      const save = button(shadow, 'Save Отчёт.pdf') as HTMLAnchorElement;
      expect(save.download).to.equal('Отчёт.pdf');
      expect(await (await fetch(save.href)).text()).to.equal('%PDF-');
    });

    it('a sound as a player that keeps playing while more arrives', async () => {
      const { hub, element, shadow } = await open();
      const sound = fakeItem(silence('voice.wav'), { kind: 'audio' });
      hub.change({ received: [sound] });
      await element.updateComplete;
      const player = shadow.querySelector('audio')!;
      expect(player.controls).to.be.true;
      if (player.readyState === 0) await oneEvent(player, 'loadedmetadata');
      hub.change({ received: [await fakePhoto(10), sound] });
      await element.updateComplete;
      expect(shadow.querySelector('audio') === player).to.be.true;
      hub.change({ received: [] });
      await element.updateComplete;
      expect(player.getAttribute('src')).to.be.null;
    });

    it('media that no browser plays as a file', async () => {
      const { hub, element, shadow } = await open();
      hub.change({
        received: [fakeItem(new File(['x'], 'a.amr', { type: 'audio/amr' }), { kind: 'audio' })],
      });
      await element.updateComplete;
      expect(shadow.querySelector('audio')).to.be.null;
      expect(button(shadow, 'Save a.amr')).to.exist;
    });

    it('an arriving item with its preview and progress, until the item is there', async () => {
      const { hub, element, shadow } = await open();
      const anna = fakePeer('Anna');
      const transfer = fakeTransfer('receiving', {
        direction: 'receive',
        from: anna.id,
        preview: await landscape(9, 64, 48),
        loaded: 250_000,
      });
      hub.change({ peers: [anna], transfers: [transfer, fakeTransfer('sending')] });
      await element.updateComplete;
      expect(names(shadow)).to.deep.equal([transfer.id]);
      const progress = shadow.querySelector('progress')!;
      expect(progress.value).to.equal(0.25);
      expect(progress.ariaLabel).to.equal('Receiving photo.jpg, 25%');
      expect(shadow.querySelector('li')!.textContent).to.contain('Anna').and.to.contain('25%');
      expect(element.matches(':state(receiving)')).to.be.true;
      // Delivered, but its bytes are still being inspected.
      transfer.move('delivered');
      hub.change({});
      await element.updateComplete;
      expect(names(shadow)).to.deep.equal([transfer.id]);
      hub.change({ received: [await fakePhoto(10, { id: transfer.id })] });
      await element.updateComplete;
      expect(names(shadow)).to.deep.equal([transfer.id]);
      expect(shadow.querySelector('progress')).to.be.null;
      hub.change({ received: [] });
      await element.updateComplete;
      expect(names(shadow)).to.be.empty;
    });

    it('no failed arrivals', async () => {
      const { hub, element, shadow } = await open();
      const transfer = fakeTransfer('failed', { direction: 'receive', error: 'transfer-corrupt' });
      hub.change({ transfers: [transfer] });
      await element.updateComplete;
      expect(names(shadow)).to.be.empty;
    });

    it('Russian where the page is Russian', async () => {
      const { hub, element, shadow } = await open(
        '<div lang="ru"><snap-connection><photo-trail></photo-trail></snap-connection></div>',
      );
      expect(shadow.querySelector('[part=empty]')!.textContent.trim()).to.equal(
        'Здесь появится то, что вам пришлют',
      );
      hub.change({ received: [await fakePhoto(1), await fakePhoto(2)] });
      await element.updateComplete;
      expect(button(shadow, 'Сохранить всё (ZIP)')).to.exist;
      expect(button(shadow, 'Удалить: photo-1.jpg')).to.exist;
    });
  });

  it('revokes object URLs of removed items, and all when it leaves the page', async () => {
    const { hub, element, shadow } = await open();
    const urls = await objectUrls(async () => {
      const [one, two] = [await fakePhoto(10), await fakePhoto(90)];
      hub.change({ received: [one, two, fakeItem(pdf())] });
      await element.updateComplete;
      const { src } = shadow.querySelector('img')!;
      hub.change({ received: [two] });
      await element.updateComplete;
      const there = await fetch(src).then(
        () => true,
        () => false,
      );
      expect(there).to.be.false;
      element.remove();
    });
    expect(urls).to.deep.equal({ made: 3, left: 0 });
  });

  it('keeps its pictures when it is moved', async () => {
    const { hub, element, shadow } = await open();
    hub.change({ received: [await fakePhoto(10)] });
    await element.updateComplete;
    const { src } = shadow.querySelector('img')!;
    const urls = await objectUrls(async () => {
      hub.append(element);
      await element.updateComplete;
    });
    expect(urls.made).to.equal(0);
    expect(shadow.querySelector('img')!.src).to.equal(src);
  });

  it('shows everything again when it comes back', async () => {
    const { hub, element, shadow } = await open();
    hub.change({ received: [await fakePhoto(10)] });
    await element.updateComplete;
    element.remove();
    hub.append(element);
    await element.updateComplete;
    await shadow.querySelector('img')!.decode();
    expect(names(shadow)).to.have.length(1);
  });

  it('announces new items, and not those that were there before', async () => {
    const { hub, element, shadow } = await open(
      '<snap-connection></snap-connection><photo-trail></photo-trail>',
    );
    const first = await fakePhoto(10);
    hub.change({ received: [first] });
    element.connection = hub;
    await element.updateComplete;
    expect(said(shadow)).to.equal('');
    const second = await fakePhoto(20, { from: fakePeer('Anna') });
    hub.change({ received: [second, first] });
    await element.updateComplete;
    expect(said(shadow)).to.match(/^New: Photo from Anna, \d/);
    hub.change({ received: [await fakePhoto(30), await fakePhoto(40), second, first] });
    await element.updateComplete;
    expect(said(shadow)).to.equal('New: 2 items.');
  });

  describe('lets a person', () => {
    it('remove an item, by asking the hub; the focus stays in the list', async () => {
      const { hub, element, shadow } = await open();
      const items = [await fakePhoto(1), await fakePhoto(2), await fakePhoto(3)];
      hub.change({ received: items });
      await element.updateComplete;
      button(shadow, 'Remove photo-2.jpg').focus();
      button(shadow, 'Remove photo-2.jpg').click();
      expect((await asked(hub, SnapRemoveRequestEvent)).map(({ subject }) => subject.id)).to.deep.equal([
        items[1]?.id,
      ]);
      expect(names(shadow)).to.have.length(3);
      hub.change({ received: [items[0]!, items[2]!] });
      await element.updateComplete;
      expect(nameOf(shadow.activeElement)).to.equal('Remove photo-3.jpg');
    });

    it('cancel what is arriving', async () => {
      const { hub, element, shadow } = await open();
      const transfer = fakeTransfer('receiving', { direction: 'receive', name: 'film.mp4' });
      hub.change({ transfers: [transfer] });
      await element.updateComplete;
      button(shadow, 'Cancel film.mp4').click();
      expect((await asked(hub, SnapCancelRequestEvent)).map((each) => each.transfer.id)).to.deep.equal([
        transfer.id,
      ]);
    });

    it('share a file, if the browser can', async () => {
      const shared: File[] = [];
      replace(navigator, 'canShare', ({ files }: ShareData) => files?.[0]?.type === 'application/pdf');
      replace(navigator, 'share', async ({ files }: ShareData) => shared.push(...files!));
      const { hub, element, shadow } = await open();
      const item = fakeItem(pdf());
      hub.change({ received: [item, await fakePhoto(1)] });
      await element.updateComplete;
      button(shadow, 'Share report.pdf').click();
      await Promise.resolve();
      expect(shared.map(({ name }) => name)).to.deep.equal(['report.pdf']);
      expect(() => button(shadow, 'Share photo-1.jpg')).to.throw();
    });

    it('close the share sheet without an error', async () => {
      replace(navigator, 'canShare', () => true);
      replace(navigator, 'share', () => Promise.reject(new DOMException('closed', 'AbortError')));
      const { hub, element, shadow } = await open();
      let failed = false;
      element.addEventListener('snap-error', () => (failed = true));
      hub.change({ received: [fakeItem(pdf())] });
      await element.updateComplete;
      button(shadow, 'Share report.pdf').click();
      await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
      await element.updateComplete;
      expect(failed).to.be.false;
    });

    it('copy a photo as a PNG, with a confirmation', async () => {
      const copied = new Promise<ClipboardItem>((resolve) => {
        replace(navigator.clipboard, 'write', async ([item]: ClipboardItem[]) => resolve(item!));
      });
      const { hub, element, shadow } = await open();
      hub.change({ received: [await fakePhoto(10, { width: 64, height: 48 })] });
      await element.updateComplete;
      button(shadow, 'Copy photo-10.jpg').click();
      const bitmap = await createImageBitmap(await (await copied).getType('image/png'));
      expect([bitmap.width, bitmap.height]).to.deep.equal([64, 48]);
      await element.updateComplete;
      expect(said(shadow)).to.equal('Copied');
      expect(shadow.querySelector('.tick')).to.exist;
      shadow.querySelector('.tick')!.dispatchEvent(new AnimationEvent('animationend'));
      await element.updateComplete;
      expect(shadow.querySelector('.tick')).to.be.null;
    });

    it('read why a photo could not be copied, unless the page cancels the error', async () => {
      replace(navigator.clipboard, 'write', () => Promise.reject(new DOMException('no', 'NotAllowedError')));
      const { hub, element, shadow } = await open();
      hub.change({ received: [await fakePhoto(10)] });
      await element.updateComplete;
      const told = oneEvent(element, 'snap-error');
      button(shadow, 'Copy photo-10.jpg').click();
      const event = await told;
      expect(event instanceof SnapErrorEvent && event.error.code).to.equal('clipboard-failed');
      await element.updateComplete;
      expect(shadow.querySelector('[role=alert]')!.textContent).to.contain('copying');
      element.addEventListener('snap-error', (event) => event.preventDefault());
      const again = oneEvent(element, 'snap-error');
      button(shadow, 'Copy photo-10.jpg').click();
      await again;
      await element.updateComplete;
      expect(shadow.querySelector('[role=alert]')!.textContent.trim()).to.equal('');
    });

    it('save everything as one ZIP with unique names', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ received: [fakeItem(pdf()), fakeItem(pdf()), await fakePhoto(1)] });
      await element.updateComplete;
      const saved = new Promise<HTMLAnchorElement>((resolve) => {
        shadow.addEventListener('click', (event) => {
          const link = event.target;
          if (!(link instanceof HTMLAnchorElement)) return;
          event.preventDefault();
          resolve(link);
        });
      });
      button(shadow, 'Save all (ZIP)').click();
      const bytes = new Uint8Array(await (await fetch((await saved).href)).arrayBuffer());
      const listing = new TextDecoder('latin1').decode(bytes);
      expect(listing.startsWith('PK')).to.be.true;
      for (const name of ['report.pdf', 'report (2).pdf', 'photo-1.jpg']) expect(listing).to.contain(name);
    });
  });

  describe('has a viewer', () => {
    const opened = async (count = 3): Promise<{ hub: FakeHub; element: PhotoTrail; shadow: ShadowRoot }> => {
      const stage = await open();
      const received = await Promise.all(Array.from({ length: count }, (_, index) => fakePhoto(index + 1)));
      stage.hub.change({ received });
      await stage.element.updateComplete;
      return stage;
    };
    const view = async (
      element: PhotoTrail,
      shadow: ShadowRoot,
      index: number,
    ): Promise<HTMLDialogElement> => {
      shadow.querySelectorAll<HTMLElement>('.thumb')[index]!.click();
      await element.updateComplete;
      return shadow.querySelector('dialog')!;
    };
    const position = (shadow: ShadowRoot): string => shadow.querySelector('.position')!.textContent.trim();
    const press = async (element: PhotoTrail, key: string): Promise<void> => {
      const dialog = element.shadowRoot!.querySelector('dialog')!;
      dialog.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
      await element.updateComplete;
    };

    it('that opens at the photo, reusing its object URL', async () => {
      const { element, shadow } = await opened();
      const dialog = await view(element, shadow, 1);
      expect(dialog.open).to.be.true;
      expect(position(shadow)).to.equal('2 of 3');
      const slide = shadow.querySelectorAll('.slide')[1]!;
      expect(slide.querySelector('img')!.src).to.equal(
        shadow.querySelectorAll<HTMLImageElement>('.thumb img')[1]!.src,
      );
      const strip = shadow.querySelector('.slides')!;
      expect(slide.getBoundingClientRect().left).to.be.closeTo(strip.getBoundingClientRect().left, 1);
    });

    it('that navigates by arrow keys, Home and End, and stops at the ends', async () => {
      const { element, shadow } = await opened();
      await view(element, shadow, 0);
      await press(element, 'ArrowRight');
      expect(position(shadow)).to.equal('2 of 3');
      await press(element, 'End');
      await press(element, 'ArrowRight');
      expect(position(shadow)).to.equal('3 of 3');
      await press(element, 'ArrowLeft');
      await press(element, 'Home');
      expect(position(shadow)).to.equal('1 of 3');
    });

    it('that follows a swipe', async () => {
      const { element, shadow } = await opened();
      await view(element, shadow, 0);
      const strip = shadow.querySelector('.slides')!;
      const moved = oneEvent(strip, 'scroll');
      strip.scrollTo({ left: strip.clientWidth * 2, behavior: 'instant' });
      await moved;
      await element.updateComplete;
      expect(position(shadow)).to.equal('3 of 3');
    });

    it('that stays at its photo when another arrives, and shows the neighbour when it is removed', async () => {
      const { hub, element, shadow } = await opened();
      const [one, two, three] = hub.received as [
        HubElement['received'][0],
        HubElement['received'][0],
        HubElement['received'][0],
      ];
      await view(element, shadow, 1);
      hub.change({ received: [await fakePhoto(9), one, two, three] });
      await element.updateComplete;
      expect(position(shadow)).to.equal('3 of 4');
      hub.change({ received: [one, three] });
      await element.updateComplete;
      expect(position(shadow)).to.equal('2 of 2');
      hub.change({ received: [] });
      await element.updateComplete;
      expect(shadow.querySelector('dialog')!.open).to.be.false;
    });

    it('that returns the focus to the tile of the last photo', async () => {
      const { element, shadow } = await opened();
      const dialog = await view(element, shadow, 0);
      await press(element, 'ArrowRight');
      const closed = oneEvent(dialog, 'close');
      button(shadow, 'Close').click();
      await closed;
      await element.updateComplete;
      expect(shadow.activeElement === shadow.querySelectorAll('.thumb')[1]).to.be.true;
      expect(shadow.querySelector('.slide')).to.be.null;
    });
  });

  describe('in a form', () => {
    const data = (element: PhotoTrail): FormData => new FormData(element.form!);

    it('submits a File for each item, under its name', async () => {
      const { hub, element } = await inForm('name="damage"');
      expect([...data(element)]).to.be.empty;
      const items = [await fakePhoto(1), fakeItem(pdf())];
      hub.change({ received: items });
      await element.updateComplete;
      expect(data(element).getAll('damage')).to.have.length(2);
      expect((data(element).getAll('damage') as File[]).map(({ name }) => name)).to.deep.equal([
        'photo-1.jpg',
        'report.pdf',
      ]);
    });

    it('submits nothing without a name, or while it is disabled', async () => {
      const { hub, element, shadow } = await inForm('');
      hub.change({ received: [fakeItem(pdf())] });
      await element.updateComplete;
      expect([...data(element)]).to.be.empty;
      element.name = 'damage';
      await element.updateComplete;
      expect([...data(element)]).to.have.length(1);
      element.disabled = true;
      await element.updateComplete;
      await element.updateComplete;
      expect([...data(element)]).to.be.empty;
      expect(element.matches(':state(disabled)')).to.be.true;
      expect((button(shadow, 'Remove report.pdf') as HTMLButtonElement).disabled).to.be.true;
    });

    it('is disabled by a fieldset', async () => {
      const { element } = await open(
        '<form><fieldset disabled><snap-connection><photo-trail name="a"></photo-trail></snap-connection></fieldset></form>',
      );
      expect(element.matches(':state(disabled)')).to.be.true;
    });

    it('blocks submission while it is required and empty, and takes the focus', async () => {
      const { hub, element, shadow } = await inForm('name="damage" required');
      expect(element.form!.reportValidity()).to.be.false;
      expect(element.validity.valueMissing).to.be.true;
      expect(element.validationMessage).to.contain('Nothing has arrived yet');
      expect(document.activeElement === element).to.be.true;
      expect(shadow.activeElement === null).to.be.false;
      hub.change({ received: [fakeItem(pdf())] });
      await element.updateComplete;
      expect(element.form!.checkValidity()).to.be.true;
    });

    it('validates `min` and `max`; an empty trail is up to `required`', async () => {
      const { hub, element } = await inForm('name="damage" min="2" max="3"');
      const items = [1, 2, 3, 4].map((index) => fakeItem(pdf(`${index}.pdf`)));
      const flags = async (count: number): Promise<[boolean, boolean, boolean]> => {
        hub.change({ received: items.slice(0, count) });
        await element.updateComplete;
        return [element.validity.rangeUnderflow, element.validity.rangeOverflow, element.validity.valid];
      };
      expect(await flags(0)).to.deep.equal([false, false, true]);
      expect(await flags(1)).to.deep.equal([true, false, false]);
      expect(element.validationMessage).to.contain('2');
      expect(await flags(3)).to.deep.equal([false, false, true]);
      expect(await flags(4)).to.deep.equal([false, true, false]);
      expect(element.validationMessage).to.contain('3');
    });

    for (const { title, prevent, call, told } of [
      { title: 'that the browser sends', prevent: false, call: false, told: true },
      { title: 'that a script keeps from being sent', prevent: true, call: false, told: false },
      { title: 'that a script has sent itself', prevent: true, call: true, told: true },
    ])
      it(`tells the hub that its items were submitted, with a form ${title}`, async () => {
        const { hub, element } = await inForm('name="damage"');
        const received = [await fakePhoto(1), await fakePhoto(2)];
        hub.change({ received });
        await element.updateComplete;
        const { form } = element;
        form!.addEventListener('submit', (event) => prevent && event.preventDefault());
        form!.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
        if (call) element.submitted();
        await new Promise((resolve) => setTimeout(resolve));
        await Promise.resolve();
        const outcomes = hub.requests.filter((request) => request instanceof SnapOutcomeEvent);
        expect(outcomes.map(({ items, outcome }) => [outcome, items])).to.deep.equal(
          told ? [['submitted', received]] : [],
        );
      });

    it('fires input and change when items come and go, with the form’s data up to date', async () => {
      const { hub, element } = await inForm('name="damage"');
      const told: string[] = [];
      for (const type of ['input', 'change'])
        element.form!.addEventListener(type, ({ target }) => {
          expect(target).to.equal(element);
          told.push(`${type} ${new FormData(element.form!).getAll('damage').length}`);
        });
      const [first, second] = [await fakePhoto(1), await fakePhoto(2)];
      for (const received of [[first], [second, first], [first], []]) {
        hub.change({ received });
        await element.updateComplete;
        expect(element.files).to.deep.equal(received.map(({ file }) => file));
        expect(told.splice(0)).to.deep.equal([`input ${received.length}`, `change ${received.length}`]);
      }
      hub.change({ peers: [fakePeer('Anna')] });
      await element.updateComplete;
      expect(told).to.deep.equal([]);
    });

    it('fires them for what comes after a reset that had nothing to remove', async () => {
      const { hub, element } = await inForm('name="damage"');
      let told = 0;
      element.form!.addEventListener('change', () => (told += 1));
      element.form!.reset();
      hub.change({ received: [await fakePhoto(1)] });
      await element.updateComplete;
      expect(told).to.equal(1);
    });

    it('fires neither for what a hub has from the start, nor for a reset', async () => {
      const { hub, element } = await inForm('name="damage"');
      const told: string[] = [];
      for (const type of ['input', 'change']) element.form!.addEventListener(type, () => told.push(type));
      hub.change({ received: [await fakePhoto(1)] });
      await element.updateComplete;
      told.length = 0;
      element.form!.reset();
      hub.change({ received: [] });
      await element.updateComplete;
      expect(told).to.deep.equal([]);
    });

    it('asks the hub to remove its items when the form is reset', async () => {
      const { hub, element } = await inForm('name="damage"');
      const items = [fakeItem(pdf('1.pdf')), fakeItem(pdf('2.pdf'))];
      hub.change({ received: items });
      await element.updateComplete;
      element.form!.reset();
      expect((await asked(hub, SnapRemoveRequestEvent)).map(({ subject }) => subject.id)).to.deep.equal(
        items.map(({ id }) => id),
      );
    });

    it('is labelled by a <label>', async () => {
      const root = await fixture<HTMLElement>(
        '<div><label for="t">Photos</label><photo-trail id="t"></photo-trail></div>',
      );
      const trail = root.querySelector('photo-trail')!;
      expect(trail.labels).to.have.length(1);
      root.querySelector('label')!.click();
      expect(document.activeElement === trail).to.be.true;
    });
  });

  it('stops listening once it is removed', async () => {
    const { hub, element } = await open();
    expect(hub.attached.has(element)).to.be.true;
    element.remove();
    expect(hub.attached.size).to.equal(0);
    expect(hub.listeners.size).to.equal(0);
  });
});
