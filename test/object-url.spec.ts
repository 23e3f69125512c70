import { expect } from '@open-wc/testing';
import { holdUrl, releaseUrl } from '../src/object-url.js';

async function isThere(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('reference-counted object URLs', () => {
  it('are shared for a blob until everybody released it', async () => {
    const blob = new Blob(['one']);
    const url = holdUrl(blob);
    expect(holdUrl(blob)).to.equal(url);
    releaseUrl(blob);
    expect(await isThere(url)).to.equal(true);
    releaseUrl(blob);
    expect(await isThere(url)).to.equal(false);
  });

  it('differ for blobs with equal bytes, and after the last release', () => {
    const [one, other] = [new Blob(['same']), new Blob(['same'])];
    const url = holdUrl(one);
    expect(holdUrl(other)).not.to.equal(url);
    releaseUrl(one);
    releaseUrl(other);
    expect(holdUrl(one)).not.to.equal(url);
    releaseUrl(one);
  });

  it('ignore a release of a blob that nobody holds', () => {
    releaseUrl(new Blob());
  });
});
