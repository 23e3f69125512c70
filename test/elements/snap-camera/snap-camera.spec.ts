import { aTimeout, elementUpdated, expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { SnapCapturedEvent } from '../../../src/events.js';
import type { SnapItem } from '../../../src/item.js';
import {
  button,
  codeOf,
  live,
  names,
  pixels,
  placed,
  sameSize,
  stream,
  video,
  words,
} from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

describe('<snap-camera>', () => {
  let devices: FakeDevices;

  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  describe('turned off', () => {
    it('passes the accessibility audit', async () => {
      const camera = await placed();
      await expect(camera).to.be.accessible();
    });

    it('does not ask for permission', async () => {
      devices.answer();
      await placed();
      expect(devices.asked).to.be.empty;
    });

    it('turns on when its button is pressed', async () => {
      const camera = await placed();
      button(camera, 'Turn on camera').click();
      await waitUntil(() => camera.matches(':state(live)'), '');
    });

    it('explains the coming permission prompt, and that nothing is sent', async () => {
      const camera = await placed();
      expect(words(camera)).to.contain('Nothing is sent until you press Send');
    });

    it('shows no shutter before there is a picture to frame', async () => {
      const camera = await placed();
      expect(names(camera)).to.deep.equal(['Turn on camera']);
    });

    it('does not reflect default values', async () => {
      const camera = await placed();
      expect(camera.getAttributeNames()).to.be.empty;
    });
  });

  describe('live', () => {
    it('passes the accessibility audit', async () => {
      const camera = await live();
      await expect(camera).to.be.accessible();
    });

    it('shows the picture, and says that the camera is on', async () => {
      const camera = await live();
      expect(video(camera).videoWidth).to.be.above(0);
      expect(camera.shadowRoot!.querySelector('[role=status]')!.textContent).to.contain('Camera on');
    });

    it('takes a photo and dispatches it', async () => {
      const camera = await live();
      const announced = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
      const item = await camera.snap();
      expect((await announced).item).to.equal(item);
      expect(item.kind).to.equal('photo');
      expect(item.file.type).to.equal('image/jpeg');
      expect(item.file.name).to.match(/^photo-\d{4}(-\d\d){5}-\d{3}\.jpg$/);
      expect(item.imageData).to.be.null;
      expect(item.from).to.be.null;
      await sameSize(item, video(camera));
    });

    it('turns on for the first photo', async () => {
      const camera = await placed();
      const item = await camera.snap();
      expect(item.width).to.equal(video(camera).videoWidth);
      expect(camera.matches(':state(live)')).to.be.true;
    });

    it('resolves with the photo even if a listener has cancelled the event', async () => {
      const camera = await live();
      camera.addEventListener('snap-captured', (event) => event.preventDefault());
      expect((await camera.snap()).kind).to.equal('photo');
    });

    it('makes a preview of at most 8 KiB', async () => {
      const camera = await live();
      const { preview } = await camera.snap();
      expect(preview!.size).to.be.within(1, 8192);
      const picture = await createImageBitmap(preview!);
      expect(Math.max(picture.width, picture.height)).to.equal(160);
    });

    it('dispatches ten photos in the order of the calls, each with a name of its own', async () => {
      const camera = await live();
      const announced: SnapItem[] = [];
      camera.addEventListener('snap-captured', ({ item }) => announced.push(item));
      const items = await Promise.all(Array.from({ length: 10 }, () => camera.snap()));
      expect(announced).to.deep.equal(items);
      expect(new Set(items.map(({ file }) => file.name))).to.have.lengthOf(10);
      expect(new Set(items.map(({ id }) => id))).to.have.lengthOf(10);
    });

    for (const format of ['png', 'webp'] as const) {
      it(`encodes photos as ${format} when asked to`, async () => {
        const camera = await live(html`<snap-camera format=${format}></snap-camera>`);
        const item = await camera.snap();
        expect(item.file.type).to.equal(`image/${format}`);
        await sameSize(item, video(camera));
      });
    }

    it('scales photos down to max-edge', async () => {
      const camera = await live(html`<snap-camera max-edge="100"></snap-camera>`);
      const item = await camera.snap();
      expect(Math.max(item.width, item.height)).to.equal(100);
      const picture = await createImageBitmap(item.file);
      expect([picture.width, picture.height]).to.deep.equal([item.width, item.height]);
    });

    it('keeps every pixel with format="raw"', async () => {
      devices.answer(() => Promise.resolve(stillCamera(640, 480)));
      const camera = await live(html`<snap-camera format="raw"></snap-camera>`);
      const item = await camera.snap();
      const { width, height, data } = item.imageData!;
      expect([width, height, item.width, item.height]).to.deep.equal([640, 480, 640, 480]);
      expect(data).to.deep.equal(pixels(video(camera)).data);
      expect(item.file.type).to.equal('image/png');
      expect(pixels(await createImageBitmap(item.file)).data).to.deep.equal(data);
    });

    it('mirrors the preview of a front camera, and never the photo', async () => {
      devices.answer(() => Promise.resolve(stillCamera()));
      const camera = await live(html`<snap-camera format="raw"></snap-camera>`);
      expect(getComputedStyle(video(camera)).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
      const [red = 0, , blue = 0] = (await camera.snap()).imageData!.data;
      expect(red).to.be.above(blue);
    });

    it('does not mirror the preview of a rear camera', async () => {
      devices.answer(() => Promise.resolve(stillCamera()));
      const camera = await live(html`<snap-camera facing="environment"></snap-camera>`);
      expect(getComputedStyle(video(camera)).transform).to.equal('none');
    });

    it('counts down before the photo', async () => {
      const camera = await live(html`<snap-camera countdown="1"></snap-camera>`);
      const photo = camera.snap();
      await waitUntil(() => camera.matches(':state(counting)'));
      await elementUpdated(camera);
      expect(camera.shadowRoot!.querySelector('[part=count]')!.textContent).to.equal('1');
      await expect(camera).to.be.accessible();
      await photo;
      expect(camera.matches(':state(counting)')).to.be.false;
    });

    it('takes no photo when the countdown is cancelled, and stays on', async () => {
      const camera = await live(html`<snap-camera countdown="3"></snap-camera>`);
      const photo = camera.snap();
      await waitUntil(() => camera.matches(':state(counting)'));
      await elementUpdated(camera);
      button(camera, 'Cancel').click();
      expect(await codeOf(photo)).to.equal('camera-not-ready');
      expect(camera.matches(':state(live)')).to.be.true;
    });

    it('turns off when its button is pressed', async () => {
      const camera = await live();
      const [track] = stream(camera).getTracks();
      button(camera, 'Turn off camera').click();
      await elementUpdated(camera);
      expect(track!.readyState).to.equal('ended');
      expect(names(camera)).to.deep.equal(['Turn on camera']);
      expect(camera.shadowRoot!.querySelector('[role=status]')!.textContent).to.contain('Camera off');
    });

    it('turns off when it is removed', async () => {
      const camera = await live();
      const [track] = stream(camera).getTracks();
      camera.remove();
      await Promise.resolve();
      expect(track!.readyState).to.equal('ended');
    });

    it('stays on when it is only moved', async () => {
      devices.answer();
      const camera = await live();
      const [track] = stream(camera).getTracks();
      (await fixture(html`<section></section>`)).append(camera);
      await aTimeout(0);
      expect(track!.readyState).to.equal('live');
      expect(video(camera).paused).to.be.false;
      expect((await camera.snap()).width).to.be.above(0);
      expect(devices.asked).to.have.lengthOf(1);
    });

    it('keeps the focus when the pressed button disappears', async () => {
      const camera = await placed();
      const start = button(camera, 'Turn on camera');
      start.focus();
      start.click();
      await waitUntil(() => camera.matches(':state(live)'), '');
      await elementUpdated(camera);
      expect(camera.shadowRoot!.activeElement).to.have.class('frame');
    });

    it('turns on by the first press of a button in the page, and takes a photo by the next', async () => {
      const page = await fixture<HTMLElement>(
        html`<div>
          <snap-camera id="cam"></snap-camera>
          <button commandfor="cam" command="--snap">Cheese</button>
        </div>`,
      );
      const camera = page.querySelector('snap-camera')!;
      const announced = oneEvent(camera, 'snap-captured');
      page.querySelector('button')!.click();
      await waitUntil(() => camera.matches(':state(live)'));
      page.querySelector('button')!.click();
      await announced;
    });

    it('speaks the language of the page', async () => {
      const camera = await placed(html`<snap-camera lang="ru"></snap-camera>`);
      expect(names(camera)).to.deep.equal(['Включить камеру']);
      await camera.start();
      await elementUpdated(camera);
      expect(words(camera)).to.contain('Камера включена');
    });
  });

  describe('with several cameras', () => {
    beforeEach(() => {
      const list = ['a', 'b'].map((deviceId) => ({ kind: 'videoinput', deviceId, label: '', groupId: '' }));
      devices.replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve(list));
    });

    it('offers to switch between them', async () => {
      devices.answer(() => Promise.resolve(stillCamera()));
      const camera = await live();
      const [first] = stream(camera).getTracks();
      button(camera, 'Switch camera').click();
      await waitUntil(() => first!.readyState === 'ended' && camera.matches(':state(live)'));
      expect(JSON.stringify(devices.asked[1])).to.contain('"deviceId":{"exact":');
    });

    it('switches between front and back if the camera reports its facing', async () => {
      devices.answer(() => {
        const made = stillCamera();
        devices.replace(made.getVideoTracks()[0]!, 'getSettings', () => ({ facingMode: 'user' }));
        return Promise.resolve(made);
      });
      const camera = await live();
      await camera.flip();
      expect(camera.facing).to.equal('environment');
      expect(devices.asked).to.have.lengthOf(2);
      expect(JSON.stringify(devices.asked[1])).to.contain('"facingMode":{"ideal":"environment"}');
    });
  });
});
