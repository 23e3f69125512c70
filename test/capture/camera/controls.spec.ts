import { expect } from '@open-wc/testing';
import { TrackControls } from '../../../src/capture/camera/controls.js';
import { FakeDevices } from '../../elements/support/fake-camera.js';

describe('the controls of a camera', () => {
  let devices: FakeDevices;
  let applied: unknown[];
  let changes: number;
  beforeEach(() => {
    devices = new FakeDevices();
    applied = [];
    changes = 0;
  });
  afterEach(() => devices.restore());

  function controls(capabilities: object, { settings = {}, refuses = false } = {}): TrackControls {
    const track = {
      getCapabilities: () => capabilities,
      getSettings: () => settings,
      getConstraints: () => ({ width: { ideal: 1920 }, advanced: [{ zoom: 9 }] }),
      applyConstraints: (constraints: unknown) => {
        applied.push(constraints);
        return refuses ? Promise.reject(new DOMException('', 'OverconstrainedError')) : Promise.resolve();
      },
    };
    return new TrackControls(track as unknown as MediaStreamTrack, () => (changes += 1));
  }

  const canFocus = (): void =>
    devices.replace(navigator.mediaDevices, 'getSupportedConstraints', () => ({ pointsOfInterest: true }));

  it('has none of what the device lacks, and does nothing when asked', async () => {
    canFocus();
    for (const capabilities of [
      {},
      { torch: false, zoom: { min: 1, max: 1 }, focusMode: ['none'] },
      { torch: [false], zoom: {} },
    ]) {
      const { torch, zoom, focusAt } = controls(capabilities);
      expect([torch, zoom, focusAt]).to.deep.equal([null, null, null]);
      expect(await controls(capabilities).setTorch(true)).to.be.false;
      expect(await controls(capabilities).setZoom(2)).to.be.false;
    }
    expect(applied).to.be.empty;
  });

  it('works on a track without capabilities', () => {
    const track = { getSettings: () => ({}) } as unknown as MediaStreamTrack;
    const { torch, zoom, focusAt } = new TrackControls(track, () => undefined);
    expect([torch, zoom, focusAt]).to.deep.equal([null, null, null]);
  });

  for (const torch of [true, [false, true]]) {
    it(`turns the light on and off where it is told as ${JSON.stringify(torch)}`, async () => {
      const found = controls({ torch });
      expect(found.torch).to.be.false;
      expect(await found.setTorch(true)).to.be.true;
      expect(found.torch).to.be.true;
      expect(await found.setTorch(false)).to.be.true;
      expect(found.torch).to.be.false;
      expect(changes).to.equal(2);
    });
  }

  it('zooms within the range, from where the camera is', async () => {
    const found = controls({ zoom: { min: 1, max: 8, step: 0.5 } }, { settings: { zoom: 2 } });
    expect(found.zoom).to.deep.equal({ min: 1, max: 8, step: 0.5, value: 2 });
    await found.setZoom(20);
    expect(found.zoom!.value).to.equal(8);
    await found.setZoom(-3);
    expect(found.zoom!.value).to.equal(1);
  });

  it('keeps the light on while it zooms and focuses, and what the camera was opened with', async () => {
    canFocus();
    const found = controls({
      torch: true,
      zoom: { min: 1, max: 4 },
      focusMode: ['continuous', 'single-shot'],
    });
    await found.setTorch(true);
    await found.setZoom(3);
    await found.focusAt!(0.25, 1.5);
    expect(applied.at(-1)).to.deep.equal({
      width: { ideal: 1920 },
      advanced: [{ torch: true, zoom: 3, focusMode: 'single-shot', pointsOfInterest: [{ x: 0.25, y: 1 }] }],
    });
  });

  it('shows what is, when the device refuses', async () => {
    const found = controls({ torch: true, zoom: { min: 1, max: 4 } }, { refuses: true });
    expect(await found.setTorch(true)).to.be.false;
    expect(await found.setZoom(2)).to.be.false;
    expect([found.torch, found.zoom!.value]).to.deep.equal([false, 1]);
  });
});
