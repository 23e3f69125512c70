import { expect } from '@open-wc/testing';
import { sniffContent } from '../../../src/capture/media/sniff.js';
import { ascii, bmpOf, bytes, gifOf } from '../support/pictures.js';

describe('sniffContent', () => {
  const bmp = bmpOf(2, 2);
  const files: [
    what: string,
    file: Blob,
    found: 'raster' | 'media' | null,
    type: string,
    ambiguous: boolean,
  ][] = [
    ['a GIF', gifOf(2, 2), 'raster', 'image/gif', false],
    [
      'a GIF that claims to be a PNG',
      new Blob([gifOf(2, 2)], { type: 'image/png' }),
      'raster',
      'image/gif',
      false,
    ],
    ['a WAVE', bytes(ascii('RIFF\0\0\0\0WAVE')), 'media', 'audio/wav', false],
    ['a WAVE under an alias', bytes(ascii('RIFF\0\0\0\0WAVE'), 'audio/x-wav'), 'media', 'audio/x-wav', false],
    ['text', new Blob(['hello'], { type: 'text/plain' }), null, 'text/plain', false],
    ['a BMP without a type', new Blob([bmp]), 'raster', 'image/bmp', false],
    ['text that begins like a BMP', new Blob([bmp], { type: 'text/plain' }), 'raster', 'image/bmp', true],
  ];
  for (const [what, file, found, type, ambiguous] of files)
    it(`recognizes ${what}${ambiguous ? ', and that it may be something else' : ''}`, async () => {
      const content = await sniffContent(file);
      const kind = content.raster ? 'raster' : content.media ? 'media' : null;
      expect([kind, content.type, content.ambiguous]).to.deep.equal([found, type, ambiguous]);
    });
});
