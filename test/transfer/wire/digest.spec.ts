import { hexToBytes } from '@noble/hashes/utils.js';
import { expect } from '@open-wc/testing';
import { rootDigest, sha256 } from '../../../src/transfer/wire/digest.js';
import type { Offer } from '../../../src/transfer/wire/messages.js';
import { ROOT, offer } from '../support/messages.js';
import { patternedBytes } from '../support/two-sides.js';
import { withoutSubtle } from '../support/without-subtle.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** FIPS 180-4's examples, as NIST publishes them. */
const VECTORS: [message: Uint8Array, digest: string][] = [
  [text(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [text('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [text('a'.repeat(1_000_000)), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
];

describe('a digest', () => {
  for (const [message, digest] of VECTORS) {
    it(`of ${message.byteLength} bytes is the known one`, async () => {
      expect(await sha256(message)).to.equal(digest);
    });

    it(`of ${message.byteLength} bytes is the same where crypto.subtle is missing`, async () => {
      await withoutSubtle(async () => {
        expect(globalThis.crypto.subtle).to.equal(undefined);
        expect(await sha256(message)).to.equal(digest);
      });
    });
  }

  it('is of the bytes in view, not of their buffer', async () => {
    const view = text('xxabcxx').subarray(2, 5);
    expect(await sha256(view)).to.equal(VECTORS[1]?.[1]);
    await withoutSubtle(async () => expect(await sha256(view)).to.equal(VECTORS[1]?.[1]));
  });

  it('is computed alike by the browser and here, for pieces as they come', async () => {
    for (const size of [1, 63, 64, 65, 262_144]) {
      const bytes = patternedBytes(size, size);
      const digest = await sha256(bytes);
      await withoutSubtle(async () => expect(await sha256(bytes)).to.equal(digest));
    }
  });
});

describe('the digest of a whole transfer', () => {
  const pieces = [ROOT, 'cd'.repeat(32)];

  /** Another implementation of it: all in one buffer, by the words of docs/protocol.md. */
  async function byTheBook(of: Offer): Promise<string> {
    const number = (value: number): Uint8Array => hexToBytes(value.toString(16).padStart(16, '0'));
    const lengthAnd = (value: string): Uint8Array[] => [number(text(value).byteLength), text(value)];
    const parts = [
      ...['snaptrail/1', of.id, of.name, of.mime].flatMap(lengthAnd),
      number(of.size),
      number(of.piece),
      ...lengthAnd(of.format),
      ...[of.width, of.height, of.takenAt].map(number),
      ...pieces.map(hexToBytes),
    ];
    return sha256(new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer()));
  }

  it('is that of header and pieces, length before each text', async () => {
    for (const over of [{}, { name: 'Übermut 📷.jpg', mime: '' }, { size: 2 ** 52, takenAt: 0 }]) {
      const of = { ...offer, ...over };
      expect(rootDigest(of, pieces)).to.equal(await byTheBook(of));
    }
  });

  it('does not depend on the number of the offer nor on its preview', () => {
    expect(rootDigest({ ...offer, no: 9, preview: 'AAAA' } as Offer, pieces)).to.equal(
      rootDigest(offer, pieces),
    );
  });

  it('changes with everything else that the offer says', () => {
    const others: Partial<Offer>[] = [
      { id: offer.id.replace('0', '1') },
      { name: 'photo.jpe' },
      { mime: 'image/png' },
      { size: 1001 },
      { piece: 1_048_576 },
      { format: 'rgba' },
      { width: 41 },
      { height: 31 },
      { takenAt: 0 },
      // The border between two texts counts.
      { name: `${offer.name}i`, mime: offer.mime.slice(1) },
    ];
    const roots = others.map((over) => rootDigest({ ...offer, ...over }, pieces));
    expect(new Set([...roots, rootDigest(offer, pieces)]).size).to.equal(others.length + 1);
  });

  it('changes with every piece and with their order', () => {
    const roots = [[], pieces.slice(0, 1), pieces, [...pieces].reverse()].map((of) => rootDigest(offer, of));
    expect(new Set(roots).size).to.equal(4);
  });
});
