import { expect, oneEvent } from '@open-wc/testing';
// A classic script in its package: as a module it leaves its function in the global scope.
import 'jsqr';
import '../../../src/define/snap-invite.js';
import type { SnapInvite } from '../../../src/elements/snap-invite/snap-invite.js';
import { SnapError } from '../../../src/errors.js';
import { SnapErrorEvent } from '../../../src/events.js';
import { button, page } from '../support/fixture.js';
import type { FakeHub } from '../../../demo/fake-hub.js';

const ROOM = 'https://photos.example.org/#snap=abcdefghijklmnopqrstuvwxyz';

const open = (
  markup = '<snap-connection><snap-invite></snap-invite></snap-connection>',
): Promise<{ hub: FakeHub; element: SnapInvite; shadow: ShadowRoot }> => page(markup, 'snap-invite');

const address = (shadow: ShadowRoot): HTMLInputElement => shadow.querySelector('input')!;
const said = (shadow: ShadowRoot): string => shadow.querySelector('[role=status]')!.textContent.trim();

declare const jsQR: (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null;

/** What a phone reads from the code, at the size that is shown. */
async function scan(code: SVGSVGElement): Promise<string | undefined> {
  const side = Math.round(code.getBoundingClientRect().width);
  const copy = code.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('width', String(side));
  copy.setAttribute('height', String(side));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const context = new OffscreenCanvas(side, side).getContext('2d')!;
  // Around the code it is as dark as a page can be.
  context.fillRect(0, 0, side, side);
  context.drawImage(image, 0, 0);
  return jsQR(context.getImageData(0, 0, side, side).data, side, side)?.data;
}

/** Replaces a property of `navigator` for one test. */
function replace(key: 'clipboard' | 'share', value: unknown): void {
  Object.defineProperty(navigator, key, { value, configurable: true });
}

describe('<snap-invite>', () => {
  afterEach(() => {
    for (const key of ['clipboard', 'share']) Reflect.deleteProperty(navigator, key);
  });

  describe('passes the accessibility audit', () => {
    it('with an address', async () => {
      const { element } = await open();
      await expect(element).to.be.accessible();
    });

    it('while a peer cannot be reached, and says so beside the code', async () => {
      const { hub, element, shadow } = await open();
      expect(shadow.querySelector('[part=notice]')).to.be.null;
      hub.change({ error: new SnapError('relay-refused') });
      await element.updateComplete;
      expect(shadow.querySelector('[part=notice]')!.textContent).to.contain('Somebody is here');
      expect(shadow.querySelector('[part=qr]')).not.to.be.null;
      await expect(element).to.be.accessible();
    });

    it('while the room is not ready', async () => {
      const { hub, element } = await open();
      hub.change({ inviteUrl: '' });
      await element.updateComplete;
      await expect(element).to.be.accessible();
    });

    it('without a hub', async () => {
      const { element } = await open('<snap-invite></snap-invite>');
      await expect(element).to.be.accessible();
    });
  });

  it('shows the address as text, as a link and as a QR code that is readable on a dark page', async () => {
    const { element, shadow } = await open('<snap-connection><snap-invite></snap-invite></snap-connection>');
    expect(element.url).to.equal(ROOM);
    expect(address(shadow).value).to.equal(ROOM);
    expect(address(shadow).readOnly).to.be.true;
    expect((button(shadow, 'Open in a new tab') as HTMLAnchorElement).href).to.equal(ROOM);
    const code = shadow.querySelector<SVGSVGElement>('[part=qr]')!;
    expect(code.getBoundingClientRect().width).to.be.at.least(180);
    expect(code.ariaLabel).to.equal('QR code of the address of this room');
    expect(await scan(code)).to.equal(ROOM);
  });

  it('follows the hub into another room', async () => {
    const { hub, element, shadow } = await open();
    const other = ROOM.replace('abc', 'xyz');
    hub.change({ inviteUrl: other });
    await element.updateComplete;
    expect(address(shadow).value).to.equal(other);
    expect(await scan(shadow.querySelector<SVGSVGElement>('[part=qr]')!)).to.equal(other);
  });

  // claim: #invite-href-carries-code
  it('links to the page in `href`, with the room code', async () => {
    const { element } = await open(
      '<snap-connection><snap-invite href="/camera?ui=big#top"></snap-invite></snap-connection>',
    );
    expect(element.url).to.equal(
      new URL('/camera?ui=big#snap=abcdefghijklmnopqrstuvwxyz', document.baseURI).href,
    );
  });

  it('has no QR code with `no-qr`', async () => {
    const { shadow } = await open('<snap-connection><snap-invite no-qr></snap-invite></snap-connection>');
    expect(shadow.querySelector('svg[role=img]')).to.be.null;
    expect(address(shadow).value).to.equal(ROOM);
  });

  it('shows an address that is too long for a QR code', async () => {
    const { hub, element, shadow } = await open();
    const endless = `${ROOM}&${'x'.repeat(5000)}`;
    hub.change({ inviteUrl: endless });
    await element.updateComplete;
    expect(shadow.querySelector('svg[role=img]')).to.be.null;
    expect(address(shadow).value).to.equal(endless);
  });

  it('says that the room is not ready, or that there is no hub', async () => {
    const { hub, element, shadow } = await open();
    hub.change({ inviteUrl: '' });
    await element.updateComplete;
    expect(shadow.querySelector('[part=empty]')!.textContent.trim()).to.equal('The room isn’t ready yet.');
    expect(element.matches(':state(ready)')).to.be.false;
    element.connectionId = '';
    await element.updateComplete;
    expect(shadow.querySelector('[part=empty]')!.textContent).to.contain('belongs to no room');
  });

  for (const [code, words, inviteUrl] of [
    ['room-in-use', 'already in this room', ''],
    ['room-code-invalid', 'no valid room code', ''],
    ['room-full', 'The room is full', ROOM],
    ['server-refused', 'turned this page away', ROOM],
  ] as const) {
    it(`says why there is no room to invite to: ${code}`, async () => {
      const { hub, element, shadow } = await open();
      hub.change({ state: 'failed', error: new SnapError(code), inviteUrl });
      await element.updateComplete;
      expect(shadow.querySelector('[part=empty]')!.textContent).to.contain(words);
      expect(shadow.querySelectorAll('[part=qr], [part=address], [part=open]')).to.have.lengthOf(0);
      expect(element.matches(':state(ready)')).to.be.false;
      await expect(element).to.be.accessible();
      hub.change({ state: 'waiting', error: null, inviteUrl: ROOM });
      await element.updateComplete;
      expect(address(shadow).value).to.equal(ROOM);
    });
  }

  describe('lets a person', () => {
    it('copy the address, with visible and announced confirmation', async () => {
      const copied: string[] = [];
      replace('clipboard', { writeText: async (text: string) => copied.push(text) });
      const { element, shadow } = await open();
      button(shadow, 'Copy link').click();
      await Promise.resolve();
      await element.updateComplete;
      expect(copied).to.deep.equal([ROOM]);
      expect(button(shadow, 'Link copied')).to.exist;
      expect(said(shadow)).to.equal('Link copied');
      button(shadow, 'Link copied').dispatchEvent(new FocusEvent('blur'));
      await element.updateComplete;
      expect(button(shadow, 'Copy link')).to.exist;
    });

    for (const [why, clipboard] of [
      ['where there is no clipboard, as on plain-HTTP pages', undefined],
      [
        'where the browser refuses',
        { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
      ],
    ] as const) {
      it(`copy the address by hand ${why}: the address is selected`, async () => {
        replace('clipboard', clipboard);
        const { element, shadow } = await open();
        const selected = oneEvent(address(shadow), 'select');
        button(shadow, 'Copy link').click();
        await selected;
        await element.updateComplete;
        const { selectionStart, selectionEnd } = address(shadow);
        expect([selectionStart, selectionEnd]).to.deep.equal([0, ROOM.length]);
        expect(shadow.activeElement === address(shadow)).to.be.true;
        expect(said(shadow)).to.equal('Link selected: now copy it');
      });
    }

    it('share the address, where the browser can', async () => {
      const shared: unknown[] = [];
      replace('share', async (data: ShareData) => shared.push(data));
      const { shadow } = await open();
      button(shadow, 'Share').click();
      expect(shared).to.deep.equal([{ url: ROOM }]);
    });

    it('read why sharing failed, and close the share sheet without an error', async () => {
      replace('share', () => Promise.reject(new DOMException('closed', 'AbortError')));
      const { element, shadow } = await open();
      const errors: string[] = [];
      element.addEventListener('snap-error', ({ error }) => errors.push(error.code));
      button(shadow, 'Share').click();
      replace('share', () => Promise.reject(new DOMException('no', 'DataError')));
      const failed = oneEvent(element, 'snap-error');
      button(shadow, 'Share').click();
      expect(await failed).to.be.instanceOf(SnapErrorEvent);
      await element.updateComplete;
      expect(errors).to.deep.equal(['share-failed']);
      expect(shadow.querySelector('[role=alert]')!.textContent).to.contain('couldn’t share');
    });
  });

  it('speaks Russian where the page is Russian', async () => {
    const { shadow } = await open(
      '<div lang="ru"><snap-connection><snap-invite></snap-invite></snap-connection></div>',
    );
    expect(button(shadow, 'Скопировать ссылку')).to.exist;
  });

  it('stops listening once it is removed', async () => {
    const { hub, element } = await open();
    expect(hub.attached.has(element)).to.be.true;
    element.remove();
    expect(hub.attached.size).to.equal(0);
    expect(hub.listeners.size).to.equal(0);
  });
});
