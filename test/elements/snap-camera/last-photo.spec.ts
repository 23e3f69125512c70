import { elementUpdated, expect, oneEvent } from '@open-wc/testing';
import { fakePhoto, fakeTransfer } from '../../../demo/fake-hub.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import {
  SnapCancelRequestEvent,
  type SnapCapturedEvent,
  SnapRemoveRequestEvent,
  SnapRetryRequestEvent,
  SnapSendRequestEvent,
} from '../../../src/events.js';
import type { SnapItem } from '../../../src/item.js';
import type { Transfer } from '../../../src/transfer/transfer.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import { button, names } from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { asked, page } from '../support/fixture.js';

describe('the last photo of <snap-camera>', () => {
  let devices: FakeDevices;
  let camera: SnapCamera;
  let hub: FakeHub;

  beforeEach(async () => {
    devices = new FakeDevices();
    devices.answer(() => Promise.resolve(stillCamera()));
    const made = await page(
      '<snap-connection><snap-camera shutter="snap"></snap-camera></snap-connection>',
      'snap-camera',
    );
    ({ element: camera, hub } = made);
    await camera.start();
    await elementUpdated(camera);
  });
  afterEach(() => devices.restore());

  const last = (): HTMLElement | null => camera.shadowRoot!.querySelector<HTMLElement>('.last');
  const filled = (): string | null | undefined =>
    camera.shadowRoot!.querySelector('.filled')?.getAttribute('stroke-dasharray');

  async function snap(): Promise<SnapItem> {
    const captured = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
    button(camera, 'Snap').click();
    const { item } = await captured;
    hub.change({ pending: [...hub.pending, item] });
    await elementUpdated(camera);
    return item;
  }

  async function sent(transfer: Transfer): Promise<void> {
    hub.change({ pending: [], transfers: [transfer] });
    await elementUpdated(camera);
  }

  it('is not there before the first', () => {
    expect(last()).to.be.null;
  });

  it('shows the photo, and how many wait', async () => {
    await snap();
    await snap();
    expect(last()!.querySelector('img')!.src).to.match(/^blob:/);
    expect(last()!.querySelector('.mark')!.textContent.trim()).to.equal('2');
    await expect(camera).to.be.accessible();
  });

  it('fills a ring while photos are sent, and does not turn it back when the first has arrived', async () => {
    const one = fakeTransfer('sending', { to: ['sending'] });
    const two = fakeTransfer('sending', { to: ['sending'] });
    hub.change({ transfers: [one, two] });
    await elementUpdated(camera);
    one.progress(500_000);
    two.progress(250_000);
    hub.change({});
    await elementUpdated(camera);
    expect(filled()).to.equal('0.375 2');
    one.move('delivered');
    hub.change({});
    await elementUpdated(camera);
    expect(filled()).to.equal('0.625 2');
    expect(last()!.ariaLabel).to.contain('63');
  });

  it('ends in a tick once the other side has it, which is announced', async () => {
    const { id } = await snap();
    const transfer = fakeTransfer('sending', { id, to: ['sending'] });
    await sent(transfer);
    expect(last()!.querySelector('.tick')).to.be.null;
    transfer.move('delivered');
    hub.change({});
    await elementUpdated(camera);
    expect(last()!.querySelector('.tick')).to.exist;
    expect(last()!.ariaLabel).to.contain('Delivered');
    expect(camera.shadowRoot!.querySelector('[role=status]')!.textContent).to.contain('Delivered');
  });

  it('says that a photo was not delivered', async () => {
    const { id } = await snap();
    await sent(fakeTransfer('failed', { id, error: 'peer-unreachable' }));
    expect(last()!.querySelector('.failure')).to.exist;
    expect(last()!.ariaLabel).to.contain('Not delivered');
  });

  it('is there while the camera is off, as sending goes on', async () => {
    await snap();
    camera.stop();
    await elementUpdated(camera);
    expect(last()).to.exist;
  });

  describe('looked at', () => {
    async function look(): Promise<void> {
      last()!.focus();
      last()!.click();
      await elementUpdated(camera);
    }

    it('fills the frame, has the focus, and passes the audit', async () => {
      await snap();
      await look();
      expect(camera.shadowRoot!.querySelector('.exhibit img')).to.exist;
      expect(names(camera)).to.deep.equal(['Close', 'Retake', 'Send']);
      expect(camera.shadowRoot!.activeElement!.textContent).to.contain('Send');
      await expect(camera).to.be.accessible();
    });

    it('closes by Escape, and gives the focus back', async () => {
      await snap();
      await look();
      const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
      camera.shadowRoot!.querySelector('.review')!.dispatchEvent(escape);
      await elementUpdated(camera);
      expect(camera.shadowRoot!.activeElement).to.have.class('last');
    });

    it('is removed by Retake', async () => {
      const item = await snap();
      await look();
      button(camera, 'Retake').click();
      const requests = await asked(hub, SnapRemoveRequestEvent);
      expect(requests.map(({ subject }) => subject)).to.deep.equal([item]);
      hub.change({ pending: [] });
      await elementUpdated(camera);
      expect(last()).to.be.null;
    });

    it('is sent by Send', async () => {
      const item = await snap();
      await look();
      button(camera, 'Send').click();
      expect((await asked(hub, SnapSendRequestEvent)).map(({ items }) => items)).to.deep.equal([[item]]);
    });

    it('can be cancelled while it is sent, and sent again when that has failed', async () => {
      const { id } = await snap();
      const transfer = fakeTransfer('sending', { id, to: ['sending'] });
      await sent(transfer);
      await look();
      button(camera, 'Cancel').click();
      expect((await asked(hub, SnapCancelRequestEvent)).map((each) => each.transfer)).to.deep.equal([
        transfer,
      ]);
      transfer.move('failed');
      hub.change({});
      await elementUpdated(camera);
      button(camera, 'Retry').click();
      expect((await asked(hub, SnapRetryRequestEvent)).map((each) => each.transfer)).to.deep.equal([
        transfer,
      ]);
    });

    it('can be looked at after a reload, when only its transfer is known', async () => {
      const { preview } = await fakePhoto(20);
      await sent(fakeTransfer('sending', { preview, to: ['sending'] }));
      await look();
      expect(names(camera)).to.deep.equal(['Close', 'Cancel']);
    });
  });
});
