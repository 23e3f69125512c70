import { aTimeout, elementUpdated, expect, html, oneEvent } from '@open-wc/testing';
import type { SnapErrorCode } from '../../../src/errors.js';
import type { SnapErrorEvent } from '../../../src/events.js';
import type { SnapItem } from '../../../src/item.js';
import {
  button,
  choose,
  codeOf,
  live,
  names,
  picture,
  placed,
  stream,
  words,
} from '../support/camera-page.js';
import { FakeDevices, fakeSurroundings, stillCamera } from '../support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

describe('<snap-camera> that fails', () => {
  let devices: FakeDevices;

  beforeEach(() => (devices = new FakeDevices()));
  afterEach(() => devices.restore());

  describe('failed', () => {
    const again = ['Try again', 'Choose a file'];

    beforeEach(() => fakeSurroundings(devices));

    describe('distinguishes a denied permission from a dismissed prompt', () => {
      const denied = 'Permission denied';
      const dismissed = 'Permission dismissed';
      const firefox = 'The request is not allowed by the user agent or the platform in the current context.';
      const table: [message: string, state: PermissionState | null, code: SnapErrorCode, words: string][] = [
        [denied, 'denied', 'camera-denied', 'blocked for this site'],
        [denied, 'granted', 'camera-denied', 'blocked for this site'],
        [denied, 'prompt', 'camera-dismissed', 'The question about the camera was closed'],
        [denied, null, 'camera-denied', 'The camera was not allowed'],
        // Chromium blocks a site whose question was closed three times.
        [dismissed, 'denied', 'camera-denied', 'blocked for this site'],
        [dismissed, 'prompt', 'camera-dismissed', 'The question about the camera was closed'],
        [dismissed, null, 'camera-dismissed', 'The question about the camera was closed'],
        [firefox, 'denied', 'camera-denied', 'blocked for this site'],
        [firefox, 'prompt', 'camera-dismissed', 'The question about the camera was closed'],
        [firefox, null, 'camera-denied', 'The camera was not allowed'],
        ['', null, 'camera-denied', 'The camera was not allowed'],
        ['Permission denied by system', 'prompt', 'camera-denied-by-system', 'settings of your device'],
      ];
      for (const [message, state, code, sentence] of table) {
        for (const mode of ['photo', 'audio', 'video'] as const) {
          it(`“${message}” while the permission is ${String(state)}, for ${mode}: ${code}`, async () => {
            devices.refuse('NotAllowedError', message);
            if (state) devices.permission(state);
            else
              devices.replace(navigator.permissions, 'query', () => Promise.reject(new TypeError('unknown')));
            const camera = await placed(html`<snap-camera mode=${mode}></snap-camera>`);
            expect(await codeOf(camera.start())).to.equal(code);
            await elementUpdated(camera);
            const device = mode === 'audio' ? 'microphone' : 'camera';
            expect(words(camera)).to.contain(sentence.replace('camera', device));
            expect(names(camera)).to.deep.equal(again);
            expect(words(camera).includes('Allow.')).to.equal(code === 'camera-denied');
            camera.lang = 'ru';
            camera.requestUpdate();
            await elementUpdated(camera);
            expect(words(camera)).not.to.match(/[A-Za-z]{3}/);
          });
        }
      }

      it('asks again on “Try again”', async () => {
        const permission = devices.permission('prompt');
        let allowed = false;
        devices.answer(() =>
          allowed
            ? Promise.resolve(stillCamera())
            : Promise.reject(new DOMException(dismissed, 'NotAllowedError')),
        );
        const camera = await placed();
        expect(await codeOf(camera.start())).to.equal('camera-dismissed');
        await elementUpdated(camera);
        await expect(camera).to.be.accessible();
        allowed = true;
        permission.change('granted');
        button(camera, 'Try again').click();
        await waitUntil(() => camera.matches(':state(live)'), '');
      });
    });

    it('dispatches one error for several failed calls', async () => {
      devices.refuse('NotFoundError');
      const camera = await placed();
      let told = 0;
      camera.addEventListener('snap-error', () => (told += 1));
      const codes = await Promise.all([codeOf(camera.snap()), codeOf(camera.start()), codeOf(camera.snap())]);
      expect(codes).to.deep.equal(['camera-missing', 'camera-missing', 'camera-missing']);
      expect(told).to.equal(1);
    });

    it('shows no message when the page cancels the error', async () => {
      devices.refuse('NotFoundError');
      const camera = await placed();
      camera.addEventListener('snap-error', (event) => event.preventDefault());
      await codeOf(camera.start());
      await elementUpdated(camera);
      expect(names(camera)).to.deep.equal(['Turn on camera']);
    });

    it('starts on “Try again”', async () => {
      let attempts = 0;
      devices.answer(() => {
        attempts += 1;
        return attempts === 1
          ? Promise.reject(new DOMException('', 'NotFoundError'))
          : Promise.resolve(stillCamera());
      });
      const camera = await placed();
      await codeOf(camera.start());
      await elementUpdated(camera);
      button(camera, 'Try again').click();
      await waitUntil(() => camera.matches(':state(live)'), '');
    });

    it('starts on its own once the camera is allowed in the browser’s settings', async () => {
      let allowed = false;
      devices.answer(() =>
        allowed ? Promise.resolve(stillCamera()) : Promise.reject(new DOMException('', 'NotAllowedError')),
      );
      const permission = devices.permission('denied');
      const camera = await placed();
      await codeOf(camera.start());
      allowed = true;
      await aTimeout(0);
      permission.change('granted');
      await waitUntil(() => camera.matches(':state(live)'), '');
    });

    it('retries a busy camera without constraints', async () => {
      devices.answer(({ video }) =>
        video === true
          ? Promise.resolve(stillCamera())
          : Promise.reject(new DOMException('', 'NotReadableError')),
      );
      const camera = await placed();
      await camera.start();
      expect(devices.asked).to.have.lengthOf(2);
    });

    it('reports that the camera was unplugged, and starts again', async () => {
      const camera = await live();
      const told = oneEvent(camera, 'snap-error') as unknown as Promise<SnapErrorEvent>;
      stream(camera).getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
      expect((await told).error.code).to.equal('camera-unplugged');
      await elementUpdated(camera);
      expect(names(camera)).to.deep.equal(again);
      await expect(camera).to.be.accessible();
      button(camera, 'Try again').click();
      await waitUntil(() => camera.matches(':state(live)'), '');
    });

    it('accepts files in place of photos, and keeps their names and types', async () => {
      devices.refuse('NotFoundError');
      const camera = await placed();
      await codeOf(camera.start());
      await elementUpdated(camera);
      const announced: SnapItem[] = [];
      camera.addEventListener('snap-captured', ({ item }) => announced.push(item));
      const png = await picture('image/png');
      choose(camera, [
        new File([png], 'Дача.png', { type: 'image/png' }),
        new File(['%PDF-'], 'bill.pdf', { type: 'application/pdf' }),
      ]);
      await waitUntil(() => announced.length === 2);
      expect(announced.map(({ kind, file }) => [kind, file.name, file.type])).to.deep.equal([
        ['photo', 'Дача.png', 'image/png'],
        ['file', 'bill.pdf', 'application/pdf'],
      ]);
    });

    it('opens the file chooser from its button', async () => {
      devices.refuse('NotFoundError');
      const camera = await placed();
      await codeOf(camera.start());
      await elementUpdated(camera);
      const input = camera.shadowRoot!.querySelector('input')!;
      const clicked = oneEvent(input, 'click');
      button(camera, 'Choose a file').click();
      await clicked;
      expect(input.accept).to.equal('image/*');
    });
  });

  describe('where the browser blocks reading a canvas', () => {
    beforeEach(() => {
      const noise = (_x: number, _y: number, width: number, height: number): ImageData =>
        new ImageData(new Uint8ClampedArray(width * height * 4).fill(255), width, height);
      devices.replace(OffscreenCanvasRenderingContext2D.prototype, 'getImageData', noise);
    });

    it('falls back to the photo that the camera itself takes', async () => {
      const camera = await live();
      const item = await camera.snap();
      const picture = await createImageBitmap(item.file);
      expect([item.width, item.height]).to.deep.equal([picture.width, picture.height]);
      expect(item.preview).to.be.null;
    });
  });

  it('reports a photo that could not be encoded, and stays on', async () => {
    const camera = await live();
    devices.replace(OffscreenCanvas.prototype, 'convertToBlob', () =>
      Promise.reject(new DOMException('', 'EncodingError')),
    );
    const told = oneEvent(camera, 'snap-error') as unknown as Promise<SnapErrorEvent>;
    expect(await codeOf(camera.snap())).to.equal('capture-failed');
    expect((await told).error.code).to.equal('capture-failed');
    await elementUpdated(camera);
    expect(camera.shadowRoot!.querySelector('[role=alert]')!.textContent).to.contain('couldn’t be taken');
    expect(camera.matches(':state(live)')).to.be.true;
  });
});
