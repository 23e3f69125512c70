import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { withoutMetadata } from '../../../src/capture/metadata/metadata.js';
import { ascii, bytes, pictureOf, turned } from '../support/pictures.js';

/** What must not be found in a stripped file. */
const SECRET = 'SECRET 59.9386 N 30.3141 E';

type Insert = (picture: Blob) => Promise<Blob>;

const read = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());
const be32 = (value: number): number[] => [
  value >>> 24,
  (value >> 16) & 255,
  (value >> 8) & 255,
  value & 255,
];
const le32 = (value: number): number[] => be32(value).reverse();

async function stripped(blob: Blob): Promise<Blob> {
  const found = await withoutMetadata(blob);
  expect(found, 'stripped').to.not.be.null;
  return found!.blob;
}

/** The size and the pixels, as a text that a failed test can show. */
async function look(blob: Blob): Promise<string> {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return `${width}x${height} ${digest.slice(0, 8).join(' ')}`;
}

/** A segment of a JPEG, right after its first marker. */
function segment(marker: number, head: string): Insert {
  const content = [...ascii(head), ...ascii(SECRET)];
  const made = bytes([0xff, marker, 0, content.length + 2, ...content]);
  return (jpeg) => Promise.resolve(new Blob([jpeg.slice(0, 2), made, jpeg.slice(2)], { type: jpeg.type }));
}

/** A chunk of a PNG, behind its header. Decoders ignore the checksums of what they do not know. */
function chunk(name: string): Insert {
  const made = bytes([...be32(SECRET.length), ...ascii(name), ...ascii(SECRET), 0, 0, 0, 0]);
  return (png) => Promise.resolve(new Blob([png.slice(0, 33), made, png.slice(33)], { type: png.type }));
}

/** A chunk at the end of a WebP, whose header tells of it. */
function riffChunk(name: string, content = ascii(SECRET)): Insert {
  return async (webp) => {
    const body = (await read(webp)).slice(12);
    // It is transparent, so that it has the header that other chunks require.
    expect(String.fromCharCode(...body.slice(0, 4))).to.equal('VP8X');
    body[8]! |= 0x0c;
    const last = [...ascii(name), ...le32(content.length), ...content, ...(content.length % 2 ? [0] : [])];
    const head = [...ascii('RIFF'), ...le32(4 + body.length + last.length), ...ascii('WEBP')];
    return new Blob([bytes(head), body, bytes(last)], { type: webp.type });
  };
}

const behind: Insert = (picture) => Promise.resolve(new Blob([picture, SECRET], { type: picture.type }));

/** TIFF-structured bytes with an orientation, and behind it what a camera would write. */
function tiff(orientation: number, little: boolean): number[] {
  const order = (values: number[]): number[] => (little ? values.reverse() : values);
  const short = (value: number): number[] => order([value >> 8, value & 255]);
  const long = (value: number): number[] => order(be32(value));
  const entry = [...short(0x0112), ...short(3), ...long(1), ...short(orientation), 0, 0];
  const order2 = ascii(little ? 'II' : 'MM');
  return [...order2, ...short(42), ...long(8), ...short(1), ...entry, ...long(0), ...ascii(SECRET)];
}

