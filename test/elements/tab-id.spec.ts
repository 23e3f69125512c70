import { expect } from '@open-wc/testing';
import { tabId } from '../../src/elements/tab-id.js';

describe('the id of a tab that is opened anew', () => {
  it('is a fresh one when nobody says in time who was here before', async () => {
    sessionStorage.clear();
    expect(await tabId(() => new Promise(() => undefined))).to.match(/^[0-9a-f]{32}$/);
  });
});
