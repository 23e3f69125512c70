import { expect } from '@open-wc/testing';
import { AdmissionQueue } from '../../../src/transfer/receive/admission-queue.js';
import { fruitlessAllowance, offerAllowance } from '../../../src/transfer/link/allowance.js';
import type { Sending } from '../../../src/transfer/link/conversation.js';
import { Reclaims } from '../../../src/transfer/link/reclaims.js';
import { MAX_OPEN_OFFERS } from '../../../src/transfer/wire/messages.js';
import { Offers } from '../../../src/transfer/link/offers.js';
import { LARGEST, sizeClass } from '../../../src/transfer/wire/size-class.js';
import { task } from '../../timing/support/virtual-time.js';

/** In bytes: one of each class, the smallest class first. */
const SIZES = [2_000, 50_000, 400_000, 3_000_000, 90_000_000];
const PAIRS = SIZES.flatMap((small, at) => SIZES.slice(at + 1).map((large) => ({ small, large })));

/** Something to be delivered, as far as offers go. */
class Waiting {
  readonly id: string;
  readonly size: number;
  no = 0;
  settled = false;
  suspended = false;
  attempt: Sending | null = null;

  constructor(size: number, id = 'x') {
    this.size = size;
    this.id = id;
  }

  offer(_: unknown, no: number): Sending {
    this.no = no;
    this.attempt = this as unknown as Sending;
    return this.attempt;
  }

  get over(): boolean {
    return this.settled;
  }

  suspend(): void {
    this.suspended = true;
  }
}

function offersFor(
  closed = new AbortController().signal,
  reclaims = new Reclaims({ send: () => undefined, refusalOf: () => null }),
): { offers: Offers; add: (each: Waiting) => void } {
  const offers = new Offers(
    { send: () => undefined, wake: () => undefined },
    {
      closed,
      allowance: offerAllowance(),
      fruitless: fruitlessAllowance(),
      reclaims,
    },
  );
  return { offers, add: (each) => offers.add(each) };
}

const many = (count: number, size: number): Waiting[] =>
  Array.from({ length: count }, () => new Waiting(size));
const offered = (all: readonly Waiting[]): number => all.filter(({ no }) => no > 0).length;

describe('classes of size', () => {
  for (const [size, expected] of [
    [0, 0],
    [16_383, 0],
    [16_384, 1],
    [131_071, 1],
    [131_072, 2],
    [1_048_575, 2],
    [1_048_576, 3],
    [8_388_607, 3],
    [8_388_608, LARGEST],
    [Number.MAX_SAFE_INTEGER, LARGEST],
  ] as const)
    it(`has ${size} bytes in class ${expected}`, () => expect(sizeClass(size)).to.equal(expected));

  for (const { small, large } of PAIRS) {
    it(`offers ${small} B at once beside any number of ${large} B that have not arrived`, () => {
      const { add } = offersFor();
      const larger = many(100, large);
      larger.forEach(add);
      const one = new Waiting(small);
      add(one);
      expect(one.no).to.be.greaterThan(0);
      expect(offered(larger)).to.equal(MAX_OPEN_OFFERS - sizeClass(large));
    });

    it(`admits ${small} B beside any number of ${large} B that are coming`, async () => {
      const queue = new AdmissionQueue();
      const admitted: number[] = [];
      for (const size of [...Array.from({ length: 100 }, () => large), small]) {
        const transfer = { size, loaded: 0 };
        queue.connect(transfer);
        void queue.admit(transfer).then(() => admitted.push(size));
      }
      await task();
      expect(admitted).to.include(small);
      expect(admitted.length, 'and not all the others').to.be.within(2, 100);
    });
  }

  it('reserves one offer for each smaller class, so that the largest get the others', () => {
    const { add } = offersFor();
    const all = [...SIZES].reverse().map((size) => many(100, size));
    for (const each of all) each.forEach(add);
    expect(all.map(offered)).to.deep.equal([12, 1, 1, 1, 1]);
  });

  it('takes any number of small things for all places', () => {
    const { add } = offersFor();
    const small = many(100, 2_000);
    small.forEach(add);
    expect(offered(small)).to.equal(MAX_OPEN_OFFERS);
  });

  it('offers in the order in which they came, whatever their sizes', () => {
    const { add, offers } = offersFor();
    many(MAX_OPEN_OFFERS, 2_000).forEach(add);
    const rest = [400_000, 2_000, 90_000_000, 50_000, 2_000].map((size) => new Waiting(size));
    rest.forEach(add);
    expect(offered(rest)).to.equal(0);
    for (const open of [...offers.open]) (open as unknown as Waiting).settled = true;
    offers.makeMore();
    expect(rest.map(({ no }) => no)).to.deep.equal([17, 18, 19, 20, 21]);
  });

  it('offers nothing twice, and nothing that has ended meanwhile', () => {
    const { add, offers } = offersFor();
    const first = many(MAX_OPEN_OFFERS, 2_000);
    first.forEach(add);
    const [ended, next] = many(2, 90_000_000);
    for (const each of [ended!, next!, next!, first[0]!]) add(each);
    ended!.settled = true;
    for (const each of first) each.settled = true;
    offers.makeMore();
    expect([ended!.no, next!.no]).to.deep.equal([0, MAX_OPEN_OFFERS + 1]);
    expect([...offers.open]).to.have.length(1);
  });

  it('says of what has ended that it will not come, though all places are taken', () => {
    const said: string[] = [];
    let code: 'transfer-cancelled' | null = null;
    const reclaims = new Reclaims({ send: ({ type }) => said.push(type), refusalOf: () => code });
    reclaims.expected('ended');
    const { add } = offersFor(undefined, reclaims);
    many(100, 90_000_000).forEach(add);
    const cancelled = new Waiting(90_000_000, 'ended');
    code = 'transfer-cancelled';
    cancelled.settled = true;
    add(cancelled);
    expect(said, 'it has not had its turn').to.deep.equal([]);
    const { add: addFirst } = offersFor(undefined, reclaims);
    many(12, 90_000_000).forEach(addFirst);
    addFirst(cancelled);
    expect(said).to.deep.equal(['withdraw']);
  });

  it('suspends what is open when the connection is gone, and offers nothing more over it', () => {
    const closing = new AbortController();
    const { add, offers } = offersFor(closing.signal);
    const all = [...many(40, 2_000), ...many(40, 90_000_000)];
    all.forEach(add);
    closing.abort();
    offers.suspend();
    expect(all.map(({ suspended }) => suspended)).to.deep.equal(all.map(({ no }) => no > 0));
    expect([...offers.open]).to.have.length(0);
    const late = new Waiting(1);
    add(late);
    expect(late.no).to.equal(0);
  });
});