const TABLE: readonly (readonly [type: string, what: string, insert: Insert])[] = [
  ['image/jpeg', 'Exif', segment(0xe1, 'Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0')],
  ['image/jpeg', 'broken Exif', segment(0xe1, 'Exif\0\0MM\0*\xff\xff\xff\xff')],
  ['image/jpeg', 'XMP', segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0')],
  ['image/jpeg', 'extended XMP', segment(0xe1, 'http://ns.adobe.com/xmp/extension/\0')],
  ['image/jpeg', 'IPTC', segment(0xed, 'Photoshop 3.0\0')],
  ['image/jpeg', 'the index of more pictures', segment(0xe2, 'MPF\0')],
  ['image/jpeg', 'a preview', segment(0xe0, 'JFXX\0')],
  ['image/jpeg', 'maker notes', segment(0xe5, '')],
  ['image/jpeg', 'a comment', segment(0xfe, '')],
  ['image/jpeg', 'another file behind it', behind],
  ['image/png', 'Exif', chunk('eXIf')],
  ['image/png', 'text', chunk('tEXt')],
  ['image/png', 'compressed text', chunk('zTXt')],
  ['image/png', 'XMP', chunk('iTXt')],
  ['image/png', 'the time', chunk('tIME')],
  ['image/png', 'a private chunk', chunk('maKe')],
  ['image/png', 'another file behind it', behind],
  ['image/webp', 'Exif', riffChunk('EXIF')],
  ['image/webp', 'XMP', riffChunk('XMP ')],
  ['image/webp', 'a private chunk', riffChunk('MAKE')],
  ['image/webp', 'another file behind it', behind],
];

// claim: #metadata-removed
describe('withoutMetadata', () => {
  for (const [type, what, insert] of TABLE) {
    it(`removes ${what} from ${type}, and leaves the picture as it is`, async () => {
      const plain = await pictureOf(type, 24, 16);
      const given = await insert(plain);
      expect(await given.text()).to.contain(SECRET);
      const clean = await stripped(given);
      expect(clean.type).to.equal(type);
      expect(await clean.text()).not.to.contain(SECRET);
      expect(clean.size).to.be.at.most(given.size - SECRET.length);
      expect(await look(clean)).to.equal(await look(plain));
    });
  }

  for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
    it(`changes nothing the second time: ${type}`, async () => {
      const plain = await pictureOf(type, 24, 16);
      const clean = await stripped(plain);
      expect(clean.size).to.be.at.most(plain.size);
      expect(await read(await stripped(clean))).to.deep.equal(await read(clean));
    });
  }

  const inserted: readonly (readonly [string, (orientation: number) => Promise<Blob>])[] = [
    ['JPEG', async (orientation) => turned(await pictureOf('image/jpeg', 24, 16), orientation)],
    [
      'WebP',
      async (orientation) =>
        riffChunk('EXIF', tiff(orientation, true))(await pictureOf('image/webp', 24, 16)),
    ],
    [
      'WebP with the prefix of a JPEG',
      async (orientation) =>
        riffChunk('EXIF', [...ascii('Exif\0\0'), ...tiff(orientation, false)])(
          await pictureOf('image/webp', 24, 16),
        ),
    ],
  ];
  for (const [what, make] of inserted) {
    it(`keeps each orientation of a ${what}`, async () => {
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const given = await make(orientation);
        const found = await withoutMetadata(given);
        expect(found!.orientation).to.equal(orientation);
        expect(await found!.blob.text()).not.to.contain('SECRET');
        expect(await look(found!.blob), `orientation ${orientation}`).to.equal(await look(given));
      }
    });
  }

  it('keeps the orientation of a PNG', async () => {
    const exif = tiff(6, false);
    const plain = await pictureOf('image/png', 24, 16);
    const made = bytes([...be32(exif.length), ...ascii('eXIf'), ...exif, 0, 0, 0, 0]);
    const found = await withoutMetadata(
      new Blob([plain.slice(0, 33), made, plain.slice(33)], { type: plain.type }),
    );
    expect(found!.orientation).to.equal(6);
    const again = await withoutMetadata(found!.blob);
    expect(again!.orientation).to.equal(6);
    expect(await read(again!.blob)).to.deep.equal(await read(found!.blob));
    await createImageBitmap(found!.blob);
  });

  it('keeps what the colours depend on', async () => {
    const profile = segment(0xe2, 'ICC_PROFILE\0\x01\x01');
    const adobe = segment(0xee, 'Adobe\0');
    for (const insert of [profile, adobe])
      expect(await (await stripped(await insert(await pictureOf('image/jpeg', 8, 8)))).text()).to.contain(
        SECRET,
      );
  });

  it('keeps an animation', async () => {
    const animated = await (await fetch('/test/samples/apng.png')).blob();
    const clean = await stripped(animated);
    expect(await clean.text())
      .to.contain('acTL')
      .and.to.contain('fdAT');
  });

  it('gives nothing for what is of another type, empty or cut', async () => {
    for (const blob of [
      new Blob(),
      new Blob(['hello']),
      bytes([0xff, 0xd8, 0xff]),
      bytes(ascii('RIFF....WEBP')),
    ])
      expect(await withoutMetadata(blob)).to.be.null;
    for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
      const whole = await pictureOf(type, 24, 16);
      for (let length = 0; length < whole.size - 1; length += 7)
        expect(await withoutMetadata(whole.slice(0, length)), `${length} bytes of ${type}`).to.be.null;
    }
  });

  it('neither throws nor grows, whatever the bytes', async () => {
    const samples: Uint8Array[] = [];
    for (const type of ['image/jpeg', 'image/png', 'image/webp'])
      for (const [known, , insert] of TABLE)
        if (known === type) samples.push(await read(await insert(await pictureOf(type, 24, 16))));
    const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 }));
    const property = fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(edit, { maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (sample, edits, cut) => {
        const broken = sample.slice(0, cut > 0.8 ? sample.length : Math.floor(sample.length * cut));
        for (const [where, value] of edits) broken[Math.floor(where * (broken.length - 1))] = value;
        const found = await withoutMetadata(new Blob([broken]));
        if (!found) return;
        expect(found.blob.size).to.be.at.most(broken.length + 40);
        const again = await withoutMetadata(found.blob);
        expect(again?.orientation).to.equal(found.orientation);
        expect(await read(again!.blob)).to.deep.equal(await read(found.blob));
      },
    );
    await fc.assert(property, { numRuns: 1500 });
  });
});
