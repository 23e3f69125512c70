import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { rootDigest } from '../../../../src/transfer/wire/digest.js';
import type { Offer } from '../../../../src/transfer/wire/messages.js';
import { pieceSizeFor } from '../../../../src/transfer/wire/parse.js';
import { patternedBytes } from '../../support/two-sides.js';

/** A file that both sides of a model know. */
export interface Content {
  readonly offer: Omit<Offer, 'no'>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly digests: readonly string[];
  readonly root: string;
}

/**
 * In bytes: nothing, one, a photo, and what is just at and over the border of two pieces. Most
 * cases should cost little.
 */
const SIZES = [0, 1, 700, 5000, 262_143, 262_144, 262_145, 600_000];

/** The files that are sent, each under an id of its own. */
export const CONTENTS: readonly Content[] = SIZES.map((size, at) => contentOf(size, at));

function contentOf(size: number, seed: number): Content {
  const bytes = patternedBytes(size, seed + 1);
  const piece = pieceSizeFor(size);
  const offer: Omit<Offer, 'no'> = {
    type: 'offer',
    id: (seed + 1).toString(16).padStart(32, '0'),
    name: `${seed}.bin`,
    mime: 'application/octet-stream',
    size,
    piece,
    format: 'file',
    width: 0,
    height: 0,
    takenAt: 1_790_000_000_000 + seed,
    preview: null,
  };
  const digests = Array.from({ length: Math.ceil(size / piece) }, (_, index) =>
    bytesToHex(sha256(bytes.subarray(index * piece, (index + 1) * piece))),
  );
  return { offer, bytes, digests, root: rootDigest(offer, digests) };
}

export function isKnown(id: string): boolean {
  return CONTENTS.some(({ offer }) => offer.id === id);
}

/** Which file an id belongs to. */
export function contentById(id: string): Content {
  const content = CONTENTS[Number.parseInt(id, 16) - 1];
  if (!content) throw new Error(`No content ${id}`);
  return content;
}
