import { elementUpdated, expect, fixture } from '@open-wc/testing';
import type { SnapCamera } from '../../../../src/elements/snap-camera/snap-camera.js';
import '../../../../src/define/snap-camera.js';
import { names, never, quietly, words } from '../../support/camera-page.js';
import { FakeDevices, fakeSurroundings } from '../../support/fake-camera.js';
import { waitUntil } from '../../../support/wait-until.js';

/** In ms: what the session calls slow. */
const SLOW = 8000;

describe('a camera that is long in starting', () => {
  let devices: FakeDevices;
  /** Lets the long time pass. */
  let pass: () => void;

  beforeEach(() => {
    devices = new FakeDevices();
    fakeSurroundings(devices, { handheld: true });
    const { setTimeout } = globalThis;
    devices.replace(globalThis, 'setTimeout', (run: () => void, delay?: number, ...more: unknown[]) =>
      delay === SLOW ? void (pass = run) : setTimeout(run, delay, ...more),
    );
  });
  afterEach(() => devices.restore());

  for (const [state, mode, early, late, russian] of [
    ['prompt', 'photo', 'Allow the camera', 'still waiting for your answer', 'ждёт ответа'],
    ['prompt', 'audio', 'Allow the microphone', 'still waiting for your answer', 'ждёт ответа'],
    ['granted', 'photo', 'Starting the camera', 'Perhaps your browser is asking', 'спрашивает о камере'],
    ['granted', 'audio', 'Starting the microphone', 'about the microphone', 'спрашивает о микрофоне'],
  ] as const)
    it(`says so after a while, for ${mode} while the permission is ${state}, and offers other ways`, async () => {
      devices.answer(never);
      devices.permission(state);
      const camera = await fixture<SnapCamera>(`<snap-camera mode=${mode}></snap-camera>`);
      quietly(camera.start());
      if (state === 'prompt') await waitUntil(() => camera.matches(':state(asking)'));
      await elementUpdated(camera);
      expect(words(camera)).to.contain(early).and.not.contain(late);
      expect(names(camera)).to.deep.equal(['Cancel']);
      pass();
      await waitUntil(() => names(camera).length > 1);
      expect(camera.shadowRoot!.querySelector('.poster [role=status]')!.textContent).to.contain(late);
      const app = mode === 'photo' ? ['Take a photo'] : [];
      expect(names(camera).map((name) => name.replace(/\s+/g, ' '))).to.deep.equal([
        'Cancel',
        ...app,
        'Choose a file',
      ]);
      await expect(camera).to.be.accessible();
      camera.lang = 'ru';
      camera.requestUpdate();
      await elementUpdated(camera);
      expect(words(camera)).to.contain(russian);
    });
});
