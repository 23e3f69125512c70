import { elementUpdated, expect, fixture } from '@open-wc/testing';
import { FakeHub } from '../../../../demo/fake-hub.js';
import type { SnapErrorCode } from '../../../../src/errors.js';
import type { SnapCamera } from '../../../../src/elements/snap-camera/snap-camera.js';
import '../../../../src/define/snap-camera.js';
import { codeOf, stream } from '../../support/camera-page.js';
import { FakeDevices, fakeSurroundings, stillCamera } from '../../support/fake-camera.js';
import type { FakeSurroundings } from '../../support/fake-camera.js';
import { waitUntil } from '../../../support/wait-until.js';

FakeHub.define();

const PHONE = 'Use your phone instead';
const APP = 'Take a photo';
const AGAIN = 'Try again';
const FILE = 'Choose a file';
const LINK = 'Copy link';
const TAB = 'Open in a tab of its own';
/** The browser's own button, whose text is the browser's. */
const ALLOW = '<camera>';

/** Where the camera fails: with a hub or without, on which device, in which browser. */
const PLACES = {
  'on a desktop': { hub: false },
  'on a desktop with an invitation': { hub: true },
  'on a phone': { hub: true, handheld: true },
  'where the browser asks again by a button of its own': { hub: true, asksAgain: true },
  'in a frame': { hub: true, framed: true },
  'in a frame on a phone': { hub: true, framed: true, handheld: true },
} satisfies Record<string, FakeSurroundings & { hub: boolean }>;

interface Failure {
  readonly code: SnapErrorCode;
  /** Parts of its texts. */
  readonly en: string;
  readonly ru: string;
  /** The ways out, the main one first. Where a place is missing, they are those of `usual`. */
  readonly ways: Partial<Record<keyof typeof PLACES, readonly string[]>>;
  /** Makes the camera fail, and resolves when it has. */
  readonly fail: (devices: FakeDevices, camera: SnapCamera) => Promise<unknown>;
}

const refused =
  (name: string, message: string, state: PermissionState = 'denied') =>
  (devices: FakeDevices, camera: SnapCamera): Promise<unknown> => {
    devices.permission(state);
    devices.refuse(name, message);
    return codeOf(camera.start());
  };

const without =
  (object: () => object, name: string, value?: unknown) =>
  (devices: FakeDevices, camera: SnapCamera): Promise<unknown> => {
    devices.replace(object(), name, value);
    return codeOf(camera.start());
  };

const streams: MediaStream[] = [];

/** Turns the camera on. */
async function on(devices: FakeDevices, camera: SnapCamera): Promise<void> {
  devices.answer(() => {
    streams.push(stillCamera());
    return Promise.resolve(streams.at(-1)!);
  });
  await camera.start();
}

/** Where the person has to do something before it can work: elsewhere first. */
const elsewhereFirst = {
  'on a desktop': [AGAIN, FILE],
  'on a desktop with an invitation': [PHONE, AGAIN, FILE],
  'on a phone': [APP, AGAIN, FILE],
};
/** Where it may well work the next time. */
const againFirst = {
  'on a desktop': [AGAIN, FILE],
  'on a desktop with an invitation': [AGAIN, PHONE, FILE],
  'on a phone': [AGAIN, APP, FILE],
};
const never = {
  'on a desktop': [FILE],
  'on a desktop with an invitation': [PHONE, FILE],
  'on a phone': [APP, FILE],
};

