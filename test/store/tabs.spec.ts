import { expect } from '@open-wc/testing';
import { randomId } from '../../src/item.js';
import { StoredArrivals } from '../../src/store/stored-arrivals.js';
import { database } from '../../src/store/database.js';
import { Outbox } from '../../src/store/outbox.js';
import { sweep } from '../../src/store/sweep.js';
import { tabLock } from '../../src/store/tab-lock.js';
import { adoptOutbox, keepSecret, outboxOwners, rememberTab, tabsOf } from '../../src/store/tabs.js';
import { Upkeep } from '../../src/store/upkeep.js';
import { removeLeftover } from '../../src/transfer/sinks/opfs-sink.js';
import { atTime } from './support/at-time.js';
import { itemOf } from './support/offers.js';
import { waitUntil } from '../support/wait-until.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];

const pageOf = (tab: string) => ({ tab, arrived: [], remove: removeLeftover });

/** How much each of these tabs has in its outbox for the room. */
const held = (tabs: readonly string[], room: string): Promise<number[]> =>
  Promise.all(tabs.map(async (tab) => (await new Outbox({ tab, room }).open()).length));

describe('what a dead tab has left', () => {
  // claim: #tabs-removed-after-24h
  it('is removed after 24 h and not before, while our own stays', async () => {
    const room = randomId();
    const [mine, dead, fresh] = [randomId(), randomId(), randomId()];
    for (const tab of [mine, dead])
      await atTime(Date.now() - DAY - 1000, () => new Outbox({ tab, room }).keepPending(itemOf(tab)));
    await new Outbox({ tab: fresh, room }).keepPending(itemOf(fresh));
    await sweep(pageOf(mine));
    expect(await held([mine, dead, fresh], room)).to.deep.equal([1, 0, 1]);
    const contents = await (await database())!.getAll('contents');
    expect(contents.filter(({ file }) => (file as File).name === `${dead}.txt`)).to.have.length(0);
  });

  // claim: #tabs-dead-age
  it('counts its age from the death of the tab, however long that lived', async () => {
    const [room, tab, heir] = [randomId(), randomId(), randomId()];
    const born = Date.now() - DAY - 2 * HOUR;
    await atTime(born, async () => {
      await rememberTab(tab, room);
      await new Outbox({ tab, room }).keepPending(itemOf('snapped'));
    });
    // An hour before it crashed.
    await atTime(Date.now() - HOUR, () => rememberTab(tab, room));
    await sweep(pageOf(heir));
    expect(await tabsOf(room)).to.deep.equal([{ id: tab, secret: null }]);
    expect(await outboxOwners(room, heir)).to.deep.equal([tab]);
    expect(await adoptOutbox(tab, heir, room)).to.equal(true);
    expect(await held([heir], room)).to.deep.equal([1]);
  });

  it('is not adopted after 24 h, nor is its identity', async () => {
    const [room, tab, heir] = [randomId(), randomId(), randomId()];
    await atTime(Date.now() - DAY - 1000, async () => {
      await rememberTab(tab, room);
      await new Outbox({ tab, room }).keepPending(itemOf('forgotten'));
    });
    expect(await tabsOf(room)).to.deep.equal([]);
    expect(await outboxOwners(room, heir)).to.deep.equal([]);
  });

  it('stays as long as the tab lives after all, however long it has been silent', async () => {
    const [room, tab, other] = [randomId(), randomId(), randomId()];
    await atTime(Date.now() - DAY - 1000, () => new Outbox({ tab, room }).keepPending(itemOf('frozen')));
    let close!: () => void;
    await new Promise<void>((locked) => {
      void navigator.locks.request(tabLock(tab), () => {
        locked();
        return new Promise<void>((resolve) => (close = resolve));
      });
    });
    await sweep(pageOf(other));
    close();
    expect(await held([tab], room)).to.deep.equal([1]);
  });
});

describe('an open page', () => {
  const { setInterval: genuine } = globalThis;
  const life = { tab: '', room: '', sweeps: 0 };
  let hours: (() => void) | null;
  let page: AbortController;
  let upkeep: Upkeep;
  beforeEach(() => {
    [life.tab, life.room, life.sweeps] = [randomId(), randomId(), 0];
    hours = null;
    globalThis.setInterval = ((run: () => void, every: number) => {
      expect(every).to.equal(HOUR);
      hours = run;
      return 0;
    }) as typeof setInterval;
    page = new AbortController();
    const sweepNow = (): Promise<void> => {
      life.sweeps++;
      return Promise.resolve();
    };
    upkeep = new Upkeep(life.tab, sweepNow, page.signal);
    globalThis.setInterval = genuine;
  });
  afterEach(() => page.abort());

  /** In ms since the epoch: when the tab was last heard of. */
  const heard = async (): Promise<number | undefined> =>
    (await (await database())!.get('tabs', life.tab))?.at;

  const ways: Record<string, () => unknown> = {
    'every hour': () => hours!(),
    'when it goes away': () => dispatchEvent(new Event('pagehide')),
    'when it is hidden': () => document.dispatchEvent(new Event('visibilitychange')),
  };
  for (const [when, happen] of Object.entries(ways)) {
    it(`records that its tab is alive ${when}`, async () => {
      upkeep.enter(life.room);
      await waitUntil(async () => (await heard()) !== undefined, 'it is remembered');
      const later = Date.now() + 30 * HOUR;
      // The time is looked at before anything is waited for: the page may have no more than that.
      await atTime(later, () => Promise.resolve(happen()));
      await waitUntil(async () => (await heard()) === later, 'it is heard of');
      expect(await tabsOf(life.room)).to.deep.equal([{ id: life.tab, secret: null }]);
    });
  }

  it('cleans up once it has adopted what was left to it, and then every hour', () => {
    upkeep.begin();
    upkeep.begin();
    expect(life.sweeps).to.equal(1);
    hours!();
    hours!();
    expect(life.sweeps).to.equal(3);
  });
});

describe('a record that was written while the clock was ahead', () => {
  // claim: #tabs-clock-behind
  it('is kept for 24 h like any other, not until the clock has caught up', async () => {
    const [room, tab, page] = [randomId(), randomId(), randomId()];
    const later = Date.now() + 300 * DAY;
    const arrival = { from: randomId(), id: randomId(), header: 'aa', root: 'bb' };
    await atTime(later, async () => {
      await rememberTab(tab, room);
      await new Outbox({ tab, room }).keepPending(itemOf('ahead'));
      new StoredArrivals(tab).add(arrival);
    });
    await sweep(pageOf(page));
    expect(await held([tab], room)).to.deep.equal([1]);
    expect(await new StoredArrivals(tab).read()).to.have.length(1);
    await atTime(Date.now() + DAY + HOUR, () => sweep(pageOf(page)));
    expect(await held([tab], room)).to.deep.equal([0]);
    expect(await (await database())!.get('tabs', tab)).to.equal(undefined);
    expect(await new StoredArrivals(tab).read()).to.be.empty;
  });
});

describe('the secret of a dead tab', () => {
  it('is removed with everything else that it has left', async () => {
    const [room, tab, page] = [randomId(), randomId(), randomId()];
    keepSecret(tab, 'aa');
    await rememberTab(tab, room);
    await sweep(pageOf(page));
    expect(await tabsOf(room)).to.deep.equal([{ id: tab, secret: 'aa' }]);
    await atTime(Date.now() + DAY + HOUR, () => sweep(pageOf(page)));
    expect(await (await database())!.get('tabs', tab)).to.equal(undefined);
  });
});
