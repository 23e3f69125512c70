import { expect } from '@open-wc/testing';
import type { SnapPeer, SnapReceiveEvent } from '../../src/events.js';
import { isAccepted, isWelcome } from '../../src/hub/accept.js';
import { decide } from '../../src/hub/inbox.js';
import type { Transfer } from '../../src/transfer/transfer.js';

const BOB = { id: 'b'.repeat(32), name: 'Bob' } as SnapPeer;

describe('an offer', () => {
  let hub: HTMLElement;
  let asked: SnapReceiveEvent[];

  beforeEach(() => {
    hub = document.createElement('div');
    asked = [];
    hub.addEventListener('snap-receive', (event) => asked.push(event));
  });

  const offered = (name: string, type: string, size: number) =>
    decide(
      hub,
      { accept: 'image/*, .pdf', maxSize: 1000 },
      { id: 'a'.repeat(32), name, type, size, preview: null } as Transfer,
      BOB,
    );

  it('of a kind and size that the page takes is told to the page, with who offers it', async () => {
    expect(await offered('a.png', 'image/png', 1000)).to.be.null;
    expect(asked).to.have.length(1);
    expect(asked[0]!.offer).to.include({ name: 'a.png', type: 'image/png', size: 1000, from: BOB });
  });

  // claim: #accept-and-max-size
  it('that is too large, or of another kind, is refused without asking', async () => {
    expect(await offered('a.png', 'image/png', 1001)).to.equal('transfer-too-large');
    expect(await offered('a.exe', 'application/x-msdownload', 1)).to.equal('transfer-type-refused');
    expect(asked).to.be.empty;
  });

  // claim: #receive-declined
  it('is declined by a listener that cancels it, or that a person answers with no', async () => {
    hub.addEventListener('snap-receive', (event) => event.preventDefault(), { once: true });
    expect(await offered('a.png', 'image/png', 1)).to.equal('transfer-declined');
    hub.addEventListener('snap-receive', (event) => event.respondWith(Promise.resolve(false)), {
      once: true,
    });
    expect(await offered('a.png', 'image/png', 1)).to.equal('transfer-declined');
    hub.addEventListener('snap-receive', (event) => event.respondWith(Promise.resolve(true)), { once: true });
    expect(await offered('a.png', 'image/png', 1)).to.be.null;
  });
});

describe('the kinds in `accept`', () => {
  it('are read as those of an <input>', () => {
    const file = { name: 'Photo.JPG', type: 'image/jpeg; x=1' };
    for (const accept of ['', '*/*', 'image/*', 'image/jpeg', '.jpg', 'text/plain, IMAGE/*'])
      expect(isAccepted(file, accept), accept).to.be.true;
    for (const accept of ['video/*', 'image/png', '.png', 'jpg', 'image'])
      expect(isAccepted(file, accept), accept).to.be.false;
  });

  const byName: [name: string, type: string, accept: string, accepted: boolean][] = [
    ['IMG_4.HEIC', '', 'image/*', true],
    ['IMG_4.HEIC', '', 'image/heic', true],
    ['IMG_4.HEIC', 'application/octet-stream', 'image/*', true],
    ['photo.jpg', '', 'image/*', true],
    ['PHOTO.JPEG', '', 'image/jpeg,image/png', true],
    ['photo.jpg', '', '.jpg,.png', true],
    ['PHOTO.JPG', '', '.jpg', true],
    ['photo.jpeg', 'image/jpeg', '.jpg', false],
    ['photo.jpg', 'image/jpeg', 'image/jpg', true],
    ['image:1234', 'image/jpeg', '.jpg,.png', true],
    ['image:1234', 'image/gif', '.jpg,.png', false],
    ['clip.MOV', '', 'video/*', true],
    ['a.m4a', 'audio/x-m4a', 'audio/mp4', true],
    ['a.wav', 'audio/vnd.wave', 'audio/wav', true],
    ['report.PDF', '', 'application/pdf', true],
    ['report.pdf', '', 'image/*', false],
    ['photo.jpg', 'text/html', 'image/*', false],
    ['photo', '', 'image/*', false],
    ['drawing.svg', '', 'image/png', false],
    ['.jpg', '', 'image/*', false],
  ];
  for (const [name, type, accept, accepted] of byName) {
    it(`${accepted ? 'let in' : 'keep out'} ${name} of type "${type}" where ${accept} is asked for`, () =>
      expect(isAccepted({ name, type }, accept)).to.equal(accepted));
  }

  const byBytes: [sample: string, name: string, type: string, accept: string, welcome: boolean][] = [
    ['base.jpg', 'photo', '', 'image/*', true],
    ['base.jpg', 'photo', '', '.jpg', true],
    ['base.jpg', 'photo', '', 'image/png', false],
    ['base.png', 'download', 'application/octet-stream', 'image/png', true],
    ['heic.heic', 'IMG_4', '', 'image/*', true],
    ['mov.mov', 'clip', '', 'video/*', true],
    ['crc.mp3', 'sound.bin', '', 'audio/*', true],
    ['mpeg1.mp3', 'sound', '', 'image/*', false],
    ['table.ts', 'photo', '', 'image/*', false],
  ];
  for (const [sample, name, type, accept, welcome] of byBytes) {
    it(`${welcome ? 'let in' : 'keep out'} ${sample} called ${name}, of type "${type}", where ${accept} is asked for`, async () => {
      const bytes = await (await fetch(`/test/samples/${sample}`)).blob();
      expect(await isWelcome(new File([bytes], name, { type }), accept)).to.equal(welcome);
    });
  }
});
