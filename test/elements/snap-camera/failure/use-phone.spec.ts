import { elementUpdated, expect } from '@open-wc/testing';
import { fakeItem, fakePeer } from '../../../../demo/fake-hub.js';
import type { FakeHub } from '../../../../demo/fake-hub.js';
import type { SnapCamera } from '../../../../src/elements/snap-camera/snap-camera.js';
import '../../../../src/define/snap-camera.js';
import { qrCode } from '../../../../src/elements/shared/qr-code.js';
import { codeOf } from '../../support/camera-page.js';
import { FakeDevices, fakeSurroundings } from '../../support/fake-camera.js';
import { button, page } from '../../support/fixture.js';
import { waitUntil } from '../../../support/wait-until.js';

describe('“Use your phone instead” opens a dialog', () => {
  let devices: FakeDevices;
  let hub: FakeHub;
  let camera: SnapCamera;
  const dialog = (): HTMLDialogElement => camera.shadowRoot!.querySelector('dialog')!;
  const words = (): string => dialog().textContent.replace(/\s+/g, ' ');
  const way = (): HTMLElement => camera.shadowRoot!.querySelector('[part=use-phone]')!;
  const changed = async (state: Parameters<FakeHub['change']>[0]): Promise<void> => {
    hub.change(state);
    await elementUpdated(camera);
  };
  const open = async (): Promise<void> => {
    way().focus();
    way().click();
    await elementUpdated(camera);
    expect(dialog().open).to.be.true;
  };

  beforeEach(async () => {
    devices = new FakeDevices();
    fakeSurroundings(devices);
    devices.refuse('NotFoundError');
    const markup = '<snap-connection><snap-camera></snap-camera></snap-connection>';
    ({ hub, element: camera } = await page(markup, 'snap-camera'));
    await codeOf(camera.start());
    await elementUpdated(camera);
  });
  afterEach(() => devices.restore());

  it('with the invitation as a code and as a link, and passes the audit', async () => {
    await open();
    expect(dialog().matches(':modal')).to.be.true;
    expect(dialog().querySelector('.qr path')!.getAttribute('d')).to.equal(qrCode(hub.inviteUrl)!.path);
    expect(dialog().querySelector('input')!.value).to.equal(hub.inviteUrl);
    expect(words()).to.contain('Scan this code');
    await expect(camera).to.be.accessible();
    camera.lang = 'ru';
    camera.requestUpdate();
    await elementUpdated(camera);
    expect(words()).not.to.match(/[A-Za-z]{3}/);
    await expect(camera).to.be.accessible();
  });

  it('to the page that the hub’s invitation names for phones', async () => {
    const phoneUrl = 'https://photos.example.org/phone.html#snap=abcdefghijklmnopqrstuvwxyz';
    hub.namedUrl = phoneUrl;
    await open();
    expect(dialog().querySelector('.qr path')!.getAttribute('d')).to.equal(qrCode(phoneUrl)!.path);
    expect(dialog().querySelector('input')!.value).to.equal(phoneUrl);
  });

  it('without a code that would have a phone open itself', async () => {
    await changed({ inviteUrl: 'http://localhost:8000/#snap=abcdefghijklmnopqrstuvwxyz' });
    await open();
    expect(dialog().querySelector('.qr') === null).to.be.true;
    expect(words()).to.contain('works on this computer only');
    expect(dialog().querySelector('input')!.value).to.contain('localhost');
    await expect(camera).to.be.accessible();
  });

  it('whose link can be copied', async () => {
    let copied = '';
    devices.replace(navigator, 'clipboard', {
      writeText: (text: string) => Promise.resolve(void (copied = text)),
    });
    await open();
    button(dialog(), 'Copy link').click();
    await Promise.resolve();
    await elementUpdated(camera);
    expect(copied).to.equal(hub.inviteUrl);
    expect(dialog().querySelector('[role=status]')!.textContent).to.contain('Link copied');
  });

  it('whose link is selected where the browser has no clipboard, as on a plain-HTTP page', async () => {
    devices.replace(navigator, 'clipboard', undefined);
    await open();
    button(dialog(), 'Copy link').click();
    await waitUntil(() => dialog().textContent.includes('Link selected: now copy it'));
    await elementUpdated(camera);
    expect(camera.shadowRoot!.activeElement?.getAttribute('part')).to.equal('address');
  });

  it('that keeps the focus when a phone joins and what had it goes', async () => {
    await open();
    button(dialog(), 'Copy link').focus();
    await changed({ peers: [fakePeer('Phone')] });
    expect(camera.shadowRoot!.activeElement?.getAttribute('part')).to.equal('use-phone-close');
  });

  it('that the close button and Escape close, with the focus back on the way out', async () => {
    for (const close of [
      () => button(dialog(), 'Close').click(),
      // What Escape does; a script cannot press it.
      () => dialog().close(),
    ]) {
      await open();
      const closed = new Promise((resolve) => dialog().addEventListener('close', resolve, { once: true }));
      close();
      await closed;
      await elementUpdated(camera);
      expect(dialog().open).to.be.false;
      expect(dialog().textContent.trim()).to.equal('');
      expect(camera.shadowRoot!.activeElement === way()).to.be.true;
    }
  });

  it('that keeps Escape from the page', async () => {
    await open();
    let heard = 0;
    const hears = (): unknown => (heard += 1);
    document.addEventListener('keydown', hears);
    for (const key of ['Escape', 'a'])
      dialog().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    document.removeEventListener('keydown', hears);
    expect(heard).to.equal(1);
  });

  it('that says when a phone has joined, and closes when something of it has arrived', async () => {
    const old = fakePeer('Desk');
    await changed({ peers: [old] });
    await open();
    const phone = fakePeer('Phone');
    await changed({ peers: [old, phone] });
    expect(words()).to.contain('Your phone is connected');
    expect(dialog().querySelector('[role=status]')!.textContent).to.contain('Your phone is connected');
    expect(dialog().querySelector('.qr') === null).to.be.true;
    await expect(camera).to.be.accessible();

    const from = ({ id, name }: typeof phone) => ({ id, name });
    const ofOld = fakeItem(new File([''], 'a'), { from: from(old) });
    await changed({ received: [ofOld] });
    expect(dialog().open, 'open after something of another').to.be.true;
    await changed({ received: [fakeItem(new File([''], 'b'), { from: from(phone) }), ofOld] });
    expect(dialog().open).to.be.false;
  });

  it('that shows the code again when the phone has left', async () => {
    await open();
    await changed({ peers: [fakePeer('Phone')] });
    await changed({ peers: [] });
    expect(dialog().querySelector('.qr') === null).to.be.false;
  });

  const endings: Record<string, () => void> = {
    'the invitation ends': () => hub.change({ inviteUrl: '' }),
    'the camera is removed': () => camera.remove(),
    'something around it is hidden': () => hub.toggleAttribute('hidden', true),
    'something around it becomes inert': () => hub.toggleAttribute('inert', true),
  };
  for (const [what, act] of Object.entries(endings))
    it(`that closes when ${what}, so that the page is not blocked`, async () => {
      await open();
      const closed = new Promise((resolve) => dialog().addEventListener('close', resolve, { once: true }));
      act();
      await closed;
      expect(dialog().open).to.be.false;
    });

  it('and is gone with the invitation', async () => {
    await changed({ inviteUrl: '' });
    expect(camera.shadowRoot!.querySelector('[part=use-phone]') === null).to.be.true;
  });
});
