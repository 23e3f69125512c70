import { expect } from '@open-wc/testing';
import { fakeCamera, fakeItem } from '../../../demo/fake-hub.js';
import { SnapError } from '../../../src/errors.js';
import { Recordings } from '../../../src/hub/sending/recordings.js';

const clip = fakeItem(new File(['x'], 'x.webm'), { kind: 'video' });
const photo = fakeItem(new File(['x'], 'x.jpg'), { kind: 'photo' });

describe('a recording that the hub has asked for', () => {
  for (const [started, stopped, sent] of [
    [false, false, false],
    [false, true, true],
    [true, false, false],
    [true, true, true],
    // It has ended by itself, or was ended at the camera.
    [false, null, false],
    [true, null, true],
  ] as const)
    it(`is ${sent ? '' : 'not '}sent when ${started ? 'Record & Send' : 'Record'} began it and ${stopped === null ? 'nothing of the sender' : stopped ? 'Stop & Send' : 'Stop'} ended it`, () => {
      const recordings = new Recordings();
      const camera = fakeCamera({ mode: 'video' });
      recordings.toggle(camera, started);
      expect(recordings.captured(photo, camera)).to.equal(false);
      if (stopped !== null) recordings.toggle(Object.assign(camera, { recording: true }), stopped);
      expect(recordings.captured(clip, camera)).to.equal(sent);
      expect(recordings.captured(clip, camera)).to.equal(false);
    });

  it('is the one that is sent, and not what another camera records meanwhile', () => {
    const recordings = new Recordings();
    const camera = fakeCamera({ mode: 'video' });
    recordings.toggle(camera, true);
    expect(recordings.captured(clip, fakeCamera({ mode: 'video' }))).to.equal(false);
    expect(recordings.captured(clip, camera)).to.equal(true);
  });

  it('leaves nothing to be sent when it could not begin', async () => {
    const recordings = new Recordings();
    const camera = fakeCamera({ mode: 'video' });
    const refused = Promise.reject(new SnapError('camera-busy'));
    camera.record = () => refused;
    recordings.toggle(camera, true);
    await refused.catch(() => undefined);
    await Promise.resolve();
    expect(recordings.captured(clip, camera)).to.equal(false);
  });
});
