import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import {
  button,
  codeOf,
  live,
  names,
  never,
  placed,
  promised,
  quietly,
  stream,
  words,
} from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

describe('<snap-camera> while it starts', () => {
  let devices: FakeDevices;

  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  describe('starting', () => {
    it('passes the accessibility audit', async () => {
      devices.answer(never);
      devices.permission('granted');
      const camera = await placed();
      quietly(camera.start());
      await elementUpdated(camera);
      expect(camera.matches(':state(starting)')).to.be.true;
      expect(words(camera)).to.contain('Starting the camera…');
      await expect(camera).to.be.accessible();
    });

    it('tells the person to allow the camera only while the browser asks', async () => {
      devices.answer(never);
      devices.permission('prompt');
      const camera = await placed();
      quietly(camera.start());
      await waitUntil(() => camera.matches(':state(asking)'));
      expect(words(camera)).to.contain('Allow the camera where your browser asks');
      await expect(camera).to.be.accessible();
    });

    it('can be cancelled, and stops a stream that arrives later', async () => {
      const late = promised<MediaStream>();
      devices.answer(() => late.promise);
      const camera = await placed();
      const started = camera.start();
      await elementUpdated(camera);
      button(camera, 'Cancel').click();
      expect(await codeOf(started)).to.equal('camera-not-ready');
      const stream = stillCamera();
      late.resolve(stream);
      await late.promise;
      expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    });

    it('stops a stream that arrives after the element was removed', async () => {
      const late = promised<MediaStream>();
      devices.answer(() => late.promise);
      const camera = await placed();
      const started = camera.start();
      camera.remove();
      expect(await codeOf(started)).to.equal('camera-not-ready');
      const stream = stillCamera();
      late.resolve(stream);
      await late.promise;
      expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    });

    it('makes one request for several simultaneous calls', async () => {
      devices.answer();
      const camera = await placed();
      await Promise.all([camera.start(), camera.start(), camera.snap(), camera.snap()]);
      await camera.start();
      expect(devices.asked).to.have.lengthOf(1);
    });

    it('makes one request when an attribute changes just before start()', async () => {
      devices.answer();
      const camera = await placed();
      camera.facing = 'environment';
      await camera.start();
      await elementUpdated(camera);
      expect(devices.asked).to.have.lengthOf(1);
    });

    it('takes a photo before its first rendering', async () => {
      devices.answer();
      const camera = document.createElement('snap-camera');
      (await fixture(html`<section></section>`)).append(camera);
      expect((await camera.snap()).width).to.be.above(0);
      expect(devices.asked).to.have.lengthOf(1);
    });

    it('requests a facing as a preference, not a requirement', async () => {
      devices.answer();
      const camera = await placed(html`<snap-camera facing="environment"></snap-camera>`);
      await camera.start();
      expect(JSON.stringify(devices.asked[0]))
        .to.contain('"facingMode":{"ideal":"environment"}')
        .and.not.contain('exact');
    });

    it('starts on its own with autostart, and again when it is reinserted', async () => {
      const camera = await placed(html`<snap-camera autostart></snap-camera>`);
      await waitUntil(() => camera.matches(':state(live)'), '');
      const parent = camera.parentElement!;
      camera.remove();
      await Promise.resolve();
      expect(camera.matches(':state(live)')).to.be.false;
      parent.append(camera);
      await waitUntil(() => camera.matches(':state(live)'), '');
    });
  });

  describe('paused by the device', () => {
    it('says that it is paused, passes the audit, and resumes on its own', async () => {
      const camera = await live();
      const [track] = stream(camera).getVideoTracks();
      track!.dispatchEvent(new Event('mute'));
      await elementUpdated(camera);
      expect(camera.matches(':state(paused)')).to.be.true;
      expect(names(camera)).to.deep.equal(['Try again']);
      await expect(camera).to.be.accessible();
      track!.dispatchEvent(new Event('unmute'));
      await elementUpdated(camera);
      expect(camera.matches(':state(live)')).to.be.true;
    });
  });
});