const FAILURES: Record<string, Failure> = {
  'the person refuses': {
    code: 'camera-denied',
    en: 'blocked for this site',
    ru: 'заблокирована',
    ways: {
      ...elsewhereFirst,
      'where the browser asks again by a button of its own': [ALLOW, PHONE, FILE],
    },
    fail: refused('NotAllowedError', 'Permission denied'),
  },
  'the person refuses, or closes the question, and the browser does not tell which': {
    code: 'camera-denied',
    en: 'was not allowed',
    ru: 'не получен',
    ways: againFirst,
    fail(devices, camera) {
      devices.replace(navigator.permissions, 'query', () => Promise.reject(new TypeError('unknown')));
      devices.refuse('NotAllowedError');
      return codeOf(camera.start());
    },
  },
  'the person closes the question': {
    code: 'camera-dismissed',
    en: 'The question about the camera was closed',
    ru: 'Вопрос о камере закрыт',
    ways: {
      ...againFirst,
      'where the browser asks again by a button of its own': [AGAIN, PHONE, FILE],
    },
    fail: refused('NotAllowedError', 'Permission dismissed', 'prompt'),
  },
  'the system refuses': {
    code: 'camera-denied-by-system',
    en: 'settings of your device',
    ru: 'Настройки устройства',
    ways: elsewhereFirst,
    fail: refused('NotAllowedError', 'Permission denied by system'),
  },
  'a policy of the page forbids it': {
    code: 'camera-blocked-by-policy',
    en: 'isn’t allowed to use the camera',
    ru: 'не разрешена камера',
    ways: { ...never, 'in a frame': [TAB, PHONE, FILE], 'in a frame on a phone': [APP, TAB, FILE] },
    fail: without(() => document, 'featurePolicy', { allowsFeature: () => false }),
  },
  'the page is not secure': {
    code: 'camera-insecure',
    en: 'only on secure pages',
    ru: 'только на защищённых страницах',
    ways: never,
    fail: without(() => window, 'isSecureContext', false),
  },
  'there is none': {
    code: 'camera-missing',
    en: 'No camera was found',
    ru: 'Камера не найдена',
    ways: elsewhereFirst,
    fail: refused('NotFoundError', 'Requested device not found'),
  },
  'another program uses it': {
    code: 'camera-busy',
    en: 'Another program',
    ru: 'другой программой',
    ways: againFirst,
    fail: refused('NotReadableError', 'Could not start video source'),
  },
  'it is unplugged while it is on': {
    code: 'camera-unplugged',
    en: 'was disconnected',
    ru: 'отключилась',
    ways: againFirst,
    async fail(devices, camera) {
      await on(devices, camera);
      stream(camera).getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    },
  },
  'the browser has none for pages': {
    code: 'camera-unsupported',
    en: 'can’t be used in this browser',
    ru: 'В этом браузере камера недоступна',
    ways: {
      'on a desktop': [FILE, LINK],
      'on a desktop with an invitation': [PHONE, FILE, LINK],
      'on a phone': [APP, FILE, LINK],
    },
    fail: without(() => navigator, 'mediaDevices'),
  },
  'the browser alters photos': {
    code: 'capture-blocked',
    en: 'Privacy protection',
    ru: 'Защита приватности',
    ways: {
      'on a desktop': [FILE, AGAIN],
      'on a desktop with an invitation': [PHONE, FILE, AGAIN],
      'on a phone': [APP, FILE, AGAIN],
    },
    async fail(devices, camera) {
      const noise = (_x: number, _y: number, width: number, height: number): ImageData =>
        new ImageData(new Uint8ClampedArray(width * height * 4).fill(255), width, height);
      devices.replace(OffscreenCanvasRenderingContext2D.prototype, 'getImageData', noise);
      devices.replace(window, 'ImageCapture', undefined);
      await on(devices, camera);
      await codeOf(camera.snap());
    },
  },
};

const MARKUP = {
  true: '<snap-connection><snap-camera></snap-camera></snap-connection>',
  false: '<section><snap-camera></snap-camera></section>',
};

/** The names of the ways out on the poster, in their order. */
function waysOf(camera: SnapCamera): string[] {
  const controls = camera.shadowRoot!.querySelectorAll('.poster :is(button, a, .allow)');
  return [...controls].map((each) =>
    each.matches('.allow') ? `<${each.localName}>` : each.textContent.replace(/\s+/g, ' ').trim(),
  );
}

const mainWays = (camera: SnapCamera): number =>
  camera.shadowRoot!.querySelectorAll('.poster :is(.primary, .allow)').length;

const message = (camera: SnapCamera): string =>
  camera.shadowRoot!.querySelector('[part=notice]')!.textContent.replace(/\s+/g, ' ').trim();

