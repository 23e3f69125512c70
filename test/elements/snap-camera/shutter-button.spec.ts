import { elementUpdated, expect, oneEvent } from '@open-wc/testing';
import { fakePhoto } from '../../../demo/fake-hub.js';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { SnapSendRequestEvent, type SnapCapturedEvent } from '../../../src/events.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import { button, names } from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { asked, page } from '../support/fixture.js';
import { waitUntil } from '../../support/wait-until.js';

describe('the shutter of <snap-camera>', () => {
  let devices: FakeDevices;

  beforeEach(() => {
    devices = new FakeDevices();
    devices.answer(() => Promise.resolve(stillCamera()));
  });
  afterEach(() => devices.restore());

  async function live(attributes: string): Promise<{ camera: SnapCamera; hub: FakeHub }> {
    const { element: camera, hub } = await page(
      `<snap-connection><snap-camera ${attributes}></snap-camera></snap-connection>`,
      'snap-camera',
    );
    await camera.start();
    await elementUpdated(camera);
    return { camera, hub };
  }

  /** Presses the shutter and resolves with the photo, once everything asked of the hub is there. */
  async function press(camera: SnapCamera, act: (shutter: HTMLElement) => void): Promise<SnapCapturedEvent> {
    const captured = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
    act(camera.shadowRoot!.querySelector<HTMLElement>('.shutter')!);
    const event = await captured;
    await elementUpdated(camera);
    return event;
  }

  const click = (shutter: HTMLElement): void => shutter.click();

  /** A finger that stays until the photo is taken, and is lifted then. */
  const hold = (shutter: HTMLElement): void => {
    shutter.dispatchEvent(new PointerEvent('pointerdown', { button: 0 }));
  };

  const table = [
    { shutter: 'snap', act: click, way: 'pressed', sent: false },
    { shutter: 'send', act: click, way: 'pressed', sent: true },
    { shutter: 'snap', act: hold, way: 'held', sent: true },
    { shutter: 'send', act: hold, way: 'held', sent: false },
  ] as const;
  for (const { shutter, act, way, sent } of table) {
    it(`takes a photo ${sent ? 'and sends it' : 'that waits'} when it is ${way}, with shutter="${shutter}"`, async () => {
      const { camera, hub } = await live(`shutter=${shutter}`);
      const { item } = await press(camera, act);
      const requests = await asked(hub, SnapSendRequestEvent);
      expect(requests.map(({ items }) => items)).to.deep.equal(sent ? [[item]] : []);
    });
  }

  it('takes one photo of a long press, although a click follows it', async () => {
    const { camera } = await live('shutter=snap');
    let photos = 0;
    camera.addEventListener('snap-captured', () => (photos += 1));
    await press(camera, hold);
    const shutter = camera.shadowRoot!.querySelector<HTMLElement>('.shutter')!;
    shutter.dispatchEvent(new PointerEvent('pointerup', { button: 0 }));
    shutter.dispatchEvent(new MouseEvent('click', { detail: 1 }));
    await press(camera, click);
    expect(photos).to.equal(2);
  });

  it('does not send a photo that the page keeps from the hub', async () => {
    const { camera, hub } = await live('shutter=send');
    camera.addEventListener('snap-captured', (event) => event.preventDefault());
    await press(camera, click);
    expect(await asked(hub, SnapSendRequestEvent)).to.be.empty;
  });

  it('is switched between sending and waiting by a toggle, for who cannot hold it', async () => {
    const { camera } = await live('shutter=snap');
    expect(names(camera)).to.include('Snap');
    expect(button(camera, 'Send at once').ariaPressed).to.equal('false');
    button(camera, 'Send at once').click();
    await elementUpdated(camera);
    expect(camera.shutter).to.equal('send');
    expect(names(camera)).to.include('Snap & Send');
    expect(button(camera, 'Send at once').ariaPressed).to.equal('true');
  });

  it('is there unless the page has Snap buttons elsewhere', async () => {
    const { camera, hub } = await live('');
    expect(names(camera)).to.include('Snap');
    hub.change({ snapButtons: true });
    await elementUpdated(camera);
    expect(names(camera)).not.to.include('Snap');
    camera.shutter = 'send';
    await elementUpdated(camera);
    expect(names(camera)).to.include('Snap & Send');
  });

  it('sends all that waits when asked to', async () => {
    const { camera, hub } = await live('shutter=snap');
    hub.change({ pending: [await fakePhoto(20), await fakePhoto(80)] });
    await elementUpdated(camera);
    button(camera, 'Send 2').click();
    expect((await asked(hub, SnapSendRequestEvent)).map(({ items }) => items)).to.deep.equal([null]);
  });

  it('becomes a button that cancels, while the countdown runs', async () => {
    const { camera } = await live('shutter=snap countdown=90');
    const shutter = camera.shadowRoot!.querySelector<HTMLElement>('.shutter')!;
    shutter.click();
    await waitUntil(() => camera.matches(':state(counting)'));
    await elementUpdated(camera);
    button(camera, 'Cancel').click();
    await waitUntil(() => !camera.matches(':state(counting)'));
    await elementUpdated(camera);
    expect(names(camera)).to.include('Snap');
  });
});
