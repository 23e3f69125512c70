import { expect } from '@open-wc/testing';
import { MARGIN } from '../../src/quota.js';
import { randomId } from '../../src/item.js';
import { database } from '../../src/store/database.js';
import { Pieces } from '../../src/store/pieces.js';
import { rootDigest, sha256 } from '../../src/transfer/wire/digest.js';
import { memorySink } from '../../src/transfer/sinks/sink.js';
import type { Sink } from '../../src/transfer/sinks/sink.js';
import { offerOf, writePieces } from './support/offers.js';

describe('the stored pieces of a small file', () => {
  /** In a new life of the page. */
  const of = async (offer: ReturnType<typeof offerOf>, tab: string) => {
    const pieces = new Pieces(tab, sha256);
    await pieces.open();
    return pieces.keep(offer, memorySink(offer.mime), rootDigest(offer, []));
  };

  it('survive the page, up to the first gap', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    const digests = await writePieces(sink, offer, [0, 1, 3]);
    await sink.release();
    const again = await of(offer, tab);
    expect(again.kept).to.deep.equal(digests.slice(0, 2));
    await writePieces(again, offer, [2, 3]);
    const whole = new Uint8Array(await (await again.finish()).arrayBuffer());
    expect(whole.byteLength).to.equal(offer.size);
    expect(Array.from({ length: 4 }, (_, index) => whole[index * offer.piece])).to.deep.equal([1, 2, 3, 4]);
  });

  it('are found again in the same page, too', async () => {
    const [offer, pieces] = [offerOf(1_000_000), new Pieces(randomId(), sha256)];
    const header = rootDigest(offer, []);
    const sink = await pieces.keep(offer, memorySink(offer.mime), header);
    const digests = await writePieces(sink, offer, [0]);
    await sink.release();
    expect((await pieces.keep(offer, memorySink(offer.mime), header)).kept).to.deep.equal(digests);
  });

  // claim: #pieces-altered-on-disk
  it('count only up to the first one that is damaged', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    const digests = await writePieces(sink, offer, [0, 1, 2]);
    await sink.release();
    const db = (await database())!;
    const key: [string, string, string, number] = [tab, offer.id, rootDigest(offer, []), 1];
    const torn = (await db.get('pieces', key))!;
    await db.put('pieces', { ...torn, bytes: new ArrayBuffer(offer.piece) });
    const again = await of(offer, tab);
    expect(again.kept).to.deep.equal(digests.slice(0, 1));
    await writePieces(again, offer, [1, 2, 3]);
    const whole = new Uint8Array(await (await again.finish()).arrayBuffer());
    expect(Array.from({ length: 4 }, (_, index) => whole[index * offer.piece])).to.deep.equal([1, 2, 3, 4]);
  });

  it('do not count for another offer with the same id', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    await writePieces(sink, offer, [0]);
    await sink.release();
    expect((await of({ ...offer, name: 'other' }, tab)).kept).to.have.length(0);
  });

  // claim: #pieces-not-overwritten
  it('are neither overwritten nor removed when another member offers the same file, or another file under its id', async () => {
    const [offer, pieces] = [offerOf(1_000_000), new Pieces(randomId(), sha256)];
    const keep = (each: typeof offer): Promise<Sink> =>
      pieces.keep(each, memorySink(each.mime), rootDigest(each, []));
    const sink = await keep(offer);
    const digests = await writePieces(sink, offer, [0]);
    const [same, other] = [await keep(offer), await keep({ ...offer, name: 'other' })];
    const bytes = new Uint8Array(offer.piece).fill(7);
    for (const each of [same, other]) {
      await each.write(0, bytes.slice(), await sha256(bytes));
      await each.release();
    }
    await sink.release();
    await (await keep({ ...offer, name: 'other' })).discard();
    expect((await keep(offer)).kept).to.deep.equal(digests);
  });

  // claim: #pieces-unwanted
  it('are removed when the file is not wanted', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    await writePieces(sink, offer, [0]);
    await sink.release();
    await (await of(offer, tab)).discard();
    expect((await of(offer, tab)).kept).to.have.length(0);
  });

  describe('where there is little space', () => {
    const { storage } = navigator;
    const [offer, other] = [offerOf(1_000_000), offerOf(1_000_000)];
    let tab: string;
    beforeEach(() => (tab = randomId()));
    afterEach(() => void Reflect.deleteProperty(storage, 'estimate'));

    const leave = (free: number): void => {
      storage.estimate = () => Promise.resolve({ quota: free, usage: 0 });
    };

    // claim: #pieces-in-memory
    it('are kept in memory only, and the transfer succeeds', async () => {
      leave(offer.size + MARGIN - 1);
      const sink = await of(offer, tab);
      await writePieces(sink, offer, [0]);
      await sink.release();
      expect((await of(offer, tab)).kept).to.have.length(0);
      const again = await of(offer, tab);
      await writePieces(again, offer, [0]);
      expect((await again.finish()).size).to.equal(offer.piece);
    });

    /** Writes a piece to each, after so long that it is worth keeping. */
    const writeLate = async (sinks: readonly Sink[]): Promise<void> => {
      const clock = performance.now.bind(performance);
      performance.now = () => clock() + 2000;
      try {
        for (const sink of sinks) await writePieces(sink, offer, [0]);
      } finally {
        Reflect.deleteProperty(performance, 'now');
      }
    };

    it('take no quota that others have reserved, until those have ended', async () => {
      leave(offer.size + MARGIN);
      const sinks = [await of(offer, tab), await of(other, tab)];
      await writeLate(sinks);
      await Promise.all(sinks.map((sink) => sink.release()));
      expect((await of(offer, tab)).kept).to.have.length(1);
      expect((await of(other, tab)).kept).to.have.length(0);
      const later = await of(other, tab);
      await writeLate([later]);
      await later.release();
      expect((await of(other, tab)).kept).to.have.length(1);
    });

    it('are not written when the file is complete before the quota is known, and reserve nothing', async () => {
      leave(offer.size + MARGIN);
      const sink = await of(offer, tab);
      await writeLate([sink]);
      await sink.finish();
      const next = await of(other, tab);
      await writeLate([next]);
      await next.release();
      expect((await of(offer, tab)).kept).to.have.length(0);
      expect((await of(other, tab)).kept).to.have.length(1);
    });
  });
});
