import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import {
  FACE_COLOURS,
  colourOf,
  initialsOf,
  nameOf,
  nicknameOf,
} from '../../../../src/elements/shared/people/names.js';
import { randomId } from '../../../../src/item.js';
import { StringsController } from '../../../../src/strings/strings-controller.js';

class Namer extends LitElement {
  readonly strings = new StringsController(this);
}
customElements.define('test-namer', Namer);

describe('what a member is called', () => {
  let english: StringsController;
  let russian: StringsController;
  before(async () => {
    english = (await fixture<Namer>(html`<test-namer lang="en"></test-namer>`)).strings;
    russian = (await fixture<Namer>(html`<test-namer lang="ru"></test-namer>`)).strings;
  });

  const ids = Array.from({ length: 500 }, randomId);

  it('is the name that it gave itself', () => {
    expect(nameOf({ id: ids[0]!, name: 'Anna’s phone' }, english)).to.equal('Anna’s phone');
  });

  it('is two words derived from its id without a name, in the language of the page', () => {
    for (const id of ids) {
      expect(nameOf({ id, name: '' }, english)).to.match(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
      expect(nameOf({ id, name: '' }, russian)).to.match(/^[А-ЯЁ][а-яё]+й [а-яё]+$/);
    }
    expect(nicknameOf(ids[0]!, english)).to.equal(nicknameOf(ids[0]!, english));
  });

  it('has the same meaning in both languages', () => {
    const pairs = new Map(ids.map((id) => [nicknameOf(id, english), nicknameOf(id, russian)]));
    expect(new Set(pairs.values()).size).to.equal(pairs.size);
  });

  it('differs between most members, and so does their colour', () => {
    expect(new Set(ids.map((id) => nicknameOf(id, english))).size).to.be.above(300);
    expect(new Set(ids.map(colourOf)).size).to.equal(FACE_COLOURS);
  });

  const names: [name: string, initials: string][] = [
    ['Anna', 'A'],
    ['Amber Fox', 'AF'],
    ['Янтарный лис', 'ЯЛ'],
    ['anna maria von hohenstein', 'AH'],
    ['Anna’s phone', 'AP'],
    ['desk-4', 'D4'],
    ['(Anna)', 'A'],
    ['📷', '📷'],
    ['안나', '안'],
  ];
  for (const [name, initials] of names)
    it(`is ${initials} in short for ${name}`, () => expect(initialsOf(name, 'en')).to.equal(initials));
});
