import { expect } from '@open-wc/testing';
import { randomId } from '../../src/snap-item.js';
import { StoredArrivals } from '../../src/store/arrivals.js';
import { database } from '../../src/store/database.js';
import { Outbox } from '../../src/store/outbox.js';
import { Pieces } from '../../src/store/pieces.js';
import { sweep } from '../../src/store/sweep.js';
import { rootDigest } from '../../src/transfer/digest.js';
import { memorySink } from '../../src/transfer/sink.js';
import { digestOf, itemOf, offerOf } from './offers.js';

const DAY = 86_400_000;

/** Runs `step` at another time of day. */
async function at<T>(time: number, step: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => time;
  try {
    return await step();
  } finally {
    Date.now = now;
  }
}

describe('what has arrived', () => {
  const arrival = (id: string, root = digestOf(1)) => ({ from: randomId(), id, root });

  it('is remembered by the tab that has it, and by no other', async () => {
    const tab = randomId();
    const one = arrival('one');
    new StoredArrivals(tab).add(one);
    const [same, other] = [new StoredArrivals(tab), new StoredArrivals(randomId())];
    expect((await same.read())[0]).to.include(one);
    expect(await other.read()).to.be.empty;
  });

  it('is remembered under each root, and forgotten under one alone', async () => {
    const arrivals = new StoredArrivals(randomId());
    const [mine, theirs] = [arrival('one'), arrival('one', digestOf(2))];
    arrivals.add(mine);
    arrivals.add(theirs);
    arrivals.remove(theirs);
    const known = await arrivals.read();
    expect(known).to.have.length(1);
    expect(known[0]).to.include(mine);
  });

  it('is forgotten after 24 h', async () => {
    const arrivals = new StoredArrivals(randomId());
    arrivals.add(arrival('one'));
    expect(await at(Date.now() + DAY + 1, () => arrivals.read())).to.be.empty;
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

describe('leftovers', () => {
  it('of dead tabs are removed after 24 h, and not before; what is our own stays', async () => {
    const room = randomId();
    const [mine, dead, fresh] = [randomId(), randomId(), randomId()];
    const old = Date.now() - DAY - 1000;
    for (const tab of [mine, dead]) {
      await at(old, () => new Outbox({ tab, room }).keepPending(itemOf(tab)));
    }
    await new Outbox({ tab: fresh, room }).keepPending(itemOf(fresh));
    await sweep(mine, []);
    const counts = await Promise.all(
      [mine, dead, fresh].map(async (tab) => (await new Outbox({ tab, room }).open()).length),
    );
    expect(counts).to.deep.equal([1, 0, 1]);
    const contents = await (await database())!.getAll('contents');
    expect(contents.filter(({ file }) => (file as File).name === `${dead}.txt`)).to.have.length(0);
  });
});
