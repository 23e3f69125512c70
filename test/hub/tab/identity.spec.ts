import { expect } from '@open-wc/testing';
import { tabIdentity } from '../../../src/hub/tab/identity.js';

describe('the id of a tab that is opened anew', () => {
  it('is a fresh one when nobody says in time who was here before', async () => {
    sessionStorage.clear();
    const { id } = await tabIdentity(() => new Promise(() => undefined));
    expect(id).to.match(/^[0-9a-f]{32}$/);
  });
});
