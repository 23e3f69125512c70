import { expect } from '@open-wc/testing';
import { humanName, parted, spokenName } from '../../../src/elements/snap-sender/names.js';
import en from '../../../src/strings/en.js';
import type { StringsController } from '../../../src/strings/strings-controller.js';
import type { Strings } from '../../../src/strings/texts.js';

const strings = {
  term: (key: keyof Strings, ...values: unknown[]) => {
    const text = en[key] as unknown;
    return typeof text === 'function' ? (text as (...given: unknown[]) => string)(...values) : String(text);
  },
  date: (date: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', options).format(date),
} as unknown as StringsController;

describe('the name of a file', () => {
  for (const [file, name] of [
    ['photo-2026-11-26-06-14-18-761.jpg', 'Photo, 06:14:18'],
    ['video-2026-11-26-18-04-08-001.webm', 'Video, 18:04:08'],
    ['audio-2026-01-01-00-00-00-000.m4a', 'Sound, 00:00:00'],
    ['photo-of-me.jpg', 'photo-of-me.jpg'],
    ['IMG_4711.HEIC', 'IMG_4711.HEIC'],
    ['', ''],
  ] as const)
    it(`“${file}” is “${name}” to people`, () => {
      expect(humanName(file, strings)).to.equal(name);
    });

  it('is cut to what can be listened to, and keeps its end', () => {
    const spoken = spokenName(`${'Протокол'.repeat(80)} лист 12.pdf`, strings);
    expect(spoken).to.match(/^ПротоколПротокол.*….*лист 12\.pdf$/);
    expect(Array.from(spoken).length).to.be.at.most(61);
  });

  for (const name of [
    'short.jpg',
    'exactly12chr',
    'Survey of the car after the accident, page 12.pdf',
    '👩‍👩‍👧‍👦'.repeat(40),
    `${'é'.normalize('NFD').repeat(60)}.txt`,
    'ملف'.repeat(200),
    `a${' '.repeat(60)}z`,
  ])
    it(`of ${name.length} units is parted before its end, and never within a character: “${name.slice(0, 20)}”`, () => {
      const [head, end] = parted(name);
      expect(head + end).to.equal(name);
      const count = (text: string): number => [...new Intl.Segmenter().segment(text)].length;
      expect(count(head) + count(end)).to.equal(count(name));
      expect(count(end)).to.be.at.most(12);
      if (name.length > 24) expect(end).to.not.equal('');
    });
});
