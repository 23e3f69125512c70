import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import { MARGIN } from '../../../src/quota.js';
import { randomId } from '../../../src/item.js';
import { filesOf, sweepFiles } from '../../../src/store/files.js';
import { rootDigest } from '../../../src/transfer/wire/digest.js';
import type { Offer } from '../../../src/transfer/wire/messages.js';
import { opfsSink, removeLeftover } from '../../../src/transfer/sinks/opfs-sink.js';
import { SEGMENT } from '../../../src/transfer/sinks/segments.js';
import { MemoryBudget } from '../../../src/transfer/sinks/sink.js';
import { atTime } from '../../store/support/at-time.js';
import { holdTimeout } from '../../store/support/hurry.js';
import { offerOf, writePieces } from '../../store/support/offers.js';

const upTo = (count: number, from = 0): number[] =>
  Array.from({ length: count - from }, (_, at) => from + at);

/** Of its folder. */
const nameOf = (offer: Offer): string => rootDigest(offer, []);

async function names(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const found: string[] = [];
  for await (const name of folder.keys()) found.push(name);
  return found.sort();
}

describe('the OPFS sink', () => {
  const estimate = navigator.storage.estimate.bind(navigator.storage);
  let tab: string;
  let folder: FileSystemDirectoryHandle;
  beforeEach(async () => {
    tab = randomId();
    folder = (await filesOf(tab))!;
  });
  afterEach(async () => {
    navigator.storage.estimate = estimate;
    const remove = (parent: FileSystemDirectoryHandle, name: string): Promise<void> =>
      parent.removeEntry(name, { recursive: true }).catch(() => undefined);
    await sweepFiles({ tab, arrived: await names(folder), remove });
  });

  it('restores the file, whatever the order of its pieces', async () => {
    const offer = offerOf(SEGMENT * 2 + 1_500_000);
    const sink = await opfsSink(offer, folder);
    await writePieces(sink, offer, [...upTo(16, 8), ...upTo(8), ...upTo(34, 16)]);
    const whole = await sink.finish();
    expect(whole.size).to.equal(offer.size);
    expect(whole.type).to.equal('video/mp4');
    const first = await Promise.all(
      upTo(34).map(async (index) => {
        const start = index * offer.piece;
        return new Uint8Array(await whole.slice(start, start + 1).arrayBuffer())[0];
      }),
    );
    expect(first).to.deep.equal(upTo(34).map((index) => index + 1));
  });

  it('resumes after a reload from the segments that were closed', async () => {
    const offer = offerOf(SEGMENT * 3);
    const sink = await opfsSink(offer, folder);
    const digests = await writePieces(sink, offer, upTo(40));
    await sink.release();
    const again = await opfsSink(offer, folder);
    expect(again.kept).to.deep.equal(digests.slice(0, 32));
    await writePieces(again, offer, upTo(48, 32));
    expect((await again.finish()).size).to.equal(offer.size);
  });

  // claim: #opfs-altered-segments
  it('resumes from the segments before the first one that is damaged', async () => {
    const offer = offerOf(SEGMENT * 3);
    const sink = await opfsSink(offer, folder);
    const digests = await writePieces(sink, offer, upTo(48));
    await sink.release();
    const segment = await (await folder.getDirectoryHandle(nameOf(offer))).getFileHandle('1');
    const torn = await segment.createWritable({ keepExistingData: true });
    // Of the last piece but one, and nothing else has changed: as when the power fails before the
    // disk has all of it.
    await torn.write({ type: 'write', position: offer.piece * 14, data: new Uint8Array([0]) });
    await torn.close();
    const again = await opfsSink(offer, folder);
    expect(again.kept).to.deep.equal(digests.slice(0, 16));
    await writePieces(again, offer, upTo(48, 16));
    const whole = await again.finish();
    const byte = new Uint8Array(await whole.slice(offer.piece * 30, offer.piece * 30 + 1).arrayBuffer());
    expect([whole.size, byte[0]]).to.deep.equal([offer.size, 31]);
  });

  it('does not resume from the segments of another offer with the same id', async () => {
    const offer = offerOf(SEGMENT * 2);
    const sink = await opfsSink(offer, folder);
    await writePieces(sink, offer, upTo(16));
    await sink.release();
    const other = await opfsSink({ ...offer, takenAt: 1 }, folder);
    expect(other.kept).to.have.length(0);
    await other.discard();
  });

  it('leaves nothing on disk when the file is not wanted', async () => {
    const offer = offerOf(SEGMENT * 2);
    const sink = await opfsSink(offer, folder);
    await writePieces(sink, offer, upTo(20));
    await sink.discard();
    expect(await names(folder)).to.deep.equal([]);
  });

  it('frees the disk when an arrived file is discarded, but not that of a later file', async () => {
    const offer = offerOf(SEGMENT * 2);
    const sink = await opfsSink(offer, folder);
    await writePieces(sink, offer, upTo(32));
    await sink.finish();
    expect(await names(folder)).to.have.length(1);
    void sink.discard();
    const again = await opfsSink(offer, folder);
    expect(again.kept).to.have.length(0);
    await writePieces(again, offer, upTo(32));
    await sink.discard();
    expect((await again.finish()).size).to.equal(offer.size);
  });

  it('may use the space of files that are just being removed, and of partial ones that nobody uses', async () => {
    const [gone, left, next] = [offerOf(SEGMENT * 2), offerOf(SEGMENT * 2), offerOf(SEGMENT * 2)];
    const sinks = await Promise.all([gone, left].map((offer) => opfsSink(offer, folder)));
    await writePieces(sinks[0]!, gone, upTo(32));
    await sinks[0]!.finish();
    await writePieces(sinks[1]!, left, upTo(16));
    await sinks[1]!.release();
    navigator.storage.estimate = async () => {
      const there = (await names(folder)).filter((name) => name !== nameOf(next));
      return { usage: there.length > 0 ? 1 : 0, quota: next.size + MARGIN };
    };
    void sinks[0]!.discard();
    const sink = await opfsSink(next, folder);
    expect(await names(folder)).to.deep.equal([nameOf(next)]);
    await sink.discard();
  });

  describe('if the disk fails on the way', () => {
    const { prototype } = FileSystemWritableFileStream;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- They are called with their `this`, and put back.
    const { write, close } = prototype;
    let rest = (): void => undefined;
    afterEach(() => {
      Object.assign(prototype, { write, close });
      rest();
    });

    const full = (): Promise<void> =>
      Promise.reject(new DOMException('There is no room.', 'QuotaExceededError'));
    /**
     * What never answers. Whoever is patient with it the first time has been so for long enough a
     * task later.
     */
    const silent = (): (() => Promise<void>) => {
      const timeout = holdTimeout(15_000);
      rest = timeout.end;
      let asked = false;
      return () => {
        if (!asked) setTimeout(timeout.fire);
        asked = true;
        return new Promise(() => undefined);
      };
    };
    const gone = (): Promise<void> => Promise.reject(new DOMException('It is not there.', 'NotFoundError'));
    /** As far as a page can: while something is being written, a page may not remove it. */
    const clear = async (offer: Offer): Promise<void> => {
      prototype.write = gone;
      const files = await folder.getDirectoryHandle(nameOf(offer));
      await files.removeEntry('0').catch(() => undefined);
    };

    /** After so many pieces, of 40: a segment has 16. */
    const FAILURES: Record<string, { after: number; fail: (offer: Offer) => unknown; code: string | null }> =
      {
        'the disk is full from the start': { after: 0, fail: () => (prototype.write = full), code: null },
        'the disk is full in the middle of a segment': {
          after: 20,
          fail: () => (prototype.write = full),
          code: null,
        },
        'the disk is full when a segment is closed': {
          after: 30,
          fail: () => (prototype.close = full),
          code: null,
        },
        'the disk stops answering in the middle of a segment': {
          after: 20,
          fail: () => (prototype.write = silent()),
          code: null,
        },
        'the disk stops answering when a segment is closed': {
          after: 30,
          fail: () => (prototype.close = silent()),
          code: null,
        },
        'the site’s data is cleared before anything was closed': { after: 10, fail: clear, code: null },
        'the site’s data is cleared when something was closed': {
          after: 20,
          fail: clear,
          code: 'storage-failed',
        },
      };
    for (const [what, { after, fail, code }] of Object.entries(FAILURES))
      it(`${code ? 'fails with a code' : 'continues in memory'} when ${what}`, async () => {
        const [offer, memory] = [offerOf(SEGMENT * 2 + 8_388_608), new MemoryBudget(SEGMENT * 3)];
        const sink = await opfsSink(offer, folder, memory);
        await writePieces(sink, offer, upTo(after));
        await fail(offer);
        // Some of them at once, as they come.
        const ends = await Promise.allSettled(
          upTo(40, after).map((index) => writePieces(sink, offer, [index])),
        );
        const whole = await sink.finish().catch((thrown: SnapError) => thrown.code);
        if (whole instanceof Blob) {
          expect(ends.filter(({ status }) => status === 'rejected')).to.have.length(0);
          const firsts = upTo(40).map(async (index) => {
            const bytes = await whole.slice(index * offer.piece, index * offer.piece + 1).arrayBuffer();
            return new Uint8Array(bytes)[0];
          });
          expect(await Promise.all(firsts)).to.deep.equal(upTo(41, 1));
        }
        expect(whole instanceof Blob ? null : whole).to.equal(code);
        await sink.discard();
        // All that was taken is given back.
        expect(memory.fits(SEGMENT * 3)).to.equal(true);
      });

    it('fails with the error of the disk when the file does not fit into memory', async () => {
      const [offer, memory] = [offerOf(SEGMENT * 3), new MemoryBudget(SEGMENT)];
      const sink = await opfsSink(offer, folder, memory);
      await writePieces(sink, offer, upTo(10));
      prototype.write = full;
      const error = await writePieces(sink, offer, [10]).catch((thrown: SnapError) => thrown);
      expect(error).to.have.property('code', 'storage-full');
      await sink.discard();
      expect(memory.fits(SEGMENT)).to.equal(true);
    });
  });

  it('does not open when the quota lacks space for the file and a margin', async () => {
    const offer = offerOf(SEGMENT * 2);
    navigator.storage.estimate = () => Promise.resolve({ usage: 0, quota: offer.size + MARGIN - 1 });
    const error = await opfsSink(offer, folder).catch((thrown: SnapError) => thrown);
    expect(error).to.have.property('code', 'storage-full');
    navigator.storage.estimate = () => Promise.resolve({ usage: 0, quota: offer.size + MARGIN });
    const sink = await opfsSink(offer, folder);
    // What is promised to one is not there for another.
    const second = await opfsSink(offerOf(SEGMENT * 2), folder).catch((thrown: SnapError) => thrown);
    expect(second).to.have.property('code', 'storage-full');
    await sink.discard();
  });

  it('never shares its files with another sink for the same id', async () => {
    const offer = offerOf(SEGMENT * 2);
    const [one, two] = [await opfsSink(offer, folder), await opfsSink(offer, folder)];
    await Promise.all([writePieces(one, offer, upTo(32)), writePieces(two, offer, upTo(32))]);
    expect((await one.finish()).size).to.equal(offer.size);
    expect((await two.finish()).size).to.equal(offer.size);
    expect(await names(folder)).to.have.length(2);
  });

  // claim: #opfs-not-displaced
  it('keeps its file when another one comes under the same id and is discarded', async () => {
    const offer = offerOf(SEGMENT * 2);
    const sink = await opfsSink(offer, folder);
    await writePieces(sink, offer, upTo(16));
    await sink.release();
    const other = await opfsSink({ ...offer, name: 'another' }, folder);
    await other.discard();
    expect((await opfsSink(offer, folder)).kept).to.have.length(16);
  });

  // claim: #opfs-removed-after-arrival
  it('leaves files that the next page removes once they have arrived', async () => {
    const [done, partial] = [offerOf(SEGMENT * 2), offerOf(SEGMENT * 2)];
    for (const offer of [done, partial]) {
      const sink = await opfsSink(offer, folder);
      await writePieces(sink, offer, upTo(16));
      await sink.release();
    }
    await sweepFiles({ tab, arrived: [nameOf(done)], remove: removeLeftover });
    expect(await names(folder)).to.deep.equal([nameOf(partial)]);
  });

  it('keeps its files while this page writes or shows them, and can open again while they are removed', async () => {
    const [coming, shown, left] = [offerOf(SEGMENT * 2), offerOf(SEGMENT * 2), offerOf(SEGMENT * 2)];
    const sinks = await Promise.all([coming, shown, left].map((offer) => opfsSink(offer, folder)));
    await writePieces(sinks[1]!, shown, upTo(32));
    const whole = await sinks[1]!.finish();
    await sinks[2]!.release();
    await atTime(Date.now() + 86_400_001, async () => {
      const page = { tab, arrived: [coming, shown, left].map(nameOf), remove: removeLeftover };
      const [again] = await Promise.all([opfsSink(left, folder), sweepFiles(page)]);
      await writePieces(again, left, upTo(32));
      expect((await again.finish()).size).to.equal(left.size);
    });
    await writePieces(sinks[0]!, coming, upTo(32));
    expect((await sinks[0]!.finish()).size).to.equal(coming.size);
    expect((await whole.slice(0, 1).arrayBuffer()).byteLength).to.equal(1);
  });

  // claim: #opfs-removed-after-24h
  it('leaves partial files that are removed after 24 h, also those of a dead tab', async () => {
    const offer = offerOf(SEGMENT * 2);
    const sink = await opfsSink(offer, folder);
    await writePieces(sink, offer, upTo(16));
    await sink.release();
    await sweepFiles({ tab: randomId(), arrived: [], remove: removeLeftover });
    expect(await names(folder)).to.have.length(1);
    // Another page may have been the first to find it.
    const sweepThen = (): Promise<void> =>
      sweepFiles({ tab: randomId(), arrived: [], remove: removeLeftover });
    await atTime(Date.now() + 86_400_001, sweepThen);
    expect(await filesOf(tab).then((fresh) => names(fresh!))).to.have.length(0);
  });
});
