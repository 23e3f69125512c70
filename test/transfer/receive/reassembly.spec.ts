import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { SnapError } from '../../../src/errors.js';
import { rootDigest, sha256 } from '../../../src/transfer/wire/digest.js';
import type { DataFrame } from '../../../src/transfer/wire/frames.js';
import type { Offer } from '../../../src/transfer/wire/messages.js';
import { Reassembly } from '../../../src/transfer/receive/reassembly.js';
import { memorySink } from '../../../src/transfer/sinks/sink.js';
import type { Sink } from '../../../src/transfer/sinks/sink.js';
import { offer as small } from '../support/messages.js';
import { bytesOf, eventually, patternedBytes, same } from '../support/two-sides.js';

const PIECE = 4096;
/** Five pieces, the last of them not a whole one. */
const offer: Offer = { ...small, size: 4 * PIECE + 1000, piece: PIECE };
const bytes = patternedBytes(offer.size);
const piece = (index: number) => bytes.subarray(index * PIECE, (index + 1) * PIECE);

describe('reassembly', () => {
  let digests: string[];
  let told: { stored: number[]; wrong: number[]; failed: SnapError[] };

  before(async () => (digests = await Promise.all([0, 1, 2, 3, 4].map((index) => sha256(piece(index))))));
  beforeEach(() => (told = { stored: [], wrong: [], failed: [] }));

  function open(sink: Sink = memorySink(offer.mime)): Reassembly {
    return new Reassembly(offer, sink, {
      stored: (pieces) => told.stored.push(pieces),
      wrong: (index) => told.wrong.push(index),
      failed: (error) => told.failed.push(error),
    });
  }

  const frame = (offset: number, payload: Uint8Array): DataFrame => ({
    kind: 'data',
    transfer: 1,
    offset,
    payload,
  });

  async function take(pieces: Reassembly, index: number): Promise<void> {
    pieces.data(frame(index * PIECE, piece(index)));
    pieces.digest(index, digests[index]!);
    await eventually(() => told.stored.length > 0);
  }

  it('restores the file however frames and digests are shuffled and repeated', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: offer.size - 1 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.infiniteStream(fc.nat()), async (at, numbers) => {
        const ends = [...new Set([...at, PIECE, 2 * PIECE, 3 * PIECE, 4 * PIECE, offer.size])].sort(
          (a, b) => a - b,
        );
        const pieces = open();
        const steps = ends.flatMap((end, no) => {
          const start = ends[no - 1] ?? 0;
          const step = () => pieces.data(frame(start, bytes.subarray(start, end)));
          return [step, step];
        });
        digests.forEach((digest, index) => steps.push(() => pieces.digest(index, digest)));
        while (steps.length > 0) steps.splice(numbers.next().value! % steps.length, 1)[0]!();
        await eventually(() => pieces.complete);
        expect(pieces.loaded).to.equal(offer.size);
        expect(pieces.root).to.equal(rootDigest(offer, digests));
        expect(same(await bytesOf(await pieces.finish()), bytes)).to.equal(true);
        expect(told.wrong).to.be.empty;
      }),
      { numRuns: 100 },
    );
  });

  it('counts pieces as stored up to the first gap', async () => {
    const pieces = open();
    for (const index of [1, 2, 0]) {
      pieces.data(frame(index * PIECE, piece(index)));
      pieces.digest(index, digests[index]!);
    }
    await eventually(() => pieces.stored === 3);
    expect(told.stored.at(-1)).to.equal(3);
    expect(pieces.complete).to.equal(false);
  });

  it('asks for a wrong piece again, and gives up the fourth time', async () => {
    const pieces = open();
    pieces.digest(1, digests[1]!);
    for (let time = 1; time <= 3; time++) {
      pieces.data(frame(PIECE, piece(2)));
      await eventually(() => told.wrong.length === time);
      expect(pieces.loaded).to.equal(0);
    }
    pieces.data(frame(PIECE, piece(2)));
    await eventually(() => told.failed.length === 1);
    expect(told.failed[0]!.code).to.equal('transfer-corrupt');
    expect(told.wrong).to.deep.equal([1, 1, 1]);
  });

  it('resumes from what is stored, and accepts other digests for what is not', async () => {
    const pieces = open();
    await take(pieces, 0);
    pieces.data(frame(PIECE, piece(1).subarray(0, 100)));
    pieces.digest(1, digests[2]!);
    expect(pieces.loaded).to.equal(PIECE + 100);
    pieces.suspend();
    pieces.resume();
    expect(pieces.loaded).to.equal(PIECE);
    pieces.digest(1, digests[1]!);
    expect(() => pieces.digest(0, digests[1]!)).to.throw(SnapError);
  });

  it('rejects data beyond the file, across a piece border, and beyond the credit', () => {
    const long = { ...offer, size: 1_000 * PIECE * 4 };
    const events = { stored: () => 0, wrong: () => 0, failed: () => 0 };
    const cases: [Reassembly, number, number][] = [
      [open(), offer.size - 1, 2],
      [open(), PIECE - 1, 2],
    ];
    const far = new Reassembly(long, memorySink(long.mime), events);
    cases.push([far, far.credit * PIECE, 1]);
    for (const [pieces, offset, length] of cases) {
      expect(() => pieces.data(frame(offset, new Uint8Array(length))))
        .to.throw(SnapError)
        .with.property('code', 'peer-protocol');
    }
    expect(() => open().digest(5, digests[0]!)).to.throw(SnapError);
  });

  it('neither keeps nor stores pieces once it is closed', async () => {
    const kept: string[] = [];
    const sink: Sink = { ...memorySink(offer.mime), discard: async () => void kept.push('discarded') };
    const pieces = open(sink);
    pieces.data(frame(0, piece(0)));
    pieces.close({ again: false });
    pieces.digest(0, digests[0]!);
    await sha256(piece(0));
    expect(kept).to.deep.equal(['discarded']);
    expect(told.stored).to.be.empty;
  });

  it('fails with the error of the sink', async () => {
    const full = new SnapError('storage-full');
    const pieces = open({ ...memorySink(offer.mime), write: () => Promise.reject(full) });
    pieces.digest(0, digests[0]!);
    pieces.data(frame(0, piece(0)));
    await eventually(() => told.failed.length === 1);
    expect(told.failed).to.deep.equal([full]);
  });

  it('does not need the pieces that the sink has kept', () => {
    const pieces = open({ ...memorySink(offer.mime), kept: digests.slice(0, 2) });
    expect(pieces.stored).to.equal(2);
    pieces.resume();
    expect(pieces.loaded).to.equal(2 * PIECE);
    pieces.data(frame(0, piece(0)));
    expect(pieces.loaded).to.equal(2 * PIECE);
  });
});
