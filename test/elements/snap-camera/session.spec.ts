import { expect } from '@open-wc/testing';
import { rememberCamera, rememberedCamera } from '../../../src/capture/camera/remembered.js';
import { CameraSession } from '../../../src/elements/snap-camera/session.js';
import type { CameraPhase } from '../../../src/elements/snap-camera/session.js';
import type { CameraRequest } from '../../../src/capture/camera/camera.js';
import type { SnapError } from '../../../src/errors.js';
import { codeOf, never, promised } from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';
import { waitUntil } from '../../support/wait-until.js';

/** A session that keeps what it was told, and the streams that were opened for it. */
class Desk {
  readonly devices = new FakeDevices();
  readonly phases: CameraPhase[] = [];
  readonly failures: SnapError[] = [];
  readonly streams: MediaStream[] = [];
  request: CameraRequest = { picture: true, sound: false, facing: 'user' };
  busy = false;
  /** The ids of the cameras that are connected. */
  cameras: string[] = ['a', 'b', 'c'];
  /** Their names, where they are others than the ids. */
  names: Readonly<Record<string, string>> = {};
  /** Whether the page learns of the cameras only once one was opened. */
  secretive = false;
  readonly session = new CameraSession({
    request: () => this.request,
    changed: () => {
      const { phase } = this.session;
      if (this.phases.at(-1) !== phase) this.phases.push(phase);
    },
    failed: (error) => this.failures.push(error) > 0,
    busy: () => this.busy,
  });

  constructor() {
    this.devices.answer(({ video }) => {
      const { deviceId } = (typeof video === 'object' ? video : {}) as { deviceId?: { exact?: string } };
      const id = deviceId?.exact ?? this.cameras[0];
      if (id === undefined) return Promise.reject(new DOMException('', 'NotFoundError'));
      if (!this.cameras.includes(id)) return Promise.reject(new OverconstrainedError('deviceId'));
      const stream = stillCamera();
      const [track] = stream.getVideoTracks();
      this.devices.replace(track!, 'getSettings', () => ({ deviceId: id }));
      this.devices.replace(track!, 'label', this.#nameOf(id));
      this.streams.push(stream);
      return Promise.resolve(stream);
    });
    this.devices.replace(navigator.mediaDevices, 'enumerateDevices', () =>
      Promise.resolve(
        this.cameras.map((id) =>
          this.secretive && this.streams.length === 0
            ? { kind: 'videoinput', deviceId: '', label: '', groupId: '' }
            : { kind: 'videoinput', deviceId: id, label: this.#nameOf(id), groupId: id },
        ),
      ),
    );
  }

  #nameOf(id: string): string {
    return this.names[id] ?? id;
  }

  get open(): string | undefined {
    return this.session.viewfinder.deviceId;
  }

  get running(): number {
    return this.streams.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === 'live')
      .length;
  }

  /** Hides or shows the page, as far as it can tell. */
  hide(hidden: boolean): void {
    this.devices.replace(document, 'hidden', hidden);
    document.dispatchEvent(new Event('visibilitychange'));
  }

  plug(...cameras: string[]): void {
    this.cameras = cameras;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }

  unplug(): void {
    this.streams.at(-1)!.getVideoTracks()[0]!.stop();
    this.streams.at(-1)!.getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
  }

  close(): void {
    this.session.stop();
    this.devices.restore();
  }
}

/** Replaces timers of at least a second by ones that the test runs. */
class Timers {
  readonly #waiting = new Map<number, () => void>();

