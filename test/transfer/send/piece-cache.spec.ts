import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import { PieceCache } from '../../../src/transfer/send/piece-cache.js';
import type { Source } from '../../../src/transfer/send/source.js';
import { headerOf } from '../../../src/transfer/wire/description.js';
import { rootDigest, sha256 } from '../../../src/transfer/wire/digest.js';
import { PIECE_SIZES } from '../../../src/transfer/wire/messages.js';
import { description, patternedBytes } from '../support/two-sides.js';

const PIECE = PIECE_SIZES.small;

describe('the piece cache', () => {
  let content: Uint8Array;
  let reads: number[];
  let failures: SnapError[];
  let changed: () => void;
  let cache: PieceCache;

  const cacheFor = (pieces: number, read?: Source['read']): PieceCache => {
    content = patternedBytes(pieces * PIECE - 1000);
    const source: Source = {
      size: content.byteLength,
      read:
        read ??
        ((start, end) => {
          reads.push(start / PIECE);
          return Promise.resolve(content.subarray(start, end));
        }),
    };
    return new PieceCache(headerOf(description(), content.byteLength), source, {
      available: () => changed(),
      hashed: () => changed(),
      failed: (error) => {
        failures.push(error);
        changed();
      },
    });
  };
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) await new Promise<void>((resolve) => (changed = resolve));
  };
  const hold = async (index: number): Promise<void> => until(() => cache.holds(index));

  beforeEach(() => {
    reads = [];
    failures = [];
    changed = () => undefined;
  });

  it('reads a piece once, and cuts chunks from it', async () => {
    cache = cacheFor(3);
    expect(cache.bytes({ start: PIECE, end: PIECE + 10 })).to.equal(null);
    await hold(1);
    expect(cache.bytes({ start: PIECE + 5, end: PIECE + 10 })).to.deep.equal(
      content.subarray(PIECE + 5, PIECE + 10),
    );
    expect(reads).to.deep.equal([1]);
  });

  it('hashes every piece that it reads, and knows the root when it has read all', async () => {
    cache = cacheFor(2);
    await hold(0);
    expect(cache.root).to.equal(null);
    await hold(1);
    await until(() => cache.root !== null);
    const digests = await Promise.all(
      [content.subarray(0, PIECE), content.subarray(PIECE)].map((bytes) => sha256(bytes)),
    );
    expect(cache.digests).to.deep.equal(digests);
    expect(cache.root).to.equal(rootDigest(cache.header, digests));
  });

  it('forgets the piece that was used longest ago', async () => {
    cache = cacheFor(12);
    for (let index = 0; index < 9; index++) await hold(index);
    expect(cache.bytes({ start: 8 * PIECE, end: 8 * PIECE + 1 })).not.to.equal(null);
    expect(cache.bytes({ start: 0, end: 1 })).to.equal(null);
  });

  it('keeps more pieces where many recipients are being sent to', async () => {
    cache = cacheFor(12);
    cache.readers = 3;
    for (let index = 0; index < 9; index++) await hold(index);
    expect(cache.bytes({ start: 0, end: 1 })).not.to.equal(null);
  });

  it('keeps nothing once it is released, until it is used again', async () => {
    cache = cacheFor(2);
    await hold(0);
    cache.release({ forGood: false });
    expect(cache.bytes({ start: 0, end: 1 })).to.equal(null);
    await until(() => reads.length === 2);
    cache.reuse();
    await hold(0);
    expect(failures).to.deep.equal([]);
  });

  it('cannot be read any more once it is released for good', async () => {
    cache = cacheFor(1);
    cache.release({ forGood: true });
    cache.holds(0);
    await until(() => failures.length > 0);
    expect(failures[0]).to.have.property('code', 'source-unreadable');
  });

  it('reports a source that cannot be read', async () => {
    cache = cacheFor(1, () => Promise.reject(new Error('gone')));
    cache.prepare();
    await until(() => failures.length > 0);
    expect(failures[0]).to.have.property('code', 'source-unreadable');
  });
});
