import { expect } from '@open-wc/testing';
import { holdUrl, releaseUrl } from '../src/object-url.js';

async function isThere(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('object URLs', () => {
  it('are one for each blob, as long as anybody holds it', async () => {
    const blob = new Blob(['one']);
    const url = holdUrl(blob);
    expect(holdUrl(blob)).to.equal(url);
    releaseUrl(blob);
    expect(await isThere(url)).to.equal(true);
    releaseUrl(blob);
    expect(await isThere(url)).to.equal(false);
  });

  it('differ for blobs that are alike, and after all have let go', () => {
    const [one, other] = [new Blob(['same']), new Blob(['same'])];
    const url = holdUrl(one);
    expect(holdUrl(other)).not.to.equal(url);
    releaseUrl(one);
    releaseUrl(other);
    expect(holdUrl(one)).not.to.equal(url);
    releaseUrl(one);
  });

  it('do not mind being let go by somebody who held none', () => {
    releaseUrl(new Blob());
  });
});
