import { expect } from '@open-wc/testing';
import { tabIdentity } from '../../../src/hub/tab/identity.js';

describe('the id of a new tab', () => {
  it('is a new one when the storage does not name the former tabs in time', async () => {
    sessionStorage.clear();
    const { id } = await tabIdentity(() => new Promise(() => undefined));
    expect(id).to.match(/^[0-9a-f]{32}$/);
  });
});
