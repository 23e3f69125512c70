import { elementUpdated, expect, html, oneEvent } from '@open-wc/testing';
import type { SnapCapturedEvent, SnapErrorEvent } from '../../../src/events.js';
import { button, codeOf, live, names, placed, stream, video, words } from '../support/camera-page.js';
import { FakeDevices } from '../support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

describe('<snap-camera> that records', () => {
  let devices: FakeDevices;

  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  describe('recording', () => {
    it('records video, and passes the audit meanwhile', async () => {
      const camera = await live(html`<snap-camera mode="video"></snap-camera>`);
      button(camera, 'Record video').click();
      await waitUntil(() => camera.matches(':state(recording)'));
      await elementUpdated(camera);
      expect(words(camera)).to.contain('Recording 0:00');
      await expect(camera).to.be.accessible();
      const announced = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
      button(camera, 'Stop recording').click();
      await waitUntil(() => names(camera).includes('Use it'));
      button(camera, 'Use it').click();
      const { item } = await announced;
      expect(item.kind).to.equal('video');
      expect(item.file.size).to.be.above(0);
      expect(item.file.type).to.match(/^video\/(mp4|webm)$/);
      expect(item.width).to.equal(video(camera).videoWidth);
    });

    it('shows how loud the sound of a video is, for as long as it is recorded', async () => {
      const camera = await live(html`<snap-camera mode="video"></snap-camera>`);
      const meter = (): HTMLCanvasElement | null =>
        camera.shadowRoot!.querySelector<HTMLCanvasElement>('[part=badge] canvas');
      /** How high the newest bar is, in pixels of the canvas. */
      const newest = (): number => {
        const { width, height } = meter()!;
        const { data } = meter()!
          .getContext('2d')!
          .getImageData(width - 40, 0, 40, height);
        const rows = Array.from({ length: height }, (_, row) =>
          data.subarray(row * 160, (row + 1) * 160).some((value) => value > 0),
        );
        return rows.filter(Boolean).length;
      };
      expect(meter() === null).to.be.true;
      await camera.record();
      await elementUpdated(camera);
      const silent = meter()!.height / 5;
      await waitUntil(() => newest() > silent, 'the beeps of the fake microphone are seen');
      expect(meter()!.clientHeight).to.be.below(24);
      button(camera, 'Pause recording').click();
      await waitUntil(() => newest() > 0 && newest() < silent, 'and not while it is paused');
      await expect(camera).to.be.accessible();
      await camera.stopRecording();
      await elementUpdated(camera);
      expect(meter() === null).to.be.true;
    });

    it('records sound without a picture', async () => {
      devices.answer();
      const camera = await live(html`<snap-camera mode="audio"></snap-camera>`);
      expect(devices.asked[0]).to.deep.equal({ video: false, audio: true });
      await expect(camera).to.be.accessible();
      await camera.record();
      const item = await camera.stopRecording();
      expect(item!.kind).to.equal('audio');
      expect(item!.file.type).to.match(/^audio\//);
    });

    it('stops on its own after max-duration', async () => {
      const camera = await live(html`<snap-camera mode="video" max-duration="0.2"></snap-camera>`);
      const announced = oneEvent(camera, 'snap-captured');
      await camera.record();
      await announced;
      expect(camera.matches(':state(recording)')).to.be.false;
    });

    it('keeps the recording when the camera is turned off', async () => {
      const camera = await live(html`<snap-camera mode="video"></snap-camera>`);
      const announced = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
      await camera.record();
      camera.stop();
      expect((await announced).item.file.size).to.be.above(0);
    });

    it('keeps the recording when the camera is unplugged, and reports both', async () => {
      const camera = await live(html`<snap-camera mode="video"></snap-camera>`);
      const announced = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
      const told = oneEvent(camera, 'snap-error') as unknown as Promise<SnapErrorEvent>;
      await camera.record();
      stream(camera).getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
      expect((await told).error.code).to.equal('camera-unplugged');
      expect((await announced).item.file.size).to.be.above(0);
    });

    it('keeps the recording when the recorder fails, and reports both', async () => {
      const camera = await live(html`<snap-camera mode="video"></snap-camera>`);
      const announced = oneEvent(camera, 'snap-captured') as unknown as Promise<SnapCapturedEvent>;
      const told = oneEvent(camera, 'snap-error') as unknown as Promise<SnapErrorEvent>;
      await camera.record();
      // A recorder gives up where a track is added to its stream.
      const more = await navigator.mediaDevices.getUserMedia({ video: true });
      stream(camera).addTrack(more.getVideoTracks()[0]!);
      expect((await announced).item.kind).to.equal('video');
      expect((await told).error.code).to.equal('recording-failed');
      await elementUpdated(camera);
      expect(words(camera)).to.contain('If something is missing, record again.');
      expect(camera.matches(':state(recording)')).to.be.false;
    });

    it('resolves with null when nothing is being recorded', async () => {
      const camera = await placed();
      expect(await camera.stopRecording()).to.be.null;
    });

    it('names the microphone in its error messages', async () => {
      devices.refuse('NotFoundError');
      const camera = await placed(html`<snap-camera mode="audio"></snap-camera>`);
      await codeOf(camera.start());
      await elementUpdated(camera);
      expect(words(camera)).to.contain('No microphone was found');
    });
  });
});
