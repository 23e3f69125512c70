import { expect } from '@open-wc/testing';
import { randomId } from '../../src/item.js';
import { database, opened } from '../../src/store/database.js';
import { Outbox, pendingItem } from '../../src/store/outbox.js';
import { rememberTab, tabsOf } from '../../src/store/tabs.js';
import { description } from '../transfer/support/two-sides.js';
import { blockDatabase } from './support/blocked-database.js';
import { itemOf, sendingOf } from './support/offers.js';

describe('a database that does not open', () => {
  let unblock: () => void;
  beforeEach(async () => {
    unblock = await blockDatabase();
  });
  afterEach(async () => {
    unblock();
    await opened();
  });

  it('counts as missing, until it has opened after all', async () => {
    expect(await database()).to.equal(null);
    expect(await tabsOf(randomId())).to.deep.equal([]);
    unblock();
    await opened();
    expect(await database()).to.have.property('name', 'snaptrail');
  });

  it('loses nothing that is captured and sent meanwhile, and stores nothing that is delivered by then', async () => {
    const owner = { tab: randomId(), room: randomId() };
    const outbox = new Outbox(owner);
    const [waiting, sent, delivered] = ['waiting', 'sent', 'delivered'].map(itemOf);
    const written = [waiting!, sent!, delivered!].map((item) => outbox.keepPending(item));
    for (const { id } of [sent!, delivered!])
      written.push(outbox.keepSending(sendingOf(id), description({ id }), { lastModified: 0 }));
    const dropped = outbox.drop(delivered!.id);
    unblock();
    await Promise.all([...written, dropped]);
    const held = await new Outbox(owner).open();
    expect(held.map(({ record }) => record.kind)).to.have.members(['pending', 'sending']);
    expect(held.map(pendingItem).map((item) => item?.id)).to.include(waiting!.id);
    const texts = await Promise.all(held.map(async ({ content }) => content?.file?.text()));
    expect(texts).to.have.members(['waiting', 'sent']);
  });

  it('stores what is captured meanwhile for the room that the hub has moved to', async () => {
    const owner = { tab: randomId(), room: randomId() };
    const outbox = new Outbox(owner);
    const written = outbox.keepPending(itemOf('moved'));
    const other = { ...owner, room: randomId() };
    const moved = outbox.move(other.room);
    unblock();
    await Promise.all([written, moved]);
    expect(await new Outbox(owner).open()).to.have.length(0);
    expect(await new Outbox(other).open()).to.have.length(1);
  });
});

describe('a database that is lost while the page is open', () => {
  const request = (asked: IDBOpenDBRequest): Promise<void> =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(new Error('It was not lost.'));
    });

  const LOSSES: Record<string, () => Promise<unknown>> = {
    'another tab deletes it': () => request(indexedDB.deleteDatabase('snaptrail')),
    // Without a word, as when a page was frozen meanwhile.
    'its connection is closed': async () => (await database())!.close(),
    'it cannot be opened at first': async () => {
      await request(indexedDB.deleteDatabase('snaptrail'));
      const open = indexedDB.open.bind(indexedDB);
      indexedDB.open = () => {
        throw new DOMException('There is no room.', 'UnknownError');
      };
      expect(await database()).to.equal(null);
      indexedDB.open = open;
    },
  };
  for (const [what, lose] of Object.entries(LOSSES))
    it(`is opened again, and loses nothing from then on, after this: ${what}`, async () => {
      const owner = { tab: randomId(), room: randomId() };
      const outbox = new Outbox(owner);
      await outbox.keepPending(itemOf('before'));
      await lose();
      const item = itemOf('after');
      await outbox.keepPending(item);
      await rememberTab(owner.tab, owner.room);
      expect((await tabsOf(owner.room)).map(({ id }) => id)).to.deep.equal([owner.tab]);
      const held = await new Outbox(owner).open();
      expect(held.map(pendingItem).map((each) => each?.id)).to.include(item.id);
    });
});
