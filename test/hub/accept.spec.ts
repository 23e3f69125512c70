import { expect } from '@open-wc/testing';
import { isAccepted, isWelcome } from '../../src/hub/accept.js';

describe('the `accept` attribute', () => {
  it('is read as that of an <input>', () => {
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
    it(`${accepted ? 'accepts' : 'refuses'} ${name} of type "${type}" when it is ${accept}`, () =>
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
    it(`${welcome ? 'accepts' : 'refuses'} ${sample} called ${name}, of type "${type}", when it is ${accept}`, async () => {
      const bytes = await (await fetch(`/test/samples/${sample}`)).blob();
      expect(await isWelcome(new File([bytes], name, { type }), accept)).to.equal(welcome);
    });
  }
});
