import { elementUpdated, expect, html, oneEvent } from '@open-wc/testing';
import type { SnapCamera } from '../../../src/elements/snap-camera/snap-camera.js';
import type { SnapErrorEvent } from '../../../src/events.js';
import { codeOf, live, names, promised, stream, video, words } from '../support/camera-page.js';
import { FakeDevices, stillCamera } from '../support/fake-camera.js';

/** A camera as the browser reports it. */
interface Camera {
  readonly id: string;
  /** The facing it reports. */
  readonly facing?: 'user' | 'environment';
  readonly label?: string;
  readonly group?: string;
  /** If it is listed but fails to open: the name of the error. */
  readonly fails?: string;
}

describe('<snap-camera> that is switched', () => {
  let devices: FakeDevices;
  let cameras: readonly Camera[];
  /** The ids that were requested, as `exact` or `ideal`. */
  let asked: string[];
  /** The ids of the cameras that were opened. */
  let opened: string[];

  beforeEach(() => {
    devices = new FakeDevices();
    asked = [];
    opened = [];
    devices.answer(({ video: wanted }) => {
      const wish = typeof wanted === 'object' ? wanted : {};
      const device = (wish.deviceId ?? {}) as { exact?: string; ideal?: string };
      if (device.exact ?? device.ideal)
        asked.push(`${device.exact ? 'exact' : 'ideal'} ${device.exact ?? device.ideal}`);
      const facing = (wish.facingMode as { ideal?: string } | undefined)?.ideal;
      const camera = device.exact
        ? cameras.find(({ id }) => id === device.exact)
        : // As Chromium does: a device that is only wished for counts for little.
          (cameras.find((each) => each.facing !== undefined && each.facing === facing) ?? cameras[0]);
      if (!camera) return Promise.reject(new OverconstrainedError('deviceId'));
      if (camera.fails) return Promise.reject(new DOMException('', camera.fails));
      opened.push(camera.id);
      return Promise.resolve(streamOf(camera));
    });
    devices.replace(navigator.mediaDevices, 'enumerateDevices', () =>
      Promise.resolve(
        cameras.map(({ id, label = id, group = id }) => ({
          kind: 'videoinput',
          deviceId: id,
          label,
          groupId: group,
        })),
      ),
    );
  });
  afterEach(() => devices.restore());

  function streamOf({ id, facing, label = id }: Camera): MediaStream {
    const made = stillCamera();
    const [track] = made.getVideoTracks();
    devices.replace(track!, 'getSettings', () => ({ deviceId: id, ...(facing && { facingMode: facing }) }));
    devices.replace(track!, 'label', label);
    return made;
  }

  const open = (camera: SnapCamera): string | undefined =>
    stream(camera).getVideoTracks()[0]!.getSettings().deviceId;
  const mirrored = (camera: SnapCamera): boolean => video(camera).classList.contains('mirrored');

  async function press(camera: SnapCamera): Promise<string | undefined> {
    await camera.flip().catch(() => undefined);
    await elementUpdated(camera);
    return open(camera);
  }

  const a: Camera = { id: 'a' };
  const b: Camera = { id: 'b' };
  const c: Camera = { id: 'c' };
  const front: Camera = { id: 'front', facing: 'user' };
  const back: Camera = { id: 'back', facing: 'environment' };

  const table: [what: string, cameras: readonly Camera[], seen: string][] = [
    ['two that do not say which way they look', [a, b], 'a b a b'],
    ['three', [a, b, c], 'a b c a'],
    ['four, one of them a program’s', [a, b, c, { id: 'd', label: 'Virtual Camera' }], 'a b c d a'],
    ['the two sides of a phone', [front, back], 'front back front back'],
    [
      'a phone with two at its back',
      [front, back, { id: 'wide', facing: 'environment' }],
      'front back front back',
    ],
    ['one that looks at the person, and one that does not say', [front, b], 'front b front b'],
    ['two that both look at the person', [front, { id: 'other', facing: 'user' }], 'front other front'],
    ['one that is in use', [a, { ...b, fails: 'NotReadableError' }, c], 'a c a c'],
    ['one that is in use, in Firefox', [a, { ...b, fails: 'AbortError' }, c], 'a c a'],
    ['one that is gone by then', [a, { ...b, fails: 'NotFoundError' }, c], 'a c a'],
    ['one whose other side is in use', [front, { ...back, fails: 'NotReadableError' }, c], 'front c front'],
    [
      'one that is listed twice',
      [{ ...a, label: 'A', group: '1' }, { id: 'a2', label: 'A', group: '1' }, b],
      'a b a',
    ],
    [
      'two of one make',
      [
        { ...a, label: 'A', group: '1' },
        { ...b, label: 'A', group: '2' },
      ],
      'a b a',
    ],
    [
      'two in one case',
      [
        { ...a, group: '1' },
        { ...b, group: '1' },
      ],
      'a b a',
    ],
  ];
  for (const [what, present, seen] of table) {
    it(`cycles through all cameras: ${what}`, async () => {
      cameras = present;
      const camera = await live();
      const sequence = [open(camera)];
      while (sequence.length < seen.split(' ').length) sequence.push(await press(camera));
      expect(sequence.join(' ')).to.equal(seen);
    }).timeout(30_000);
  }

  it('requests the next camera by its id, after releasing the previous one', async () => {
    cameras = [a, b];
    const camera = await live();
    const [track] = stream(camera).getTracks();
    const before: boolean[] = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    devices.replace(navigator.mediaDevices, 'getUserMedia', (wanted: MediaStreamConstraints) => {
      before.push(track!.readyState === 'ended');
      return real(wanted);
    });
    await press(camera);
    expect(asked).to.deep.equal(['exact b']);
    expect(before).to.deep.equal([true]);
  });

  it('accepts the browser’s choice for a camera that is gone since it was listed', async () => {
    cameras = [a, b, c];
    const camera = await live();
    cameras = [c];
    expect(await press(camera)).to.equal('c');
    expect(asked).to.deep.equal(['exact b', 'ideal b']);
    expect(names(camera)).not.to.include('Switch camera');
  });

  it('finds a camera that was plugged in meanwhile', async () => {
    cameras = [a];
    const camera = await live();
    await elementUpdated(camera);
    expect(names(camera)).not.to.include('Switch camera');
    cameras = [a, b];
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await new Promise((resolve) => setTimeout(resolve));
    await elementUpdated(camera);
    expect(names(camera)).to.include('Switch camera');
    expect(await press(camera)).to.equal('b');
  });

  it('does nothing if there is no other camera', async () => {
    cameras = [a];
    const camera = await live();
    await camera.flip();
    expect(opened).to.deep.equal(['a']);
    expect(camera.matches(':state(live)')).to.be.true;
  });

  it('does not count devices without ids as several cameras', async () => {
    cameras = [{ id: '' }, { id: '' }];
    const camera = await live();
    await elementUpdated(camera);
    expect(names(camera)).not.to.include('Switch camera');
  });

  for (const [why, fails, tries] of [
    ['is in use', 'NotReadableError', 2],
    ['is refused to the person’s wish', 'NotAllowedError', 1],
  ] as const) {
    it(`returns to the previous camera with a message when the other ${why}`, async () => {
      cameras = [front, { ...b, fails }];
      const camera = await live(html`<snap-camera facing="user"></snap-camera>`);
      const told = oneEvent(camera, 'snap-error') as unknown as Promise<SnapErrorEvent>;
      expect(await codeOf(camera.flip())).to.equal('camera-switch-failed');
      expect((await told).error.code).to.equal('camera-switch-failed');
      await elementUpdated(camera);
      expect(open(camera)).to.equal('front');
      expect(camera.facing).to.equal('user');
      expect(camera.matches(':state(live)')).to.be.true;
      expect(asked.filter((each) => each === 'exact b')).to.have.lengthOf(tries);
      expect(words(camera)).to.contain('No other camera could be started');
      await expect(camera).to.be.accessible();
      cameras = [front, b];
      expect(await press(camera)).to.equal('b');
      expect(words(camera)).not.to.contain('No other camera');
    }).timeout(30_000);
  }

  it('fails when not even the previous camera starts again', async () => {
    cameras = [a, b];
    const camera = await live();
    cameras = [
      { ...a, fails: 'NotReadableError' },
      { ...b, fails: 'NotReadableError' },
    ];
    expect(await codeOf(camera.flip())).to.equal('camera-busy');
    await elementUpdated(camera);
    expect(camera.matches(':state(failed)')).to.be.true;
  }).timeout(30_000);

  it('switches once for two simultaneous calls', async () => {
    cameras = [a, b, c];
    const camera = await live();
    await Promise.all([camera.flip(), camera.flip()]);
    expect(open(camera)).to.equal('b');
    expect(opened).to.deep.equal(['a', 'b']);
  });

  it('can be turned off while switching', async () => {
    cameras = [a, b];
    const camera = await live();
    const late = promised<MediaStream>();
    devices.replace(navigator.mediaDevices, 'getUserMedia', () => late.promise);
    const switched = codeOf(camera.flip());
    camera.stop();
    expect(await switched).to.equal('camera-not-ready');
    const made = streamOf(b);
    late.resolve(made);
    await late.promise;
    expect(made.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
    expect(camera.matches(':state(live)')).to.be.false;
  });

  it('requests the chosen camera again when it is turned on', async () => {
    cameras = [a, b];
    const camera = await live();
    await press(camera);
    camera.stop();
    await camera.start();
    expect(open(camera)).to.equal('b');
    camera.stop();
    cameras = [a];
    await camera.start();
    expect(open(camera)).to.equal('a');
  });

  describe('mirrors the preview by the actual facing, whatever was requested', () => {
    for (const [what, present, wish, expected] of [
      ['at the person', front, 'user', true],
      ['at the person', front, 'environment', true],
      ['away', back, 'user', false],
      ['away', back, 'environment', false],
      ['and does not say where', a, 'user', true],
      ['and does not say where', a, 'environment', false],
    ] as const) {
      it(`${what}, with facing="${wish}": ${String(expected)}`, async () => {
        cameras = [present];
        expect(mirrored(await live(html`<snap-camera facing=${wish}></snap-camera>`))).to.equal(expected);
      });
    }

    it('mirrors correctly after each switch', async () => {
      cameras = [front, back];
      const camera = await live();
      const seen = [mirrored(camera)];
      for (let count = 0; count < 2; count++) {
        await press(camera);
        seen.push(mirrored(camera));
      }
      expect(seen).to.deep.equal([true, false, true]);
      expect(camera.facing).to.equal('user');
    });
  });
});
