import { expect } from '@open-wc/testing';
import type { SnapError } from '../../src/errors.js';
import { randomId } from '../../src/item.js';
import type { SnapItem } from '../../src/item.js';
import { Outbox, pendingItem } from '../../src/store/outbox.js';
import { tabLock, markLeaving, restOfReload, unmarkLeaving } from '../../src/store/tab-lock.js';
import { adoptOutbox, outboxOwners, rememberTab, tabsOf } from '../../src/store/tabs.js';
import type { RecipientState } from '../../src/transfer/transfer.js';
import { description } from '../transfer/support/two-sides.js';
import { damage, fillDisk } from './support/broken-disk.js';
import { itemOf, sendingOf } from './support/offers.js';

const recipient = (id: string, state: RecipientState) => ({
  ...{ id, name: id, loaded: 0, state, error: null },
  outcome: 'delivered' as const,
});

describe('an outbox', () => {
  let owner: { tab: string; room: string };
  beforeEach(() => {
    owner = { tab: randomId(), room: randomId() };
  });

  it('restores pending items in order, with their bytes', async () => {
    const outbox = new Outbox(owner);
    const [one, two] = [itemOf('one'), itemOf('two')];
    await Promise.all([outbox.keepPending(one), outbox.keepPending(two)]);
    const items = (await new Outbox(owner).open()).map(pendingItem);
    expect(items.map((item) => item?.id)).to.deep.equal([one.id, two.id]);
    expect(await items[0]?.file.text()).to.equal('one');
    expect(items[0]?.file.name).to.equal('one.txt');
  });

  it('restores exact pixels', async () => {
    const imageData = new ImageData(
      Uint8ClampedArray.from({ length: 16 }, (_, at) => at),
      2,
      2,
    );
    await new Outbox(owner).keepPending({ ...itemOf('raw'), width: 2, height: 2, imageData });
    const [held] = await new Outbox(owner).open();
    expect([...pendingItem(held!)!.imageData!.data]).to.deep.equal([...imageData.data]);
  });

  it('keeps the bytes of a pending item once it is sent', async () => {
    const outbox = new Outbox(owner);
    const item = itemOf('sent');
    await outbox.keepPending(item);
    await outbox.keepSending(sendingOf(item.id), description({ id: item.id }), { lastModified: 7 });
    const held = await new Outbox(owner).open();
    expect(held.map(({ record }) => record.kind)).to.deep.equal(['sending']);
    expect(await held[0]?.content?.file?.text()).to.equal('sent');
  });

  // claim: #outbox-delivered
  it('follows the recipients of a transfer, and drops it once it is delivered', async () => {
    const outbox = new Outbox(owner);
    const { id } = itemOf('x');
    const transfer = sendingOf(id);
    await outbox.keepSending(transfer, description({ id }), {
      file: new Blob(['0123456789']),
      lastModified: 0,
    });
    transfer.progress(0, [recipient('ann', 'delivered'), recipient('ben', 'sending')]);
    await outbox.follow(transfer);
    const [held] = await new Outbox(owner).open();
    const states = held?.record.kind === 'sending' ? held.record.recipients.map(({ state }) => state) : [];
    expect(states).to.deep.equal(['delivered', 'waiting']);
    transfer.move('delivered');
    await outbox.follow(transfer);
    expect(await new Outbox(owner).open()).to.have.length(0);
  });

  // claim: #outbox-no-large-copy
  it('stores no copy of a large file, only what identifies it', async () => {
    const { id } = itemOf('large');
    await new Outbox(owner).keepSending(sendingOf(id, 1e9), description({ id }), { lastModified: 42 });
    const [held] = await new Outbox(owner).open();
    expect(held?.content).to.equal(null);
    expect(held?.record).to.include({ lastModified: 42, size: 1e9 });
  });

  it('knows what was sent even if its bytes could not be stored', async () => {
    const { id } = itemOf('lost');
    const unkept = { pixels: (() => undefined) as never, lastModified: 42 };
    await new Outbox(owner).keepSending(sendingOf(id), description({ id }), unkept);
    const [held] = await new Outbox(owner).open();
    expect(held?.content).to.equal(null);
    expect(held?.record).to.include({ id, kind: 'sending', lastModified: 42 });
  });

  describe('of an origin without space', () => {
    let free: () => void;
    beforeEach(() => (free = fillDisk('contents')));
    afterEach(() => free());

    it('rejects with storage-full, and names what was not stored', async () => {
      const item = itemOf('large');
      const error = await new Outbox(owner).keepPending(item).catch((thrown: SnapError) => thrown);
      expect(error).to.have.property('code', 'storage-full');
      expect(error).to.have.property('message').that.includes(item.id);
    });

    it('still knows what is being sent', async () => {
      const { id } = itemOf('x');
      const content = { file: new Blob(['x']), lastModified: 42 };
      const outbox = new Outbox(owner);
      const error = await outbox
        .keepSending(sendingOf(id), description({ id }), content)
        .catch((thrown: SnapError) => thrown);
      expect(error).to.have.property('code', 'storage-full');
      const [held] = await new Outbox(owner).open();
      expect(held?.record).to.include({ id, kind: 'sending' });
    });
  });

  describe('with an unreadable entry', () => {
    const [one, two, three] = ['one', 'two', 'three'].map(itemOf) as [SnapItem, SnapItem, SnapItem];
    let mend: (() => void) | null;
    beforeEach(async () => {
      const outbox = new Outbox(owner);
      for (const item of [one, two, three]) await outbox.keepPending(item);
    });
    afterEach(() => mend?.());

    it('restores all others when content is unreadable', async () => {
      mend = damage('contents', two.id);
      const held = await new Outbox(owner).open();
      expect(held.map((each) => pendingItem(each)?.id)).to.deep.equal([one.id, undefined, three.id]);
      expect(held.map(({ unreadable }) => unreadable)).to.deep.equal([false, true, false]);
    });

    it('restores all others when a record is unreadable', async () => {
      mend = damage('outbox', two.id);
      const held = await new Outbox(owner).open();
      expect(held.map(({ record }) => record.id)).to.deep.equal([one.id, three.id]);
    });

    it('is adopted except for that entry', async () => {
      mend = damage('outbox', two.id);
      const heir = randomId();
      expect(await outboxOwners(owner.room, heir)).to.deep.equal([owner.tab]);
      expect(await adoptOutbox(owner.tab, heir, owner.room)).to.equal(true);
      const held = await new Outbox({ ...owner, tab: heir }).open();
      expect(held.map(({ record }) => record.id)).to.deep.equal([one.id, three.id]);
    });
  });

  // claim: #outbox-one-room
  it('never restores into another room', async () => {
    const outbox = new Outbox(owner);
    await outbox.keepPending(itemOf('x'));
    const other = { ...owner, room: randomId() };
    expect(await new Outbox(other).open()).to.have.length(0);
    await outbox.move(other.room);
    expect(await new Outbox(other).open()).to.have.length(1);
  });

  describe('of another tab', () => {
    const heir = randomId();

    // claim: #outbox-adopted-once
    it('is adopted once its tab is dead, by only one other tab', async () => {
      await new Outbox(owner).keepPending(itemOf('left behind'));
      expect(await outboxOwners(owner.room, heir)).to.deep.equal([owner.tab]);
      const heirs = [heir, randomId()];
      const adopted = await Promise.all(heirs.map((tab) => adoptOutbox(owner.tab, tab, owner.room)));
      expect(adopted.filter(Boolean)).to.have.length(1);
      const found = await Promise.all(heirs.map((tab) => new Outbox({ ...owner, tab }).open()));
      expect(found.flat()).to.have.length(1);
    });

    it('is not adopted while its tab lives', async () => {
      await new Outbox(owner).keepPending(itemOf('mine'));
      let close!: () => void;
      await new Promise<void>((held) => {
        void navigator.locks.request(tabLock(owner.tab), () => {
          held();
          return new Promise<void>((resolve) => (close = resolve));
        });
      });
      expect(await adoptOutbox(owner.tab, heir, owner.room)).to.equal(false);
      close();
      expect(await new Outbox(owner).open()).to.have.length(1);
    });

    // claim: #outbox-tab-reloading
    it('is not adopted while its tab may be reloading', async () => {
      await new Outbox(owner).keepPending(itemOf('mine'));
      markLeaving(owner.tab);
      expect(restOfReload(owner.tab)).to.be.greaterThan(0);
      expect(await adoptOutbox(owner.tab, heir, owner.room)).to.equal(false);
      unmarkLeaving(owner.tab);
      expect(await adoptOutbox(owner.tab, heir, owner.room)).to.equal(true);
    });
  });

  it('lists the tabs of a room, the latest first', async () => {
    await rememberTab(owner.tab, owner.room);
    await rememberTab(randomId(), randomId());
    expect(await tabsOf(owner.room)).to.deep.equal([{ id: owner.tab, secret: null }]);
  });
});
