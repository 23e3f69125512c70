import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import { blobSource } from '../../../src/transfer/send/source.js';
import { hurry } from '../../store/support/hurry.js';

/**
 * A file each of whose reads ends as the next of `ends` says; the last of them counts for all
 * others.
 */
function fileThat(...ends: readonly ('never' | 'gone' | 'read')[]): { file: Blob; reads: () => number } {
  const [file, rest] = [new Blob(['bytes']), [...ends]];
  const arrayBuffer = file.arrayBuffer.bind(file);
  let reads = 0;
  file.arrayBuffer = () => {
    reads++;
    const end = rest.length > 1 ? rest.shift() : rest[0];
    if (end === 'read') return arrayBuffer();
    if (end === 'never') return new Promise(() => undefined);
    return Promise.reject(new DOMException('It is gone.', 'NotFoundError'));
  };
  return { file, reads: () => reads };
}

describe('a file whose reading stands still', () => {
  let rest: () => void;
  beforeEach(() => (rest = hurry(10_000)));
  afterEach(() => rest());

  it('is asked for anew, and goes on where that is answered', async () => {
    const { file } = fileThat('never', 'never', 'read');
    const bytes = await blobSource(file).read(0, 5);
    expect(new TextDecoder().decode(bytes)).to.equal('bytes');
  });

  it('is unreadable once it turns out to be gone', async () => {
    const { file, reads } = fileThat('never', 'gone');
    const error = await blobSource(file)
      .read(0, 5)
      .catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'source-unreadable');
    expect(reads()).to.equal(2);
  });

  it('is unreadable, at last, when nothing answers', async () => {
    const error = await blobSource(fileThat('never').file)
      .read(0, 5)
      .catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'source-unreadable');
  });
});
