import { expect } from '@open-wc/testing';
import { randomId } from '../../src/item.js';
import { Batched } from '../../src/store/batched.js';
import { withDatabase } from '../../src/store/database.js';
import type { TabRecord } from '../../src/store/database.js';
import { transactions } from './support/transactions.js';

const tab = (id: string, room = 'r'): TabRecord => ({ id, room, at: 0 });
const read = (id: string): Promise<TabRecord | null | undefined> =>
  withDatabase<TabRecord | undefined>((db) => db.get('tabs', id));

describe('batched writes', () => {
  let tabs: Batched<'tabs'>;
  /** Not another test's. */
  let name: string;
  beforeEach(() => {
    tabs = new Batched('tabs');
    name = randomId();
  });

  const put = (id: string, room?: string): Promise<void> =>
    tabs.write((store) => void store.put(tab(`${name}${id}`, room)).catch(() => undefined));
  /** Which fails where it is there already. */
  const add = (id: string): Promise<void> =>
    tabs.write((store) => void store.add(tab(`${name}${id}`)).catch(() => undefined));
  const room = async (id: string): Promise<string | undefined> => (await read(`${name}${id}`))?.room;

  it('are readable once their promise resolves', async () => {
    await put('one');
    expect(await room('one')).to.equal('r');
  });

  it('happen in the order of the calls', async () => {
    const order: number[] = [];
    const ends: number[] = [];
    await Promise.all(
      Array.from({ length: 200 }, (_, at) =>
        tabs
          .write((store) => {
            order.push(at);
            store.put(tab(name, String(at))).catch(() => undefined);
          })
          .then(() => ends.push(at)),
      ),
    );
    const all = Array.from({ length: 200 }, (_, at) => at);
    expect(order).to.deep.equal(all);
    expect(ends).to.deep.equal(all);
    expect((await read(name))?.room).to.equal('199');
  });

  it('share a transaction by 64, except the first, which starts at once', async () => {
    await put('warm');
    const many = (count: number) => Promise.all(Array.from({ length: count }, (_, at) => put(String(at))));
    expect(await transactions(() => many(1))).to.equal(1);
    expect(await transactions(() => many(64))).to.be.within(1, 2);
    expect(await transactions(() => many(640))).to.be.within(10, 11);
  });

  const FAILURES: Record<string, (store: Parameters<Parameters<Batched<'tabs'>['write']>[0]>[0]) => void> = {
    'cannot be cloned': (store) => void store.put({ ...tab('x'), secret: (() => 1) as never }),
    'throws by itself': () => {
      throw new Error('no');
    },
    'is refused by the database': (store) => void store.add(tab(`${name}here`)).catch(() => undefined),
  };
  for (const [why, step] of Object.entries(FAILURES))
    for (const place of [0, 7, 99])
      it(`succeed when another of a hundred ${why}, at index ${place}`, async () => {
        await put('here', 'before');
        const ends = await Promise.allSettled(
          Array.from({ length: 100 }, (_, at) => (at === place ? tabs.write(step) : add(String(at)))),
        );
        expect(ends.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).to.deep.equal([place]);
        const there = await Promise.all(ends.map((_, at) => room(String(at))));
        expect(there.flatMap((found, at) => (found ? [] : [at]))).to.deep.equal([place]);
        expect(await room('here')).to.equal('before');
        await put('after');
        expect(await room('after'), 'and go on').to.equal('r');
      });

  it('settle once every write has completed, even if one has failed', async () => {
    const [failed] = Object.values(FAILURES);
    const failing = tabs.write(failed!).catch(() => 'failed');
    void put('one');
    void put('two');
    await tabs.settled();
    expect(await Promise.all([room('one'), room('two'), failing])).to.deep.equal(['r', 'r', 'failed']);
    await tabs.settled();
  });

  it('survive a page that goes away as soon as they have begun', async () => {
    const frame = document.createElement('iframe');
    const begun = new Promise<void>((resolve) => {
      Object.assign(window, {
        begun: () => {
          // Not sooner: whoever is called is in the middle of it.
          queueMicrotask(() => {
            frame.remove();
            resolve();
          });
        },
      });
    });
    frame.srcdoc = `<script type="module">
      import { Batched } from '${location.origin}/src/store/batched.ts';
      void new Batched('tabs').write((store) => {
        for (let at = 0; at < 20; at++) void store.put({ id: '${name}' + at, room: 'gone', at: 0 });
        parent.begun();
      });
    </script>`;
    document.body.append(frame);
    await begun;
    const found = await Promise.all(Array.from({ length: 20 }, (_, at) => room(String(at))));
    expect(found).to.deep.equal(Array.from({ length: 20 }, () => 'gone'));
  });
});
