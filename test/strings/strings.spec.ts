import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { ERROR_CODES, SnapError } from '../../src/errors.js';
import type { SnapErrorCode } from '../../src/errors.js';
import { clock, pluralIn, sizeIn } from '../../src/strings/format.js';
import en from '../../src/strings/en.js';
import ru from '../../src/strings/ru.js';
import { StringsController, registerTranslation } from '../../src/strings/strings-controller.js';
import type { Strings } from '../../src/strings/texts.js';

describe('translations', () => {
  it('have the same keys in every language', () => {
    expect(Object.keys(ru).sort()).to.deep.equal(Object.keys(en).sort());
  });

  for (const strings of [en, ru]) {
    it(`have no empty text in ${strings.$name}`, () => {
      for (const [key, value] of Object.entries(strings)) {
        const said: unknown =
          typeof value === 'function' ? (value as (n: number, m: number) => string)(3, 5) : value;
        expect(said, key).to.be.a('string').and.match(/\S/);
      }
    });

    it(`say for every error in ${strings.$name} what happened and what to do`, () => {
      for (const code of Object.keys(ERROR_CODES) as SnapErrorCode[]) {
        expect(strings[`error-${code}`], code).to.match(/^\p{Lu}.*[.;:] .*\.$/su);
      }
    });

    it(`use typographic quotation marks and ellipses in ${strings.$name}`, () => {
      const all = Object.values(strings).filter((value) => typeof value === 'string');
      expect(all.filter((value) => /["']|\.\.\.| {2}/.test(value))).to.be.empty;
    });
  }

  it('use the Russian plural forms', () => {
    const said = [1, 2, 5, 21].map((count) => ru['state-connected'](count));
    expect(said).to.deep.equal([
      'На связи 1 устройство',
      'На связи 2 устройства',
      'На связи 5 устройств',
      'На связи 21 устройство',
    ]);
  });

  it('format sizes in decimal units', () => {
    const english = [0, 999, 1000, 640_000, 999_600, 1_234_567, 5_400_000_000].map(sizeIn('en'));
    expect(english).to.deep.equal(['0 bytes', '999 bytes', '1 kB', '640 kB', '1 MB', '1.2 MB', '5.4 GB']);
    expect(sizeIn('ru')(1_234_567)).to.equal('1,2 МБ');
  });

  it('format durations like a clock', () => {
    expect([0, 7.9, 61, 750, -Infinity].map(clock)).to.deep.equal(['0:00', '0:07', '1:01', '12:30', '0:00']);
  });

  it('use the form “other” where a plural form is missing', () => {
    expect(pluralIn('en')(1, { other: 'many' })).to.equal('many');
  });
});

class Speaker extends LitElement {
  readonly strings = new StringsController(this);
}
customElements.define('test-speaker', Speaker);

describe('StringsController', () => {
  it('uses the language of the closest lang attribute, looking out of shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="ru"><p></p></div>`);
    const root = outer.querySelector('p')!.attachShadow({ mode: 'open' });
    const speaker = new Speaker();
    root.append(speaker);
    expect(speaker.strings.term('cancel')).to.equal('Отмена');
    speaker.lang = 'en-GB';
    expect(speaker.strings.term('cancel')).to.equal('Cancel');
  });

  it('falls back to English if there is no translation', async () => {
    const speaker = await fixture<Speaker>(html`<test-speaker lang="tlh"></test-speaker>`);
    expect(speaker.strings.error(new SnapError('camera-missing'))).to.contain('No camera was found');
  });

  it('uses a translation that the page registered', async () => {
    const esperanto: Strings = { ...en, $code: 'eo', $name: 'Esperanto', cancel: 'Nuligi' };
    registerTranslation(esperanto);
    const speaker = await fixture<Speaker>(html`<test-speaker lang="eo"></test-speaker>`);
    expect(speaker.strings.term('cancel')).to.equal('Nuligi');
  });
});
