import { expect } from '@open-wc/testing';
import { assert, property, string } from 'fast-check';
import { cleanFileName } from '../src/file-name.js';

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

  it('drops directories, of both kinds', () => {
    expect(cleanFileName('../../etc/passwd')).to.equal('passwd');
    expect(cleanFileName('C:\\Users\\me\\photo.jpg')).to.equal('photo.jpg');
    expect(cleanFileName('album/')).to.equal('album');
    expect(cleanFileName('album/..')).to.equal('album');
  });

  it('drops what turns the reading direction around', () => {
    expect(cleanFileName('photo\u202Egpj.exe')).to.equal('photogpj.exe');
    expect(cleanFileName('\u2066a\u2069\u200Fb\u061C.png')).to.equal('ab.png');
  });

  it('drops control characters, invisible ones and broken halves', () => {
    expect(cleanFileName('a\0b\r\nc\u200B\uFEFF.txt')).to.equal('abc.txt');
    expect(cleanFileName('a\uD83D.txt')).to.equal('a.txt');
  });

  it('shows an extension that spaces would push out of sight', () => {
    expect(cleanFileName(`photo.jpg${'\u00A0\u3000 '.repeat(40)}.exe`)).to.equal('photo.jpg .exe');
  });

  it('drops leading dots and trailing dots and spaces', () => {
    expect(cleanFileName('  .htaccess')).to.equal('htaccess');
    expect(cleanFileName('report.pdf . .')).to.equal('report.pdf');
  });

  it('replaces what Windows refuses', () => {
    expect(cleanFileName('12:30 <a|b>?*".txt')).to.equal('12_30 _a_b____.txt');
  });

  it('marks the names that Windows keeps for devices', () => {
    expect(cleanFileName('CON')).to.equal('_CON');
    expect(cleanFileName('nul.tar.gz')).to.equal('_nul.tar.gz');
    expect(cleanFileName('lpt1.txt')).to.equal('_lpt1.txt');
    expect(cleanFileName('console.txt')).to.equal('console.txt');
  });

  it('composes letters', () => expect(cleanFileName('e\u0301.txt')).to.equal('\u00E9.txt'));

  it('keeps the extension of a name of 300 letters', () => {
    const clean = cleanFileName(`${'ж'.repeat(300)}.jpeg`);
    expect(clean).to.equal(`${'ж'.repeat(195)}.jpeg`);
  });

  it('counts characters, not code units', () => {
    expect(Array.from(cleanFileName('📷'.repeat(300)))).to.have.lengthOf(200);
  });

  for (const nothing of ['', ' ', '.', '..', '///', '\u202E', '. . .']) {
    it(`calls ${JSON.stringify(nothing)} a file`, () => expect(cleanFileName(nothing)).to.equal('file'));
  }

  it('makes something safe of anything, and nothing else of that', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 400 }), (name) => {
        const clean = cleanFileName(name);
        expect(clean).to.not.match(/[/\\<>:"|?*\p{Cc}\p{Bidi_Control}]|^[. ]|[. ]$/u);
        expect(Array.from(clean).length).to.be.within(1, 200);
        expect(cleanFileName(clean)).to.equal(clean);
      }),
    );
  });
});
