import { expect } from '@open-wc/testing';
import {
  dropLeft,
  isLeft,
  storeId,
  storeLeft,
  storedId,
  storedSecret,
} from '../../../src/hub/tab/storage.js';

const ID = '0123456789abcdef0123456789abcdef';
const OTHER = 'f'.repeat(32);

describe("a tab's id in its storage", () => {
  beforeEach(() => sessionStorage.clear());
  afterEach(() => sessionStorage.clear());

  it('is found again with its secret', () => {
    expect([storedId(), storedSecret()]).to.deep.equal([null, null]);
    storeId(ID, 'secret');
    expect([storedId(), storedSecret()]).to.deep.equal([ID, 'secret']);
  });

  it('is ignored when it is no id', () => {
    for (const wrong of ['', 'short', ID.toUpperCase(), `${ID}0`]) {
      storeId(wrong, 'secret');
      expect(storedId(), wrong).to.equal(null);
    }
  });

  it('counts as left only from when its own page goes away until that is back', () => {
    storeId(ID, 'secret');
    expect(isLeft(ID)).to.equal(false);
    storeLeft(OTHER);
    expect(isLeft(OTHER)).to.equal(false);
    storeLeft(ID);
    expect([isLeft(ID), isLeft(OTHER)]).to.deep.equal([true, false]);
    dropLeft();
    expect(isLeft(ID)).to.equal(false);
  });

  it('is no longer left once another page of the tab has it', () => {
    storeId(ID, 'secret');
    storeLeft(ID);
    storeId(ID, 'secret');
    expect(isLeft(ID)).to.equal(false);
  });

  it('is not known, and nothing throws, where storage is forbidden', () => {
    const genuine = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('It is forbidden.', 'SecurityError');
      },
    });
    try {
      storeId(ID, 'secret');
      storeLeft(ID);
      expect([storedId(), storedSecret(), isLeft(ID)]).to.deep.equal([null, null, false]);
    } finally {
      Object.defineProperty(window, 'sessionStorage', genuine);
    }
  });
});
