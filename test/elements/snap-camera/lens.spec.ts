import { elementUpdated, expect } from '@open-wc/testing';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import { button, live, names, video } from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

describe('what can be adjusted on the picture of <snap-camera>', () => {
  let devices: FakeDevices;
  /** What the camera was told, newest last. */
  let told: Record<string, unknown>[];

  beforeEach(() => {
    devices = new FakeDevices();
    told = [];
  });
  afterEach(() => devices.restore());

  /** A camera whose track has these capabilities. */
  async function camera(capabilities: object): Promise<SnapCamera> {
    const supported = () => ({ pointsOfInterest: true });
    devices.replace(navigator.mediaDevices, 'getSupportedConstraints', supported);
    devices.answer(() => {
      const made = stillCamera(640, 480);
      const [track] = made.getVideoTracks();
      Object.assign(track!, {
        getCapabilities: () => capabilities,
        getSettings: () => ({ facingMode: 'environment' }),
        applyConstraints: ({ advanced }: MediaTrackConstraints) => {
          told.push(...((advanced ?? []) as Record<string, unknown>[]));
          return Promise.resolve();
        },
      });
      return Promise.resolve(made);
    });
    return live();
  }

  function finger(element: SnapCamera, type: string, pointerId: number, x: number, y: number): void {
    const box = video(element).getBoundingClientRect();
    const at = { clientX: box.left + x * box.width, clientY: box.top + y * box.height };
    video(element).dispatchEvent(new PointerEvent(type, { pointerId, button: 0, ...at }));
  }

  it('offers nothing that the camera does not have', async () => {
    const element = await camera({});
    expect(names(element)).not.to.include('Light');
    expect(element.shadowRoot!.querySelector('.zoom')).to.be.null;
  });

  it('switches the light on and off', async () => {
    const element = await camera({ torch: true });
    expect(button(element, 'Light').ariaPressed).to.equal('false');
    button(element, 'Light').click();
    await waitUntil(() => button(element, 'Light').ariaPressed === 'true');
    button(element, 'Light').click();
    await waitUntil(() => button(element, 'Light').ariaPressed === 'false');
    expect(told.map(({ torch }) => torch)).to.deep.equal([true, false]);
  });

  it('zooms by a slider that says how far, and passes the audit', async () => {
    const element = await camera({ zoom: { min: 1, max: 4, step: 0.1 } });
    const slider = element.shadowRoot!.querySelector<HTMLInputElement>('.zoom input')!;
    slider.value = '2.5';
    slider.dispatchEvent(new Event('input'));
    await elementUpdated(element);
    expect(told.at(-1)!.zoom).to.equal(2.5);
    expect(slider.getAttribute('aria-valuetext')).to.equal('2.5×');
    await expect(element).to.be.accessible();
  });

  it('zooms by two fingers', async () => {
    const element = await camera({ zoom: { min: 1, max: 4, step: 0.1 } });
    finger(element, 'pointerdown', 1, 0.4, 0.5);
    finger(element, 'pointerdown', 2, 0.6, 0.5);
    finger(element, 'pointermove', 2, 0.8, 0.5);
    await elementUpdated(element);
    expect(told.at(-1)!.zoom).to.be.closeTo(2, 0.01);
  });

  it('focuses on what is tapped, and not after a pinch', async () => {
    const element = await camera({ focusMode: ['single-shot'], zoom: { min: 1, max: 4, step: 0.1 } });
    // Narrow enough for the picture to fill its frame.
    element.style.width = '400px';
    const points = (): unknown[] => told.flatMap(({ pointsOfInterest }) => pointsOfInterest ?? []);
    finger(element, 'pointerdown', 1, 0.25, 0.75);
    finger(element, 'pointerdown', 2, 0.75, 0.75);
    finger(element, 'pointerup', 2, 0.75, 0.75);
    expect(points()).to.be.empty;
    finger(element, 'pointercancel', 1, 0, 0);
    finger(element, 'pointerdown', 1, 0.25, 0.75);
    finger(element, 'pointerup', 1, 0.25, 0.75);
    await elementUpdated(element);
    const [{ x, y }] = points() as [{ x: number; y: number }];
    expect(x).to.be.closeTo(0.25, 0.02);
    expect(y).to.be.closeTo(0.75, 0.02);
  });

  it('lists the cameras where there are three or more, by the side they are on', async () => {
    const list = ['a', 'b', 'c'].map((deviceId) => ({
      kind: 'videoinput',
      deviceId,
      label: `camera2 0, facing ${deviceId === 'a' ? 'front' : 'back'}`,
      groupId: deviceId,
    }));
    devices.replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve(list));
    const element = await camera({});
    const menu = element.shadowRoot!.querySelector<HTMLSelectElement>('select')!;
    expect([...menu.options].map(({ label }) => label)).to.deep.equal(['Front', 'Back 1', 'Back 2']);
    menu.value = 'c';
    menu.dispatchEvent(new Event('change'));
    await waitUntil(() => devices.asked.length > 1);
    expect(JSON.stringify(devices.asked[1])).to.contain('"deviceId":{"exact":"c"}');
  });
});