describe('a camera that cannot be used', () => {
  let devices: FakeDevices;
  beforeEach(() => {
    devices = new FakeDevices();
    streams.length = 0;
  });
  afterEach(() => devices.restore());

  for (const [what, { code, en, ru, ways, fail }] of Object.entries(FAILURES)) {
    describe(`because ${what}`, () => {
      for (const [place, expected] of Object.entries(ways) as [keyof typeof PLACES, string[]][]) {
        it(`says so ${place}, and offers: ${expected.join(', ')}`, async () => {
          const { hub, ...around } = { ...PLACES[place] };
          fakeSurroundings(devices, around);
          const root = await fixture<HTMLElement>(MARKUP[`${hub}`]);
          const camera = root.querySelector('snap-camera')!;
          let told: SnapErrorCode | undefined;
          camera.addEventListener('snap-error', ({ error }) => (told = error.code));
          await fail(devices, camera);
          await elementUpdated(camera);
          expect(told).to.equal(code);
          expect(camera.matches(':state(failed)')).to.be.true;
          expect(message(camera)).to.contain(
            place.includes('asks again') && code === 'camera-denied' ? 'blocked' : en,
          );
          expect(waysOf(camera)).to.deep.equal(expected);
          expect(mainWays(camera), 'main ways out').to.equal(1);
          const tracks = streams.flatMap((each) => each.getTracks());
          expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(tracks.map(() => 'ended'));
          await expect(camera).to.be.accessible();

          camera.lang = 'ru';
          camera.requestUpdate();
          await elementUpdated(camera);
          expect(message(camera)).to.contain(ru);
          expect(waysOf(camera)).to.have.lengthOf(expected.length);
        });
      }
    });
  }

  it('leaves files to the button of another element that is in sight, for as long as it is', async () => {
    fakeSurroundings(devices);
    const root = await fixture<FakeHub>(MARKUP.true);
    const camera = root.querySelector('snap-camera')!;
    root.filesBeside = true;
    await refused('NotFoundError', '')(devices, camera);
    await elementUpdated(camera);
    expect(waysOf(camera)).to.deep.equal([PHONE, AGAIN]);
    await expect(camera).to.be.accessible();
    root.filesBeside = false;
    root.deviceChanged();
    await elementUpdated(camera);
    expect(waysOf(camera)).to.deep.equal([PHONE, AGAIN, FILE]);
  });

  it('says where to allow it, by name of the setting, after a refusal', async () => {
    fakeSurroundings(devices);
    for (const [mode, setting] of [
      ['photo', 'Camera'],
      ['audio', 'Microphone'],
    ] as const) {
      const camera = await fixture<SnapCamera>(`<snap-camera mode=${mode}></snap-camera>`);
      await refused('NotAllowedError', 'Permission denied')(devices, camera);
      await elementUpdated(camera);
      expect(message(camera)).to.contain(setting);
    }
  });

  it('offers a microphone no camera app', async () => {
    fakeSurroundings(devices, { handheld: true });
    const camera = await fixture<SnapCamera>('<snap-camera mode="audio"></snap-camera>');
    await refused('NotFoundError', '')(devices, camera);
    await elementUpdated(camera);
    expect(waysOf(camera)).to.deep.equal([AGAIN, FILE]);
  });

  it('takes a photo from the camera app, one at a time, and a clip for video', async () => {
    fakeSurroundings(devices, { handheld: true });
    for (const [mode, name, accept] of [
      ['photo', APP, 'image/*'],
      ['video', 'Record a video', 'video/*'],
    ] as const) {
      const camera = await fixture<SnapCamera>(`<snap-camera mode=${mode}></snap-camera>`);
      await refused('NotFoundError', '')(devices, camera);
      await elementUpdated(camera);
      const input = camera.shadowRoot!.querySelector<HTMLInputElement>('input.app')!;
      let opened = 0;
      input.addEventListener('click', (event) => {
        opened += 1;
        event.preventDefault();
      });
      const button = camera.shadowRoot!.querySelector<HTMLElement>('[part=take-photo]')!;
      expect(button.textContent.replace(/\s+/g, ' ').trim()).to.equal(name);
      button.click();
      expect(opened).to.equal(1);
      expect([input.accept, input.getAttribute('capture'), input.multiple]).to.deep.equal([
        accept,
        'environment',
        false,
      ]);
    }
  });

  it('adds the photo that the camera app took', async () => {
    fakeSurroundings(devices, { handheld: true });
    const camera = await fixture<SnapCamera>('<snap-camera></snap-camera>');
    await refused('NotAllowedError', 'Permission denied')(devices, camera);
    const names: string[] = [];
    camera.addEventListener('snap-captured', ({ item }) => names.push(item.file.name));
    const input = camera.shadowRoot!.querySelector<HTMLInputElement>('input.app')!;
    const chosen = new DataTransfer();
    chosen.items.add(new File(['%PDF-'], 'image.jpg', { type: 'image/jpeg' }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change'));
    await waitUntil(() => names.length === 1);
    expect(input.value).to.equal('');
  });

  it('opens this page and its room in a tab of its own', async () => {
    fakeSurroundings(devices, { framed: true });
    const root = await fixture<HTMLElement>(MARKUP.true);
    const camera = root.querySelector('snap-camera')!;
    await without(() => document, 'featurePolicy', { allowsFeature: () => false })(devices, camera);
    await elementUpdated(camera);
    const link = camera.shadowRoot!.querySelector<HTMLAnchorElement>('[part=own-tab]')!;
    expect([link.href, link.target, link.rel]).to.deep.equal([
      (root as FakeHub).inviteUrl,
      '_blank',
      'noopener',
    ]);
  });

  describe('copies the link for another browser', () => {
    let camera: SnapCamera;
    const link = (): HTMLElement => camera.shadowRoot!.querySelector('[part=copy-link]')!;
    const pressed = async (clipboard: unknown): Promise<void> => {
      fakeSurroundings(devices);
      devices.replace(navigator, 'clipboard', clipboard);
      camera = await fixture<SnapCamera>('<snap-camera></snap-camera>');
      await without(() => navigator, 'mediaDevices')(devices, camera);
      await elementUpdated(camera);
      link().click();
    };

    it('and says so', async () => {
      let copied = '';
      await pressed({ writeText: (text: string) => Promise.resolve(void (copied = text)) });
      await waitUntil(() => link().textContent.includes('Link copied'));
      expect(copied).to.equal(location.href);
    });

    it('or shows it, selected, where there is no clipboard', async () => {
      await pressed({ writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) });
      await waitUntil(() => camera.shadowRoot!.activeElement?.matches('input.address'));
      const field = camera.shadowRoot!.activeElement as HTMLInputElement;
      expect(field.value.slice(field.selectionStart!, field.selectionEnd!)).to.equal(location.href);
      expect(link().textContent).to.contain('now copy it');
      await expect(camera).to.be.accessible();
    });
  });

  describe('asks again by the browser’s own button', () => {
    for (const [mode, tag, type] of [
      ['photo', 'camera', 'track'],
      ['video', 'usermedia', 'stream'],
      ['audio', 'microphone', 'track'],
    ] as const)
      it(`<${tag}> for mode="${mode}", stops what that opened, and starts`, async () => {
        fakeSurroundings(devices, { asksAgain: true });
        const camera = await fixture<SnapCamera>(`<snap-camera mode=${mode}></snap-camera>`);
        await refused('NotAllowedError', 'Permission denied')(devices, camera);
        await elementUpdated(camera);
        const button = camera.shadowRoot!.querySelector(tag)!;
        devices.answer(() => {
          streams.push(stillCamera());
          return Promise.resolve(streams.at(-1)!);
        });
        const opened = stillCamera();
        Object.defineProperty(button, type, { value: type === 'stream' ? opened : opened.getTracks()[0] });
        button.dispatchEvent(new Event(type));
        await waitUntil(() => camera.matches(':state(live)'));
        expect(opened.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
      });

    it('and stays as it is when the person refuses again', async () => {
      fakeSurroundings(devices, { asksAgain: true });
      const camera = await fixture<SnapCamera>('<snap-camera></snap-camera>');
      await refused('NotAllowedError', 'Permission denied')(devices, camera);
      await elementUpdated(camera);
      const asked = devices.asked.length;
      camera.shadowRoot!.querySelector('camera')!.dispatchEvent(new Event('cancel'));
      await elementUpdated(camera);
      expect(devices.asked).to.have.lengthOf(asked);
      expect(camera.matches(':state(failed)')).to.be.true;
    });
  });
});
