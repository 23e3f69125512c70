import { expect } from '@open-wc/testing';
import { randomId } from '../../src/snap-item.js';
import { Arrivals } from '../../src/store/arrivals.js';
import { Pieces } from '../../src/store/pieces.js';
import { rootDigest } from '../../src/transfer/digest.js';
import { memorySink } from '../../src/transfer/sink.js';
import { atTime } from './at-time.js';
import { digestOf, offerOf } from './offers.js';

const DAY = 86_400_000;

describe('what has arrived', () => {
  it('is remembered by the tab that has it, and by no other', async () => {
    const tab = randomId();
    const arrivals = new Arrivals(tab);
    await arrivals.open();
    arrivals.add('one', digestOf(1));
    const [same, other] = [new Arrivals(tab), new Arrivals(randomId())];
    await Promise.all([same.open(), other.open()]);
    expect(same.root('one')).to.equal(digestOf(1));
    expect(other.root('one')).to.equal(null);
  });

  it('is forgotten after 24 h, and the oldest of more than 1000', async () => {
    const tab = randomId();
    const arrivals = new Arrivals(tab);
    for (let count = 0; count <= 1000; count++) arrivals.add(String(count), digestOf(count));
    expect(arrivals.root('0')).to.equal(null);
    expect(arrivals.root('1')).to.equal(digestOf(1));
    const later = new Arrivals(tab);
    await atTime(Date.now() + DAY + 1, () => later.open());
    expect(later.ids).to.have.length(0);
  });
});

describe('pieces of something small', () => {
  /** In a new life of the page. */
  const of = async (offer: ReturnType<typeof offerOf>, tab: string) => {
    const pieces = new Pieces(tab);
    await pieces.open();
    return pieces.keep(offer, memorySink(offer.mime), rootDigest(offer, []));
  };

  it('outlive the page, from the first to the first gap', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    for (const index of [0, 1, 3]) {
      const bytes = new Uint8Array(Math.min(offer.piece, offer.size - index * offer.piece)).fill(index + 1);
      await sink.write(index * offer.piece, bytes, digestOf(index));
    }
    await sink.release();
    const again = await of(offer, tab);
    expect(again.kept).to.deep.equal([digestOf(0), digestOf(1)]);
    for (const index of [2, 3]) {
      const bytes = new Uint8Array(Math.min(offer.piece, offer.size - index * offer.piece)).fill(index + 1);
      await again.write(index * offer.piece, bytes, digestOf(index));
    }
    const whole = new Uint8Array(await (await again.finish()).arrayBuffer());
    expect(whole.byteLength).to.equal(offer.size);
    expect(Array.from({ length: 4 }, (_, index) => whole[index * offer.piece])).to.deep.equal([1, 2, 3, 4]);
  });

  it('are found again in the same life of the page, too', async () => {
    const [offer, pieces] = [offerOf(1_000_000), new Pieces(randomId())];
    const header = rootDigest(offer, []);
    const sink = await pieces.keep(offer, memorySink(offer.mime), header);
    await sink.write(0, new Uint8Array(offer.piece), digestOf(0));
    await sink.release();
    expect((await pieces.keep(offer, memorySink(offer.mime), header)).kept).to.deep.equal([digestOf(0)]);
  });

  it('are not those of another offer with the same id', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    await sink.write(0, new Uint8Array(offer.piece), digestOf(0));
    await sink.release();
    expect((await of({ ...offer, name: 'other' }, tab)).kept).to.have.length(0);
  });

  it('are gone when nothing of it is wanted', async () => {
    const [offer, tab] = [offerOf(1_000_000), randomId()];
    const sink = await of(offer, tab);
    await sink.write(0, new Uint8Array(offer.piece), digestOf(0));
    await sink.release();
    await (await of(offer, tab)).discard();
    expect((await of(offer, tab)).kept).to.have.length(0);
  });
});
