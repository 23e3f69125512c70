import { expect } from '@open-wc/testing';
import { isNamed, keepOwnName, ownName } from '../../../src/hub/page/own-name.js';

const KEY = 'snaptrail-name';

describe('the name that others see', () => {
  afterEach(() => keepOwnName(''));

  it('is none until the page or the person gives one', () => {
    expect(ownName('')).to.equal('');
    expect(isNamed('')).to.be.false;
  });

  // claim: #own-name-forgotten
  it('is what the person has given, kept for the next visit until it is taken back', () => {
    keepOwnName(' Anna\u202e ');
    expect(ownName('')).to.equal('Anna');
    expect(localStorage.getItem(KEY)).to.equal('Anna');
    keepOwnName('');
    expect(ownName('')).to.equal('');
    expect(localStorage.getItem(KEY)).to.be.null;
  });

  it('is what the page has set, whatever the person gives', () => {
    keepOwnName('Anna');
    expect(ownName('Desk 4')).to.equal('Desk 4');
    expect(isNamed('Desk 4')).to.be.true;
    // Nothing that anybody could see.
    expect(ownName(' \u200b ')).to.equal('Anna');
  });

  it('lasts as long as the page where the site may store nothing', () => {
    const kept = Object.getOwnPropertyDescriptors(Storage.prototype);
    const refuse = (): never => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    Storage.prototype.setItem = refuse;
    Storage.prototype.removeItem = refuse;
    try {
      keepOwnName('Anna');
      expect(ownName('')).to.equal('Anna');
      keepOwnName('');
      expect(ownName('')).to.equal('');
    } finally {
      Object.defineProperties(Storage.prototype, { setItem: kept.setItem, removeItem: kept.removeItem });
    }
  });
});
