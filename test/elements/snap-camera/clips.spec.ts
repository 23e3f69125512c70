import { elementUpdated, expect, oneEvent } from '@open-wc/testing';
import type { FakeHub } from '../../../demo/fake-hub.js';
import { SnapSendRequestEvent } from '../../../src/events.js';
import type { SnapItem } from '../../../src/item.js';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import { button, names, words } from '../support/camera-page.js';
import { FakeDevices } from '../support/fake-camera.js';
import { asked, page } from '../support/fixture.js';
import { waitUntil } from '../../support/wait-until.js';

describe('a clip of <snap-camera>', () => {
  let devices: FakeDevices;
  let camera: SnapCamera;
  let hub: FakeHub;
  let captured: SnapItem[];

  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  async function recorded(
    attributes: string,
    before = (_stop: HTMLElement): void => undefined,
  ): Promise<void> {
    ({ element: camera, hub } = await page(
      `<snap-connection><snap-camera ${attributes}></snap-camera></snap-connection>`,
      'snap-camera',
    ));
    captured = [];
    camera.addEventListener('snap-captured', ({ item }) => captured.push(item));
    await camera.start();
    await elementUpdated(camera);
    camera.shadowRoot!.querySelector<HTMLElement>('.shutter')!.click();
    await waitUntil(() => camera.matches(':state(recording)'));
    await elementUpdated(camera);
    const stop = button(camera, 'Stop recording');
    before(stop);
    stop.click();
    await waitUntil(() => names(camera).includes('Retake'), 'no preview');
  }

  for (const [mode, player] of [
    ['video', 'video'],
    ['audio', 'audio'],
  ] as const) {
    it(`of mode="${mode}" is played to its maker before anybody gets it`, async () => {
      await recorded(`mode=${mode} shutter=snap`);
      const exhibit = camera.shadowRoot!.querySelector<HTMLMediaElement>(`.exhibit > ${player}`)!;
      expect(exhibit.controls).to.be.true;
      expect(exhibit.src).to.match(/^blob:/);
      expect(captured).to.be.empty;
      await expect(camera).to.be.accessible();
    });
  }

  it('is handed over by Use it, and not sent with shutter="snap"', async () => {
    await recorded('mode=video shutter=snap');
    button(camera, 'Use it').click();
    await elementUpdated(camera);
    expect(captured.map(({ kind }) => kind)).to.deep.equal(['video']);
    expect(await asked(hub, SnapSendRequestEvent)).to.be.empty;
  });

  it('is sent with shutter="send"', async () => {
    await recorded('mode=video shutter=send');
    button(camera, 'Send').click();
    const requests = await asked(hub, SnapSendRequestEvent);
    expect(requests.map(({ items }) => items)).to.deep.equal([captured]);
  });

  it('has the focus on the button that keeps it, for who has stopped by keyboard', async () => {
    await recorded('mode=audio shutter=snap', (stop) => stop.focus());
    expect(camera.shadowRoot!.activeElement?.getAttribute('part')).to.equal('use');
  });

  it('is not held back because an earlier press has failed', async () => {
    ({ element: camera } = await page(
      '<snap-connection><snap-camera mode=audio shutter=snap max-duration=0.2></snap-camera></snap-connection>',
      'snap-camera',
    ));
    await camera.start();
    await elementUpdated(camera);
    devices.replace(window, 'MediaRecorder', undefined);
    const failed = oneEvent(camera, 'snap-error');
    button(camera, 'Record sound').click();
    await failed;
    devices.restore();
    const announced = oneEvent(camera, 'snap-captured');
    await camera.record();
    await announced;
  });

  it('is discarded by Retake', async () => {
    await recorded('mode=video shutter=send');
    button(camera, 'Retake').click();
    await elementUpdated(camera);
    expect(captured).to.be.empty;
    expect(names(camera)).to.include('Record video');
  });

  it('goes straight to the hub where the page has buttons of its own', async () => {
    ({ element: camera, hub } = await page(
      '<snap-connection><snap-camera mode="video" shutter="none"></snap-camera></snap-connection>',
      'snap-camera',
    ));
    await camera.record();
    const item = await camera.stopRecording();
    await elementUpdated(camera);
    expect(item!.kind).to.equal('video');
    expect(names(camera)).not.to.include('Retake');
  });

  it('pauses and goes on, and says so', async () => {
    ({ element: camera } = await page(
      '<snap-connection><snap-camera mode="audio" shutter="snap"></snap-camera></snap-connection>',
      'snap-camera',
    ));
    await camera.record();
    await elementUpdated(camera);
    button(camera, 'Pause recording').click();
    await waitUntil(() => words(camera).includes('Paused'));
    button(camera, 'Continue recording').click();
    await waitUntil(() => words(camera).includes('Recording 0:'));
    await camera.stopRecording();
  });
});
