import { expect } from '@open-wc/testing';
import { assert, property, string } from 'fast-check';
import { cleanFileName, uniqueNames } from '../src/file-name.js';

const bytesIn = (name: string): number => new TextEncoder().encode(name).byteLength;

describe('cleanFileName', () => {
  for (const name of [
    'photo.jpg',
    'Отчёт за май.pdf',
    '写真.png',
    'a-b_c (2).tar.gz',
    'No extension',
    '👨‍👩‍👧 family.webp',
  ]) {
    it(`leaves "${name}" as it is`, () => expect(cleanFileName(name)).to.equal(name));
  }

  it('drops directories with slashes and with backslashes', () => {
    expect(cleanFileName('../../etc/passwd')).to.equal('passwd');
    expect(cleanFileName('C:\\Users\\me\\photo.jpg')).to.equal('photo.jpg');
    expect(cleanFileName('album/')).to.equal('album');
    expect(cleanFileName('album/..')).to.equal('album');
  });

  it('drops characters that change the reading direction', () => {
    expect(cleanFileName('photo\u202Egpj.exe')).to.equal('photogpj.exe');
    expect(cleanFileName('\u2066a\u2069\u200Fb\u061C.png')).to.equal('ab.png');
  });

  it('drops control characters, invisible characters and lone surrogates', () => {
    expect(cleanFileName('a\0b\r\nc\u200B\uFEFF.txt')).to.equal('abc.txt');
    expect(cleanFileName('a\uD83D.txt')).to.equal('a.txt');
  });

  it('collapses spaces that would push the extension out of sight', () => {
    expect(cleanFileName(`photo.jpg${'\u00A0\u3000 '.repeat(40)}.exe`)).to.equal('photo.jpg .exe');
  });

  it('drops leading dots and trailing dots and spaces', () => {
    expect(cleanFileName('  .htaccess')).to.equal('htaccess');
    expect(cleanFileName('report.pdf . .')).to.equal('report.pdf');
  });

  it('replaces characters that Windows rejects', () => {
    expect(cleanFileName('12:30 <a|b>?*".txt')).to.equal('12_30 _a_b____.txt');
  });

  it('prefixes device names that Windows reserves', () => {
    expect(cleanFileName('CON')).to.equal('_CON');
    expect(cleanFileName('nul.tar.gz')).to.equal('_nul.tar.gz');
    expect(cleanFileName('lpt1.txt')).to.equal('_lpt1.txt');
    expect(cleanFileName('con .txt')).to.equal('_con .txt');
    expect(cleanFileName('CONIN$')).to.equal('_CONIN$');
    expect(cleanFileName('console.txt')).to.equal('console.txt');
  });

  it('composes letters and accents (NFC)', () => expect(cleanFileName('e\u0301.txt')).to.equal('\u00E9.txt'));

  const long: [string, string][] = [
    [`${'ж'.repeat(300)}.jpeg`, `${'ж'.repeat(117)}.jpeg`],
    [`${'損害写真'.repeat(45)}.txt`, `${'損害写真'.repeat(45).slice(0, 78)}.txt`],
    ['📷'.repeat(300), '📷'.repeat(60)],
    // A family is one grapheme cluster of 25 bytes.
    [`${'👨‍👩‍👧‍👦'.repeat(20)}.png`, `${'👨‍👩‍👧‍👦'.repeat(9)}.png`],
    [`${'e\u0301\u0302'.repeat(200)}.txt`, `${'é\u0302'.repeat(59)}.txt`],
    // A single letter with more accents than a name can hold.
    [`a${'\u0327'.repeat(300)}.txt`, `a${'\u0327'.repeat(117)}.txt`],
    [`${'a'.repeat(235)} .txt.jpeg`, `${'a'.repeat(235)}.jpeg`],
    [`${'a'.repeat(300)}.${'b'.repeat(300)}`, 'a'.repeat(240)],
  ];
  for (const [name, clean] of long) {
    it(`shortens "${name.slice(0, 12)}…" of ${name.length} characters between grapheme clusters`, () => {
      expect(cleanFileName(name)).to.equal(clean);
      expect(bytesIn(clean)).to.be.at.most(240);
    });
  }

  for (const nothing of ['', ' ', '.', '..', '///', '\u202E', '. . .']) {
    it(`replaces ${JSON.stringify(nothing)} with "file"`, () =>
      expect(cleanFileName(nothing)).to.equal('file'));
  }

  // claim: #file-names-made-safe
  it('makes any name safe, and leaves the result unchanged the second time', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 400 }), (name) => {
        const clean = cleanFileName(name);
        expect(clean).to.not.match(/[/\\<>:"|?*\p{Cc}\p{Bidi_Control}]|^[. ]|[. ]$/u);
        expect(bytesIn(clean)).to.be.within(1, 240);
        expect(cleanFileName(clean)).to.equal(clean);
      }),
    );
  });
});

describe('uniqueNames', () => {
  it('numbers names that differ only in letter case or in how accents are composed', () => {
    expect(
      uniqueNames([
        'a.jpg',
        'A.JPG',
        'a.jpg',
        'a (2).jpg',
        'noext',
        'noext',
        '.env',
        '.env',
        'é.txt',
        'e\u0301.TXT',
        'Straße',
        'STRASSE',
      ]),
    ).to.deep.equal([
      ...['a.jpg', 'A (2).JPG', 'a (3).jpg', 'a (2) (2).jpg', 'noext', 'noext (2)', '.env', '.env (2)'],
      ...['é.txt', 'e\u0301 (2).TXT', 'Straße', 'STRASSE (2)'],
    ]);
  });

  it('keeps numbered names within the 255 bytes that file systems take', () => {
    const names = uniqueNames(Array<string>(120).fill(cleanFileName(`${'損害写真'.repeat(45)}.txt`)));
    expect(new Set(names).size).to.equal(120);
    for (const name of names) {
      expect(bytesIn(name), name).to.be.at.most(255);
      expect(name).to.match(/^[損害写真]+( \(\d+\))?\.txt$/);
    }
    for (const name of uniqueNames(Array<string>(3).fill('📷'.repeat(200)))) {
      expect(bytesIn(name)).to.be.at.most(255);
      expect(name).to.match(/^📷+( \(\d+\))?$/u);
    }
  });
});
