import { expect } from '@open-wc/testing';
import { array, assert, nat, property, uint8Array } from 'fast-check';
import { parseMediaHeader } from '../../../src/capture/media/media-header.js';
import { ascii } from '../support/pictures.js';

/** Two frames of `length` bytes that begin with `head`. */
function frames(length: number, ...head: number[]): Uint8Array {
  const one = [...head, ...Array<number>(length - head.length).fill(0)];
  return Uint8Array.from([...one, ...one]);
}

/** An ADTS header (ISO/IEC 13818-7, section 6.2) for a frame of `length` bytes. */
function adts(second: number, length: number): number[] {
  return [0xff, second, 0x50, 0x80 | (length >> 11), (length >> 3) & 255, ((length & 7) << 5) | 0x1f, 0xfc];
}

describe('parseMediaHeader', () => {
  const sounds: [what: string, type: string, bytes: Uint8Array][] = [
    ['MPEG-1 layer III', 'audio/mpeg', frames(417, 0xff, 0xfb, 0x90, 0)],
    ['MPEG-1 layer III with a padded frame', 'audio/mpeg', frames(418, 0xff, 0xfb, 0x92, 0)],
    ['MPEG-1 layer III with a CRC', 'audio/mpeg', frames(417, 0xff, 0xfa, 0x90, 0)],
    ['MPEG-2 layer III', 'audio/mpeg', frames(208, 0xff, 0xf3, 0x80, 0)],
    ['MPEG-2 layer III with a CRC', 'audio/mpeg', frames(208, 0xff, 0xf2, 0x80, 0)],
    ['MPEG-2.5 layer III', 'audio/mpeg', frames(288, 0xff, 0xe3, 0x48, 0)],
    ['MPEG-2.5 layer III with a CRC', 'audio/mpeg', frames(288, 0xff, 0xe2, 0x48, 0)],
    ['MPEG-1 layer II', 'audio/mpeg', frames(417, 0xff, 0xfd, 0x80, 0)],
    ['MPEG-1 layer I', 'audio/mpeg', frames(104, 0xff, 0xff, 0x30, 0)],
    ['AAC, MPEG-4', 'audio/aac', frames(100, ...adts(0xf1, 100))],
    ['AAC, MPEG-4 with a CRC', 'audio/aac', frames(100, ...adts(0xf0, 100))],
    ['AAC, MPEG-2', 'audio/aac', frames(100, ...adts(0xf9, 100))],
    ['AAC, MPEG-2 with a CRC', 'audio/aac', frames(100, ...adts(0xf8, 100))],
  ];
  for (const [what, type, bytes] of sounds) {
    it(`recognizes ${what} by its frames`, () =>
      expect(parseMediaHeader(bytes, true)).to.deep.equal({ kind: 'audio', type }));

    it(`does not recognize a single truncated frame of ${what}`, () =>
      expect(parseMediaHeader(bytes.slice(0, 40), true)).to.be.null);
  }

  const others: [what: string, bytes: string][] = [
    ['nothing', ''],
    ['a text in UTF-16', '\xff\xfeH\0e\0l\0l\0o\0'],
    ['a RIFF of another kind', 'RIFF\0\0\0\0WEBPVP8 '],
    ['a photo in AVIF', '\0\0\0\x1cftypavif\0\0\0\0avifmif1'],
    ['a photo in HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['a raw photo of a camera', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom'],
    ['EBML of another kind', '\x1a\x45\xdf\xa3\x87\x42\x82\x84misc'],
    ['a text that begins as a box', '    free beer for all of you'],
    ['a page', '<!doctype html><title>ID3</title>'],
  ];
  for (const [what, bytes] of others) {
    it(`does not take ${what} for a video or a sound`, () =>
      expect(parseMediaHeader(Uint8Array.from(ascii(bytes)), true)).to.be.null);
  }

  it('never throws, whatever the bytes', () => {
    const marks = [
      '',
      '\0\0\0\x08ftyp',
      '\0\0\0\x08moov',
      '\x1a\x45\xdf\xa3',
      'OggS',
      '\xff\xfb',
      '\xff\xf1',
      'ID3',
    ].map(ascii);
    assert(
      property(
        nat({ max: marks.length - 1 }),
        array(uint8Array({ maxLength: 60 }), { maxLength: 6 }),
        (mark, rest) => {
          parseMediaHeader(Uint8Array.from([...marks[mark]!, ...rest.flatMap((part) => [...part])]), true);
        },
      ),
    );
  });
});
