import { expect } from '@open-wc/testing';
import '../../../src/define/snap-sender.js';
import type { SnapSender } from '../../../src/elements/snap-sender/snap-sender.js';
import { SnapError } from '../../../src/errors.js';
import type { SnapErrorCode } from '../../../src/errors.js';
import {
  SnapCancelRequestEvent,
  SnapCaptureRequestEvent,
  SnapChooseRequestEvent,
  SnapErrorEvent,
  SnapRemoveRequestEvent,
  SnapRetryRequestEvent,
  SnapSendRequestEvent,
} from '../../../src/events.js';
import type { HubElement } from '../../../src/hub/hub-element.js';
import { fakeItem, fakePeer, fakePhoto, fakeTransfer, landscape } from '../../../demo/fake-hub.js';
import { asked, button, nameOf, objectUrls, page } from '../support/fixture.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { waitUntil } from '../../support/wait-until.js';

const open = (
  markup = '<snap-connection><snap-sender></snap-sender></snap-connection>',
): Promise<{ hub: FakeHub; element: SnapSender; shadow: ShadowRoot }> => page(markup, 'snap-sender');

const text = (name = 'notes.txt', type = 'text/plain'): File => new File(['notes'], name, { type });

/** What a drag or the clipboard carries. */
function carrying(...files: File[]): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return data;
}

const drag = (type: string, dataTransfer: DataTransfer): DragEvent =>
  new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true });

const said = (shadow: ShadowRoot): string => shadow.querySelector('[role=status]')!.textContent.trim();

/** A WAV file with seconds of silence. */
function silence(seconds: number): Uint8Array<ArrayBuffer> {
  const rate = 8000;
  const bytes = new Uint8Array(44 + rate * seconds).fill(128);
  const view = new DataView(bytes.buffer);
  const write = (at: number, word: string): void => bytes.set(new TextEncoder().encode(word), at);
  write(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, rate * seconds, true);
  return bytes;
}