  constructor(devices: FakeDevices) {
    const real = setTimeout.bind(window);
    const clear = clearTimeout.bind(window);
    let last = 1_000_000;
    devices.replace(window, 'setTimeout', (run: () => void, ms = 0) => {
      if (ms < 1000) return real(run, ms);
      last += 1;
      this.#waiting.set(last, run);
      return last;
    });
    devices.replace(window, 'clearTimeout', (id: number) => this.#waiting.delete(id) || clear(id));
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Runs all that are waiting now. */
  pass(): void {
    const due = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const run of due) run();
  }
}

/** Everything that needs no time has happened then. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('CameraSession', () => {
  let desk: Desk;

  beforeEach(() => (desk = new Desk()));
  afterEach(() => desk.close());

  describe('choosing a camera', () => {
    it('turns on the chosen camera, and lists all of them', async () => {
      await desk.session.start();
      expect(desk.session.viewfinder.cameras).to.deep.equal([
        { deviceId: 'a', label: 'a', facing: null },
        { deviceId: 'b', label: 'b', facing: null },
        { deviceId: 'c', label: 'c', facing: null },
      ]);
      expect(await desk.session.choose('c')).to.be.true;
      expect([desk.open, desk.session.phase, desk.running]).to.deep.equal(['c', 'live', 1]);
    });

    it('asks for nothing if it is on already', async () => {
      await desk.session.start();
      expect(await desk.session.choose('a')).to.be.true;
      expect(desk.devices.asked).to.have.lengthOf(1);
    });

    it('returns to the previous camera if the chosen one is gone', async () => {
      await desk.session.start();
      desk.cameras = ['a', 'c'];
      expect(await desk.session.choose('b')).to.be.false;
      expect([desk.open, desk.session.phase, desk.running]).to.deep.equal(['a', 'live', 1]);
    });

    it('is remembered by the next page, and forgotten by none that asks for the other side', async () => {
      await desk.session.start();
      await desk.session.choose('b');
      const b = { deviceId: 'b', label: 'b' };
      expect([rememberedCamera('user'), rememberedCamera('environment')]).to.deep.equal([b, undefined]);
      desk.session.stop();

      const next = new Desk();
      // A test begins with nothing remembered.
      rememberCamera('user', b);
      try {
        await next.session.start();
        expect(next.open).to.equal('b');
        next.session.stop();
        next.request = { ...next.request, facing: 'environment' };
        await next.session.start();
        expect(next.open).to.equal('a');
      } finally {
        next.close();
      }
    });

    it('stays when the mode changes, and asks a microphone for no camera', async () => {
      await desk.session.start();
      await desk.session.choose('b');
      desk.request = { ...desk.request, picture: false, sound: true };
      await desk.session.restart();
      expect(desk.devices.asked.at(-1)).to.deep.equal({ video: false, audio: true });
      desk.request = { ...desk.request, picture: true, sound: false };
      await desk.session.restart();
      expect(desk.open).to.equal('b');
    });

    it('takes another camera if the remembered one is gone', async () => {
      rememberCamera('user', { deviceId: 'gone', label: 'gone' });
      await desk.session.start();
      expect([desk.open, desk.session.phase]).to.deep.equal(['a', 'live']);
    });

    const renamed = { a: 'Front', b: 'Webcam', c: 'Back' };
    for (const { title, names = renamed, secretive = false, opened } of [
      { title: 'is found by its name where the browser has changed its id', opened: 'b' },
      { title: 'is found by its name where a page sees no camera before', secretive: true, opened: 'b' },
      { title: 'is not guessed where two have its name', names: { ...renamed, c: 'Webcam' }, opened: 'a' },
      { title: 'is not guessed where cameras have no names', names: { a: '', b: '', c: '' }, opened: 'a' },
    ])
      it(title, async () => {
        rememberCamera('user', { deviceId: 'of an earlier page', label: names.b });
        desk.names = names;
        desk.secretive = secretive;
        await desk.session.start();
        expect([desk.open, desk.session.phase, desk.running]).to.deep.equal([opened, 'live', 1]);
      });

    for (const written of ['b', 'null', '{}', '{"deviceId":1,"label":"b"}', '[]'])
      it(`is not taken from what others have written: ${written}`, async () => {
        localStorage.setItem('snaptrail-camera-user', written);
        await desk.session.start();
        expect([desk.open, desk.session.phase]).to.deep.equal(['a', 'live']);
      });

    it('works where the browser keeps nothing', async () => {
      const forbidden = (): never => {
        throw new DOMException('', 'SecurityError');
      };
      desk.devices.replace(Storage.prototype, 'getItem', forbidden);
      desk.devices.replace(Storage.prototype, 'setItem', forbidden);
      await desk.session.start();
      expect(await desk.session.choose('b')).to.be.true;
      desk.session.stop();
      await desk.session.start();
      expect(desk.open).to.equal('b');
    });
  });

  describe('while nobody sees the page', () => {
    it('releases the camera after a while, and takes it again when the page is seen', async () => {
      const timers = new Timers(desk.devices);
      await desk.session.start();
      desk.hide(true);
      timers.pass();
      expect([desk.session.phase, desk.running]).to.deep.equal(['paused', 0]);
      desk.hide(false);
      await waitUntil(() => desk.session.phase === 'live');
      expect([desk.open, desk.running, desk.failures.length]).to.deep.equal(['a', 1, 0]);
    });

    it('keeps it if the page is seen again soon', async () => {
      const timers = new Timers(desk.devices);
      await desk.session.start();
      desk.hide(true);
      desk.hide(false);
      timers.pass();
      expect([desk.session.phase, desk.running]).to.deep.equal(['live', 1]);
    });

    it('keeps it for a recording, and releases it once that is over', async () => {
      const timers = new Timers(desk.devices);
      await desk.session.start();
      desk.busy = true;
      desk.hide(true);
      timers.pass();
      expect([desk.session.phase, desk.running]).to.deep.equal(['live', 1]);
      desk.busy = false;
      timers.pass();
      expect([desk.session.phase, desk.running]).to.deep.equal(['paused', 0]);
    });

    it('stays off if it is turned off meanwhile', async () => {
      const timers = new Timers(desk.devices);
      await desk.session.start();
      desk.hide(true);
      timers.pass();
      desk.session.stop();
      desk.hide(false);
      expect([desk.session.phase, desk.devices.asked.length, timers.waiting]).to.deep.equal(['idle', 1, 0]);
    });

    it('takes a photo all the same when a script asks for one', async () => {
      const timers = new Timers(desk.devices);
      await desk.session.start();
      desk.hide(true);
      timers.pass();
      await desk.session.start();
      expect([desk.session.phase, desk.running]).to.deep.equal(['live', 1]);
    });
  });

  describe('after it was unplugged', () => {
    it('goes on by itself when it is back, and not for another camera', async () => {
      await desk.session.start();
      await desk.session.choose('b');
      desk.unplug();
      expect([desk.session.phase, desk.failures[0]?.code, desk.running]).to.deep.equal([
        'failed',
        'camera-unplugged',
        0,
      ]);
      const asked = desk.devices.asked.length;
      desk.plug('a', 'c');
      await nextTask();
      expect([desk.session.phase, desk.devices.asked.length]).to.deep.equal(['failed', asked]);
      desk.plug('a', 'b', 'c');
      await waitUntil(() => desk.session.phase === 'live');
      expect(desk.open).to.equal('b');
    });

    it('stays off if it was turned off meanwhile', async () => {
      await desk.session.start();
      desk.unplug();
      desk.session.stop();
      desk.plug('a', 'b');
      await nextTask();
      expect([desk.session.phase, desk.devices.asked.length]).to.deep.equal(['idle', 1]);
    });

    it('starts by itself when a camera is connected where there was none', async () => {
      desk.cameras = [];
      expect(await codeOf(desk.session.start())).to.equal('camera-missing');
      desk.plug('a');
      await waitUntil(() => desk.session.phase === 'live');
    });
  });

  describe('a start that takes long', () => {
    it('says so after a while, and no longer once it is over', async () => {
      const late = promised<MediaStream>();
      desk.devices.replace(navigator.mediaDevices, 'getUserMedia', () => late.promise);
      const timers = new Timers(desk.devices);
      const started = desk.session.start();
      expect(desk.session.slow).to.be.false;
      timers.pass();
      await nextTask();
      expect([desk.session.slow, desk.session.phase]).to.deep.equal([true, 'starting']);
      late.resolve(stillCamera());
      await started;
      expect([desk.session.slow, desk.session.phase]).to.deep.equal([false, 'live']);
    });

    it('is over when it is cancelled', async () => {
      desk.devices.replace(navigator.mediaDevices, 'getUserMedia', never);
      const timers = new Timers(desk.devices);
      const code = codeOf(desk.session.start());
      timers.pass();
      await nextTask();
      desk.session.stop();
      expect([await code, desk.session.slow, timers.waiting]).to.deep.equal(['camera-not-ready', false, 0]);
    });
  });

  it('stops a stream that arrives as the camera is turned off', async () => {
    const late = promised<MediaStream>();
    desk.devices.replace(navigator.mediaDevices, 'getUserMedia', () => late.promise);
    const code = codeOf(desk.session.start());
    const stream = stillCamera();
    late.resolve(stream);
    // Somewhere between the answer of the browser and the first frame.
    for (let step = 0; step < 3; step += 1) await Promise.resolve();
    desk.session.stop();
    expect(await code).to.equal('camera-not-ready');
    await nextTask();
    expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
  });
});
