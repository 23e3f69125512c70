import { expect } from '@open-wc/testing';
import { itemFromFile, itemFromImageData } from '../../src/capture/item-from-file.js';
import { decoding } from '../../src/capture/image/decoding.js';
import { startRecording } from '../../src/capture/camera/recorder.js';
import { SnapError } from '../../src/errors.js';
import { stillCamera } from '../elements/support/fake-camera.js';
import { ascii, bytes, largeJpeg, pictureOf, pngClaiming } from './support/pictures.js';

describe('itemFromFile', () => {
  it('makes a photo of a picture, with its size and a preview', async () => {
    const file = new File([await pictureOf('image/png', 400, 300)], 'Дача.png', {
      type: 'image/png',
      lastModified: 7,
    });
    const item = await itemFromFile(file);
    expect(item.kind).to.equal('photo');
    expect(item.file).to.equal(file);
    expect([item.width, item.height]).to.deep.equal([400, 300]);
    expect(item.preview!.size).to.be.within(1, 8192);
    expect(item.id).to.match(/^[0-9a-f]{32}$/);
    expect(item.from).to.be.null;
  });

  it('keeps an id, a sender, a date and a preview that are given', async () => {
    const known = { id: 'a'.repeat(32), from: { id: 'b', name: 'Ann' }, takenAt: 5, preview: null };
    const item = await itemFromFile(
      new File([await pictureOf('image/jpeg', 4, 4)], 'a.jpg', { type: 'image/jpeg' }),
      known,
    );
    expect(item).to.deep.include(known);
  });

  it('gives a picture without a type the type of its bytes', async () => {
    const item = await itemFromFile(new File([await pictureOf('image/webp', 4, 4)], 'picture'));
    expect([item.kind, item.file.type, item.file.name]).to.deep.equal(['photo', 'image/webp', 'picture']);
  });

  it('cleans the name, and keeps the type and the date', async () => {
    const { file } = await itemFromFile(
      new File(['a'], '../b\u202Etxt.exe', { type: 'text/plain', lastModified: 3 }),
    );
    expect([file.name, file.type, file.lastModified]).to.deep.equal(['btxt.exe', 'text/plain', 3]);
  });

  const files: [string, BlobPart, string][] = [
    ['an empty file', '', 'image/png'],
    ['HTML that claims to be a picture', '<script>alert(1)</script>', 'image/png'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['a PDF', '%PDF-1.7', 'application/pdf'],
    ['text that claims to be a video', 'hello', 'video/mp4'],
    ['a video of a type that browsers do not play', 'RIFF\0\0\0\0AVI ', 'video/x-msvideo'],
    ['a type with the name of a property', 'hello', 'constructor'],
  ];
  for (const [what, content, type] of files) {
    // claim: #html-posing-as-picture
    it(`makes a file of ${what}`, async () => {
      const item = await itemFromFile(new File([content], 'thing', { type }));
      expect([item.kind, item.width, item.height, item.preview]).to.deep.equal(['file', 0, 0, null]);
    });
  }

  it('makes a file of a picture that would not fit in memory', async () => {
    const item = await itemFromFile(
      new File([await pngClaiming(60_000, 60_000)], 'bomb.png', { type: 'image/png' }),
    );
    expect(item.kind).to.equal('file');
  });

  it('makes a file of a truncated WAVE that cannot be played', async () => {
    const wave = bytes([...ascii('RIFF'), 36, 0, 0, 0, ...ascii('WAVEfmt ')], 'audio/wav');
    expect((await itemFromFile(new File([wave], 'a.wav', { type: 'audio/wav' }))).kind).to.equal('file');
  });

  it('uses the date of the file unless it is 1970 or in the future', async () => {
    const dated = async (lastModified: number): Promise<number> =>
      (await itemFromFile(new File(['a'], 'a.txt', { lastModified }))).takenAt;
    const before = Date.now();
    expect(await dated(Date.UTC(2019, 5, 1))).to.equal(Date.UTC(2019, 5, 1));
    for (const nonsense of [0, -5, before + 86_400_000, 8.65e15])
      expect(await dated(nonsense), String(nonsense)).to.be.within(before, Date.now());
  });

  // claim: #picture-cut-short
  it('decodes a truncated picture only if its size is plausible for its bytes', async () => {
    const bomb = new File([await pngClaiming(8190, 8190)], 'bomb.png', { type: 'image/png' });
    const { kind, type } = await itemFromFile(bomb).then((item) => ({
      kind: item.kind,
      type: item.file.type,
    }));
    expect({ kind, type }).to.deep.equal({ kind: 'file', type: 'image/png' });
  });

  it('believes the header after the timeout, and drops the queued decoding', async () => {
    const holding: (() => void)[] = [];
    const held = ['a', 'b', 'c'].map((queue) =>
      decoding.run(() => new Promise<void>((resolve) => holding.push(resolve)), { cost: 0, queue }),
    );
    const file = new File([await pictureOf('image/png', 400, 300)], 'a.png');
    try {
      const { kind, width, height } = await itemFromFile(file, { timeout: 1 });
      expect([kind, width, height]).to.deep.equal(['photo', 0, 0]);
      const gone = new AbortController();
      const looked = itemFromFile(file, { signal: gone.signal });
      gone.abort(new Error('cancelled'));
      expect(await looked.catch(String)).to.equal('Error: cancelled');
    } finally {
      for (const end of holding) end();
      await Promise.all(held);
    }
    expect((await itemFromFile(file, { timeout: 60_000 })).width).to.equal(400);
  });

  it('makes a preview of a JPEG that is too large to decode at full size, and a file of the JPEG', async function () {
    if (typeof ImageDecoder === 'undefined') return this.skip();
    const item = await itemFromFile(new File([largeJpeg(12_000, 9000)], 'large.jpg'));
    expect([item.kind, item.file.type]).to.deep.equal(['file', 'image/jpeg']);
    const { width, height } = await createImageBitmap(item.preview!);
    expect([width, height]).to.deep.equal([160, 120]);
  });

  it('makes a video of what a camera recorded', async () => {
    const video = Object.assign(document.createElement('video'), { srcObject: stillCamera(), muted: true });
    await video.play();
    const recording = startRecording(video, 'video', { duration: 0, size: Infinity });
    await recording.started;
    recording.stop();
    const { file } = await recording.finished;
    expect((await itemFromFile(new File([file], 'a', { type: file.type }))).kind).to.equal('video');
  });

  it('believes the header of a trusted file, and decodes nothing', async () => {
    const broken = (await pictureOf('image/jpeg', 40, 30)).slice(0, -40, 'image/jpeg');
    const item = await itemFromFile(new File([broken], 'a.jpg', { type: 'image/jpeg' }), { trusted: true });
    expect([item.kind, item.width, item.height, item.preview]).to.deep.equal(['photo', 40, 30, null]);
  });

  for (const size of [1, 1_000_000]) {
    it(`rejects with source-unreadable if a file of ${size} bytes can no longer be read`, async () => {
      const gone = (): Promise<ArrayBuffer> => Promise.reject(new DOMException('', 'NotReadableError'));
      const file = new File([new Uint8Array(size)], 'gone.txt');
      Object.assign(file, {
        arrayBuffer: gone,
        slice: () => Object.assign(new Blob(), { arrayBuffer: gone }),
      });
      const error: unknown = await itemFromFile(file).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(SnapError);
      expect((error as SnapError).code).to.equal('source-unreadable');
    });
  }
});

describe('itemFromImageData', () => {
  const pixels = new ImageData(
    Uint8ClampedArray.from({ length: 8 * 6 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i)),
    8,
    6,
  );

  it('keeps the exact pixels, and makes a PNG of them', async () => {
    const item = await itemFromImageData(pixels, { takenAt: Date.UTC(2026, 10, 22) });
    expect(item.imageData).to.equal(pixels);
    expect([item.kind, item.width, item.height]).to.deep.equal(['photo', 8, 6]);
    expect(item.file.type).to.equal('image/png');
    expect(item.file.name).to.match(/^photo-2026-11-2\d-.*\.png$/);
    const shown = new OffscreenCanvas(8, 6).getContext('2d')!;
    shown.drawImage(await createImageBitmap(item.file), 0, 0);
    expect(shown.getImageData(0, 0, 8, 6).data).to.deep.equal(pixels.data);
  });

  it('uses a given name, cleaned', async () => {
    expect((await itemFromImageData(pixels, { name: '../a.png' })).file.name).to.equal('a.png');
  });
});
