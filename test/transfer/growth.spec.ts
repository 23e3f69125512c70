import { expect } from '@open-wc/testing';
import { Pending } from '../../src/hub/pending.js';
import { TransferList } from '../../src/hub/transfer-list.js';
import { ReceivedChanges } from '../../src/elements/photo-trail/received-changes.js';
import { randomId } from '../../src/item.js';
import type { SnapItem } from '../../src/item.js';
import { StoredArrivals } from '../../src/store/stored-arrivals.js';
import { Outbox } from '../../src/store/outbox.js';
import { Arrivals } from '../../src/transfer/receive/arrivals.js';
import { bytesSource } from '../../src/transfer/send/source.js';
import { digestOf, itemOf, sendingOf } from '../store/support/offers.js';
import { transactions } from '../store/support/transactions.js';
import { looks } from './support/looks.js';
import { Side, connect, description } from './support/two-sides.js';

/** Files at a time. */
const SOME = 40;
/**
 * The same files cost about the same, whether nothing is there before them or this many times as
 * much.
 */
const MORE = 3;

/** What is done for {@link SOME} files more; it can be done again. */
type Step = () => Promise<unknown>;

const each = <T>(make: (at: number) => T): T[] => Array.from({ length: SOME }, (_, at) => make(at));
const files = (): SnapItem[] => each((at) => itemOf(`file ${at}`));

/** What many files go through, each with what does it for some more of them. */
const WORK: Record<string, () => Step> = {
  'sending and receiving them': () => {
    const [ann, ben] = [new Side('a'), new Side('b')];
    connect(ann, ben);
    return () =>
      Promise.all(
        each(() => ann.transfers.send(bytesSource(new Uint8Array(100)), description(), [ben.peer]).finished),
      );
  },
  'sending them while nobody is there': () => {
    const [ann, ben] = [new Side('a'), new Side('b')];
    return () =>
      Promise.resolve(
        each(() => ann.transfers.send(bytesSource(new Uint8Array(100)), description(), [ben.peer])),
      );
  },
  'adding them to what waits, and sending those': () => {
    const all = queueOf();
    return async () => {
      const items = files();
      for (const item of items) all.queue.add(item);
      all.queue.send(items);
      await all.sent(items.at(-1)!);
    };
  },
  'adding them to what waits, and removing every second one': () => {
    const { queue } = queueOf();
    return () => {
      const items = files();
      for (const item of items) queue.add(item);
      for (const item of items) if (items.indexOf(item) % 2 === 0) queue.remove(item);
      return Promise.resolve();
    };
  },
  'following their transfers': () => {
    const list = new TransferList(() => undefined);
    return () => {
      for (const transfer of each(() => sendingOf(randomId()))) {
        list.changed(transfer);
        transfer.cancel();
        list.changed(transfer);
      }
      return Promise.resolve();
    };
  },
  'knowing what has arrived': () => {
    const arrivals = new Arrivals();
    return () => {
      for (const id of each(() => randomId())) {
        arrivals.add({ from: 'ann', id, header: digestOf(1), root: digestOf(2) });
        arrivals.of(id);
      }
      return Promise.resolve();
    };
  },
};

/** A queue, and when it has sent something. */
function queueOf(): { queue: Pending; sent: (item: SnapItem) => Promise<void> } {
  const waiting = new Map<string, () => void>();
  const queue = new Pending({
    changed: () => undefined,
    added: () => undefined,
    send: ({ id }) => {
      waiting.get(id)?.();
      return Promise.resolve();
    },
    failed: (error) => {
      throw error;
    },
  });
  return { queue, sent: ({ id }) => new Promise((resolve) => waiting.set(id, resolve)) };
}

describe('the work for each file', () => {
  for (const [name, begin] of Object.entries(WORK))
    it(`does not grow with how many there are: ${name}`, async () => {
      const step = begin();
      // What is set up with the first ones.
      await step();
      const before = await looks(step);
      for (let times = 0; times < MORE * 4; times++) await step();
      const after = await looks(step);
      expect(before).to.be.greaterThan(0);
      expect(after).to.be.at.most(1.3 * before + SOME);
    });

  it('says as much to the other side, however many have gone before', async () => {
    const [ann, ben] = [new Side('a'), new Side('b')];
    const [one, two] = connect(ann, ben);
    const send = async (count: number): Promise<number> => {
      const before = one.sent.length + two.sent.length;
      for (let time = 0; time < count / SOME; time++)
        await Promise.all(
          each(
            () => ann.transfers.send(bytesSource(new Uint8Array(100)), description(), [ben.peer]).finished,
          ),
        );
      return one.sent.length + two.sent.length - before;
    };
    const few = await send(SOME);
    expect((await send(4 * SOME)) / 4).to.be.within(few - SOME / 2, few + SOME / 2);
    expect(few / SOME, 'offer, bytes, digests, and their answers').to.be.at.most(12);
  });

  it('does not write each down by itself', async () => {
    const outbox = new Outbox({ tab: randomId(), room: randomId() });
    const arrivals = new StoredArrivals(randomId());
    const keep = (times: number): Promise<number> =>
      transactions(async () => {
        const kept = Array.from({ length: times }, files)
          .flat()
          .map((item) => outbox.keepPending(item));
        for (let count = 0; count < times * SOME; count++)
          arrivals.add({ from: randomId(), id: randomId(), header: digestOf(1), root: digestOf(2) });
        await Promise.all(kept);
        await arrivals.read();
      });
    await keep(1);
    // Of the three stores, each 64 in one, and the first and the last by themselves.
    expect(await keep(1)).to.be.at.most(3 * 3);
    expect(await keep(16)).to.be.at.most(3 * (10 + 2));
  });

  it('notices those that have come at the front without a look at the others', async () => {
    const changes = new ReceivedChanges();
    let items: readonly SnapItem[] = Array.from({ length: 50 }, files).flat();
    changes.read(items);
    items = [...files(), ...items];
    const counted = await looks(() => Promise.resolve(changes.read(items)));
    expect(counted).to.be.lessThan(10 * SOME);
    expect(changes.read(items).added).to.be.empty;
  });
});