describe('<snap-sender>', () => {
  describe('passes the accessibility audit', () => {
    const states: Record<string, () => Promise<Partial<HubElement>>> = {
      'while it joins': async () => ({ state: 'joining' }),
      'while nobody else is here': async () => ({ state: 'waiting' }),
      'with something to send': async () => ({
        state: 'connected',
        peers: [fakePeer('Anna')],
        pending: [await fakePhoto(200), fakeItem(text())],
      }),
      'while it sends, and after': async () => ({
        state: 'connected',
        peers: [fakePeer('Anna')],
        transfers: [
          fakeTransfer('queued'),
          fakeTransfer('sending', {
            loaded: 300_000,
            to: ['sending', 'delivered'],
            preview: await landscape(9, 64, 48),
          }),
          fakeTransfer('delivered', { to: ['delivered'] }),
          fakeTransfer('failed', { error: 'transfer-declined' }),
          fakeTransfer('cancelled', { error: 'transfer-cancelled' }),
        ],
      }),
      'when the connection has failed': async () => ({
        state: 'failed',
        error: new SnapError('server-unreachable'),
      }),
      'when somebody is here who cannot be reached': async () => ({
        state: 'waiting',
        error: new SnapError('peer-unreachable'),
      }),
    };
    for (const [state, make] of Object.entries(states)) {
      it(state, async () => {
        const { hub, element } = await open();
        hub.change(await make());
        await element.updateComplete;
        await expect(element).to.be.accessible();
      });
    }

    it('without a hub', async () => {
      const { element } = await open('<snap-sender></snap-sender>');
      await expect(element).to.be.accessible();
    });
  });

  describe('asks its hub', () => {
    it('for a photo, on Snap', async () => {
      const { hub, shadow } = await open();
      button(shadow, 'Snap').click();
      const [request] = await asked(hub, SnapCaptureRequestEvent);
      expect(request?.send).to.be.false;
    });

    it('for ten photos, on ten quick presses of Snap & Send', async () => {
      const { hub, shadow } = await open();
      for (let press = 0; press < 10; press += 1) button(shadow, 'Snap & Send').click();
      const requests = await asked(hub, SnapCaptureRequestEvent);
      expect(requests.map(({ send }) => send)).to.deep.equal(Array(10).fill(true));
    });

    it('to send all pending items, on Send', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ pending: [fakeItem(text())] });
      await element.updateComplete;
      button(shadow, 'Send').click();
      const [request] = await asked(hub, SnapSendRequestEvent);
      expect(request?.items).to.be.null;
    });

    it('for nothing, on Send, while nothing is pending; the button keeps the focus', async () => {
      const { hub, shadow } = await open();
      const send = button(shadow, 'Send');
      expect(send.ariaDisabled).to.equal('true');
      send.focus();
      send.click();
      await Promise.resolve();
      expect(hub.requests.length).to.equal(0);
      expect(nameOf(shadow.activeElement)).to.equal('Send');
    });

    it('to cancel, to retry and to remove a transfer', async () => {
      const { hub, element, shadow } = await open();
      const sending = fakeTransfer('sending', { name: 'a.jpg' });
      const failed = fakeTransfer('failed', { name: 'b.jpg', error: 'transfer-declined' });
      hub.change({ transfers: [sending, failed] });
      await element.updateComplete;
      button(shadow, 'Cancel a.jpg').click();
      button(shadow, 'Retry b.jpg').click();
      button(shadow, 'Remove b.jpg').click();
      expect((await asked(hub, SnapCancelRequestEvent)).map(({ transfer }) => transfer.name)).to.deep.equal([
        'a.jpg',
      ]);
      expect((await asked(hub, SnapRetryRequestEvent)).map(({ transfer }) => transfer?.name)).to.deep.equal([
        'b.jpg',
      ]);
      expect((await asked(hub, SnapRemoveRequestEvent)).map(({ subject }) => subject.id)).to.deep.equal([
        failed.id,
      ]);
    });

    it('to send again what was delivered, while it is here', async () => {
      const { hub, element, shadow } = await open();
      const transfer = fakeTransfer('delivered', { name: 'a.jpg', to: ['delivered'] });
      hub.change({ transfers: [transfer] });
      await element.updateComplete;
      button(shadow, 'Send again a.jpg').click();
      expect((await asked(hub, SnapRetryRequestEvent)).map((request) => request.transfer?.id)).to.deep.equal([
        transfer.id,
      ]);
      hub.keepsSent = false;
      hub.change({});
      await element.updateComplete;
      expect(shadow.querySelector('[data-action=again]')).to.be.null;
    });

    for (const [code, retries] of [
      ['room-code-invalid', false],
      ['connections-exhausted', false],
      ['room-full', true],
    ] as const)
      it(`${retries ? 'to reconnect' : 'for nothing, as it would be in vain,'} after ${code}`, async () => {
        const { hub, element, shadow } = await open();
        hub.change({ state: 'failed', error: new SnapError(code) });
        await element.updateComplete;
        expect(shadow.querySelector('[part=try-again]') !== null).to.equal(retries);
        expect(shadow.querySelector('.notice')!.className).to.contain('danger');
      });

    it('to reconnect, after a message about what is wrong', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ state: 'failed', error: new SnapError('server-unreachable') });
      await element.updateComplete;
      expect(shadow.querySelector('[role=alert]')!.textContent).to.contain('can’t be reached');
      button(shadow, 'Try again').click();
      expect((await asked(hub, SnapRetryRequestEvent)).map(({ transfer }) => transfer?.name)).to.deep.equal([
        undefined,
      ]);
    });

    for (const code of ['peer-unreachable', 'relay-refused', 'relay-unreachable', 'relay-missing'] as const) {
      it(`and does not say that it waits for somebody while an unreachable peer is here: ${code}`, async () => {
        const { hub, element, shadow } = await open();
        const status = () => shadow.querySelector('[part=status]')!.textContent.trim();
        hub.change({ state: 'waiting', error: new SnapError(code) });
        await element.updateComplete;
        expect(status()).to.equal('Somebody is here, but out of reach');
        expect(shadow.querySelector('[role=alert]')!.textContent).to.contain('Somebody is here, but');
        hub.change({ state: 'waiting', error: null });
        await element.updateComplete;
        expect(status()).to.equal('Waiting for someone to join');
        expect(shadow.querySelector('[role=alert]')!.textContent.trim()).to.equal('');
      });
    }

    it('for nothing that a listener on the page has cancelled', async () => {
      const { hub, element, shadow } = await open();
      element.parentElement!.addEventListener('snap-capture-request', (event) => event.preventDefault());
      button(shadow, 'Snap').click();
      await Promise.resolve();
      expect(hub.requests.length).to.equal(0);
    });
  });

  describe('accepts files', () => {
    const choose = (shadow: ShadowRoot, ...files: File[]): void => {
      const input = shadow.querySelector<HTMLInputElement>('input[type=file]')!;
      input.files = carrying(...files).files;
      input.dispatchEvent(new Event('change'));
    };
    const chosen = async (hub: FakeHub): Promise<string[][]> =>
      (await asked(hub, SnapChooseRequestEvent)).map(({ files }) => files.map(({ name }) => name));

    it('that are chosen, and the same one again', async () => {
      const { hub, shadow } = await open();
      choose(shadow, text('a.txt'), text('b.txt'));
      choose(shadow, text('a.txt'), text('b.txt'));
      const [request] = await asked(hub, SnapChooseRequestEvent);
      expect(request?.send).to.be.false;
      expect(await chosen(hub)).to.deep.equal([
        ['a.txt', 'b.txt'],
        ['a.txt', 'b.txt'],
      ]);
      expect(shadow.querySelector<HTMLInputElement>('input[type=file]')!.files!.length).to.equal(0);
    });

    it('that are dropped, and shows the drop zone while they are dragged', async () => {
      const { hub, element, shadow } = await open();
      const zone = shadow.querySelector<HTMLElement>('.drop-zone')!;
      const over = drag('dragover', carrying(text()));
      element.dispatchEvent(over);
      await element.updateComplete;
      expect(over.defaultPrevented).to.be.true;
      expect(zone.hidden).to.be.false;
      expect(element.matches(':state(dragging)')).to.be.true;
      element.dispatchEvent(drag('drop', carrying(text('dropped.txt'))));
      await element.updateComplete;
      expect(zone.hidden).to.be.true;
      expect(await chosen(hub)).to.deep.equal([['dropped.txt']]);
    });

    it('that are pasted anywhere in the page with drop="page", but not where one writes', async () => {
      const { hub, element } = await open(
        '<input /><p contenteditable>…</p><snap-connection><snap-sender></snap-sender></snap-connection>',
      );
      const paste = (place: Element, name: string): void => {
        const clipboardData = carrying(text(name));
        place.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
        );
      };
      paste(document.body, 'not-yet.txt');
      element.drop = 'page';
      paste(document.body, 'page.txt');
      paste(hub.parentElement!.querySelector('input')!, 'input.txt');
      paste(hub.parentElement!.querySelector('p')!, 'editor.txt');
      paste(element, 'element.txt');
      document.body.addEventListener('paste', (event) => event.preventDefault(), { once: true });
      paste(document.body, 'taken.txt');
      expect(await chosen(hub)).to.deep.equal([['page.txt'], ['element.txt']]);
    });

    it('with a drop zone over the whole page, with drop="page"', async () => {
      const { element, shadow } = await open(
        '<snap-connection><snap-sender drop="page"></snap-sender></snap-connection>',
      );
      const zone = shadow.querySelector<HTMLElement>('.drop-zone')!;
      expect(zone.checkVisibility()).to.be.false;
      document.body.dispatchEvent(drag('dragover', carrying(text())));
      await element.updateComplete;
      const { width, height } = zone.getBoundingClientRect();
      expect(zone.matches(':popover-open')).to.be.true;
      expect([width > innerWidth * 0.9, height > innerHeight * 0.9]).to.deep.equal([true, true]);
      document.body.dispatchEvent(drag('drop', carrying()));
      await element.updateComplete;
      expect(zone.checkVisibility()).to.be.false;
    });

    it('that are pasted', async () => {
      const { hub, element } = await open();
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carrying(text('pasted.txt')) }));
      expect(await chosen(hub)).to.deep.equal([['pasted.txt']]);
    });

    it('but not text that is dragged or pasted', async () => {
      const { hub, element } = await open();
      const data = new DataTransfer();
      data.setData('text/plain', 'words');
      const over = drag('dragover', data);
      const paste = new ClipboardEvent('paste', { clipboardData: data, cancelable: true });
      element.dispatchEvent(over);
      element.dispatchEvent(paste);
      await Promise.resolve();
      expect(over.defaultPrevented).to.be.false;
      expect(paste.defaultPrevented).to.be.false;
      expect(hub.requests.length).to.equal(0);
    });

    it('of the kinds in `accept`, and says how many are not', async () => {
      const { hub, element, shadow } = await open(
        '<snap-connection><snap-sender accept="image/*, .pdf"></snap-sender></snap-connection>',
      );
      expect(shadow.querySelector('input')!.accept).to.equal('image/*, .pdf');
      const files = [
        text('a.png', 'image/png'),
        text('B.PDF', ''),
        text('c.txt'),
        text('d.svgz', 'application/gzip'),
      ];
      element.dispatchEvent(drag('drop', carrying(...files)));
      await element.updateComplete;
      expect(await chosen(hub)).to.deep.equal([['a.png', 'B.PDF']]);
      expect(shadow.querySelector('[role=alert]')!.textContent).to.contain('2 files were not added');
    });
  });

  describe('shows', () => {
    it('the state of the connection in words', async () => {
      const { hub, element, shadow } = await open();
      const status = (): string => shadow.querySelector('[part=status]')!.textContent.trim();
      expect(status()).to.equal('Waiting for someone to join');
      hub.change({ state: 'connected', peers: [fakePeer('Anna'), fakePeer('')] });
      await element.updateComplete;
      expect(status()).to.equal('Connected to 2 devices');
    });

    it('pending items, and revokes the URLs of their pictures when they are gone', async () => {
      const { hub, element, shadow } = await open();
      const urls = await objectUrls(async () => {
        hub.change({ pending: [await fakePhoto(10), await fakePhoto(90), fakeItem(text())] });
        await element.updateComplete;
        expect(shadow.querySelectorAll('[part=pending-item]')).to.have.length(3);
        hub.change({ pending: [] });
        await element.updateComplete;
      });
      expect(urls).to.deep.equal({ made: 2, left: 0 });
    });

    it('the progress of a transfer, and how many recipients have it', async () => {
      const { hub, element, shadow } = await open();
      const transfer = fakeTransfer('sending', { loaded: 420_000, to: ['delivered', 'sending', 'left'] });
      hub.change({ transfers: [transfer] });
      await element.updateComplete;
      const progress = shadow.querySelector('progress')!;
      expect(progress.value).to.be.closeTo(0.42, 0.001);
      expect(progress.ariaLabel).to.equal('photo.jpg');
      const words = shadow.querySelector('.details')!.textContent.trim();
      expect(words).to.equal('0.4 of 1 MB – Delivered to 1 of 2');
      expect(element.matches(':state(sending)')).to.be.true;
    });

    it('what a queued transfer waits for', async () => {
      const { hub, element, shadow } = await open();
      const anna = fakePeer('Anna');
      const here = fakeTransfer('queued', { to: ['waiting'] });
      here.progress(0, [
        { id: anna.id, name: 'Anna', loaded: 0, state: 'waiting', error: null, outcome: 'delivered' },
      ]);
      hub.change({
        peers: [anna],
        transfers: [fakeTransfer('queued', { to: ['waiting'] }), here],
      });
      await element.updateComplete;
      const words = [...shadow.querySelectorAll('.transfer .details')].map((each) => each.textContent.trim());
      expect(words).to.deep.equal(['Will be sent when the connection is back', 'Waiting its turn']);
      expect(shadow.querySelector('.transfer progress'), 'no empty bar, which looks stuck').to.be.null;
    });

    it('one total for several transfers', async () => {
      const { hub, element, shadow } = await open();
      const [one, two] = [fakeTransfer('sending', { loaded: 500_000 }), fakeTransfer('queued')];
      hub.change({ transfers: [one] });
      await element.updateComplete;
      expect(shadow.querySelector('[part=total]')).to.be.null;
      hub.change({ transfers: [one, two] });
      await element.updateComplete;
      const total = shadow.querySelector('[part=total]')!;
      expect(total.textContent.trim()).to.equal('0 of 2 arrived – 0.5 of 2 MB');
      expect(total.querySelector('progress')!.value).to.equal(0.25);
    });

    it('that a clip is a clip, a sound a sound, and how long they are', async () => {
      const { hub, element, shadow } = await open();
      const preview = await landscape(9, 64, 48);
      const wave = new File([silence(3)], 'voice.wav', { type: 'audio/wav' });
      const clip = fakeItem(text('film.mp4', 'video/mp4'), { kind: 'video', preview });
      hub.change({ pending: [await fakePhoto(10), clip, fakeItem(wave, { kind: 'audio' })] });
      await waitUntil(() => shadow.querySelector('.length'), 'the length of the sound is known');
      await element.updateComplete;
      const tiles = [...shadow.querySelectorAll('[part=pending-item]')];
      const has = (selector: string): boolean[] => tiles.map((tile) => tile.querySelector(selector) !== null);
      expect(has('.mark')).to.deep.equal([false, true, false]);
      expect(has('.audio')).to.deep.equal([false, false, true]);
      expect(tiles[2]!.querySelector('.length')!.textContent).to.equal('0:03');
    });

    it('no incoming transfers', async () => {
      const { hub, element, shadow } = await open();
      hub.change({ transfers: [fakeTransfer('receiving', { direction: 'receive' })] });
      await element.updateComplete;
      expect(shadow.querySelector('progress')).to.be.null;
    });

    it('the last three deliveries, and the others on request', async () => {
      const { hub, element, shadow } = await open();
      const names = ['a', 'b', 'c', 'd', 'e'];
      hub.change({ transfers: names.map((name) => fakeTransfer('delivered', { name, to: ['delivered'] })) });
      await element.updateComplete;
      const shown = (): string[] =>
        [...shadow.querySelectorAll('[part=delivered] .name')].map((each) => each.textContent);
      expect(shown()).to.deep.equal(['e', 'd', 'c']);
      button(shadow, 'Show more (2)').click();
      await element.updateComplete;
      expect(shown()).to.deep.equal(['e', 'd', 'c', 'b', 'a']);
    });

    it('no camera buttons with `files-only`', async () => {
      const { shadow } = await open(
        '<snap-connection><snap-sender files-only></snap-sender></snap-connection>',
      );
      expect(button(shadow, 'Snap').checkVisibility()).to.be.false;
      expect(button(shadow, 'Snap & Send').checkVisibility()).to.be.false;
      expect(button(shadow, 'Choose files').checkVisibility()).to.be.true;
    });

    it('Russian where the page is Russian', async () => {
      const { hub, element, shadow } = await open(
        '<div lang="ru"><snap-connection><snap-sender></snap-sender></snap-connection></div>',
      );
      hub.change({ state: 'connected', peers: [1, 2, 3, 4, 5].map(() => fakePeer('')) });
      await element.updateComplete;
      expect(button(shadow, 'Снять и отправить')).to.exist;
      expect(shadow.querySelector('[part=status]')!.textContent).to.contain('5 устройств');
    });
  });

  describe('announces', () => {
    it('deliveries and failures, once, and no progress', async () => {
      const { hub, element, shadow } = await open();
      const good = fakeTransfer('sending', { name: 'a.jpg', to: ['sending'] });
      const bad = fakeTransfer('sending', { name: 'b.jpg' });
      hub.change({ transfers: [good, bad] });
      await element.updateComplete;
      good.progress(500_000);
      hub.change({});
      await element.updateComplete;
      expect(said(shadow)).to.equal('');
      good.progress(
        1_000_000,
        good.recipients.map((each) => ({ ...each, state: 'delivered' })),
      );
      good.move('delivered');
      hub.change({});
      await element.updateComplete;
      expect(said(shadow)).to.equal('a.jpg: Delivered');
      bad.move('failed', new SnapError('transfer-declined'));
      hub.change({});
      await element.updateComplete;
      expect(said(shadow)).to.match(/^b\.jpg: The other side declined/);
    });

    it('that everything has arrived, and names that a person would use', async () => {
      const { hub, element, shadow } = await open();
      const names = ['photo-2026-11-26-06-14-18-761.jpg', 'Survey.pdf'];
      const transfers = names.map((name) => fakeTransfer('sending', { name, to: ['sending'] }));
      hub.change({ transfers });
      await element.updateComplete;
      for (const transfer of transfers) transfer.move('delivered');
      hub.change({});
      await element.updateComplete;
      expect(said(shadow)).to.match(
        /^Photo, 6:14:18.AM: Delivered\. Survey\.pdf: Delivered\. Both arrived: you can close this page\.$/,
      );
    });

    it('new pending items, but not those that a hub had before', async () => {
      const { hub, element, shadow } = await open();
      const photo = await fakePhoto(30);
      hub.change({ pending: [photo] });
      await element.updateComplete;
      expect(said(shadow)).to.equal('Ready to send: 1.');
      element.remove();
      hub.append(element);
      await element.updateComplete;
      expect(said(shadow)).to.equal('Ready to send: 1.');
      hub.change({ pending: [photo, await fakePhoto(60)] });
      await element.updateComplete;
      expect(said(shadow)).to.equal('Ready to send: 2.');
    });
  });

  it('keeps the focus in the list when an item is removed', async () => {
    const { hub, element, shadow } = await open();
    const items = ['a.txt', 'b.txt', 'c.txt'].map((name) => fakeItem(text(name)));
    hub.change({ pending: items });
    await element.updateComplete;
    button(shadow, 'Remove b.txt').focus();
    hub.change({ pending: [items[0]!, items[2]!] });
    await element.updateComplete;
    expect(nameOf(shadow.activeElement)).to.equal('Remove c.txt');
    hub.change({ pending: [] });
    await element.updateComplete;
    expect(nameOf(shadow.activeElement)).to.equal('Choose files');
  });

  it('says what its hub could not read or keep, until that is over or more is added', async () => {
    const { hub, element, shadow } = await open();
    const alert = (): string => shadow.querySelector('[role=alert]')!.textContent;
    const transfer = fakeTransfer('sending', { to: ['sending'] });
    hub.change({ transfers: [transfer] });
    const fail = async (code: SnapErrorCode): Promise<void> => {
      hub.dispatchEvent(new SnapErrorEvent(new SnapError(code)));
      await Promise.resolve();
      await element.updateComplete;
    };
    hub.addEventListener('snap-error', (event) => event.preventDefault(), { once: true });
    await fail('storage-full');
    expect(alert().trim(), 'the page says it').to.equal('');
    await fail('storage-full');
    await fail('source-unreadable');
    expect(alert()).to.contain('This device is low on space').and.to.contain('could not be read');
    await fail('camera-busy');
    transfer.move('delivered');
    hub.change({});
    await element.updateComplete;
    expect(alert()).to.not.contain('low on space');
    element.dispatchEvent(drag('drop', carrying(text())));
    await element.updateComplete;
    expect(alert().trim()).to.equal('');
  });

  it('says that there is no hub, and dispatches `snap-error` when it is used', async () => {
    const { element, shadow } = await open('<snap-sender></snap-sender>');
    expect(shadow.querySelector('[role=alert]')!.textContent).to.contain('belongs to no room');
    const errors: SnapErrorEvent[] = [];
    element.addEventListener('snap-error', (event) => errors.push(event));
    button(shadow, 'Snap').click();
    expect(errors.map(({ error }) => error.code)).to.deep.equal(['connection-missing']);
  });

  it('stops listening once it is removed', async () => {
    const { hub, element } = await open();
    expect(hub.attached.has(element)).to.be.true;
    element.remove();
    expect(hub.attached.size).to.equal(0);
    expect(hub.listeners.size).to.equal(0);
    const over = drag('dragover', carrying(text()));
    element.dispatchEvent(over);
    expect(over.defaultPrevented).to.be.false;
  });
});
