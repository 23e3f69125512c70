import { expect } from '@open-wc/testing';
import type { ConnectionAttributes } from '../../src/elements/snap-connection/attributes.js';
import { hostOf } from '../../src/elements/snap-connection/host.js';
import type { SnapPeer, SnapReceiveEvent } from '../../src/events.js';
import { Inbox, decide } from '../../src/hub/inbox.js';
import type { SnapItem } from '../../src/item.js';
import type { StoredContent } from '../../src/transfer/sinks/sink.js';
import { fakeTransfer } from '../../demo/fake-hub.js';
import { offerOf } from '../store/support/offers.js';

const BOB: SnapPeer = {
  id: 'b'.repeat(32),
  name: 'Bob',
  sendOnly: false,
  roundTrip: 1,
  relayed: false,
  takes: null,
};

describe('an offer', () => {
  let hub: HTMLElement;
  let asked: SnapReceiveEvent[];
  beforeEach(() => {
    hub = document.createElement('div');
    asked = [];
    hub.addEventListener('snap-receive', (event) => asked.push(event));
  });

  const offered = (name: string, type: string, size: number): ReturnType<typeof decide> => {
    const host = hostOf(hub as ConnectionAttributes, [], {
      use: () => {},
      retire: () => {},
      renew: () => {},
    });
    const offer = { id: 'a'.repeat(32), name, type, size, preview: null, from: BOB };
    return decide(offer, { accept: 'image/*, .pdf', maxSize: 1000 }, (each) => host.ask(each));
  };

  it('that the settings accept is shown to the page, with the peer that makes it', async () => {
    expect(await offered('a.png', 'image/png', 1000)).to.be.null;
    expect(asked).to.have.length(1);
    expect(asked[0]!.offer).to.include({ name: 'a.png', type: 'image/png', size: 1000, from: BOB });
  });

  // claim: #accept-and-max-size
  it('that is too large or of another type is refused without asking the page', async () => {
    expect(await offered('a.png', 'image/png', 1001)).to.equal('transfer-too-large');
    expect(await offered('a.exe', 'application/x-msdownload', 1)).to.equal('transfer-type-refused');
    expect(asked).to.be.empty;
  });

  // claim: #receive-declined
  it('is declined when a listener cancels the event or the person answers no', async () => {
    hub.addEventListener('snap-receive', (event) => event.preventDefault(), { once: true });
    expect(await offered('a.png', 'image/png', 1)).to.equal('transfer-declined');
    hub.addEventListener('snap-receive', (event) => event.respondWith(Promise.resolve(false)), {
      once: true,
    });
    expect(await offered('a.png', 'image/png', 1)).to.equal('transfer-declined');
    hub.addEventListener('snap-receive', (event) => event.respondWith(Promise.resolve(true)), { once: true });
    expect(await offered('a.png', 'image/png', 1)).to.be.null;
  });
});

describe('an inbox', () => {
  const arrived: SnapItem[] = [];
  let inbox: Inbox;
  beforeEach(() => {
    arrived.length = 0;
    inbox = new Inbox({ arrived: (item) => arrived.push(item), lost: () => undefined });
  });

  class Place implements StoredContent {
    readonly onDisk: boolean;
    discarded = 0;

    constructor(onDisk: boolean) {
      this.onDisk = onDisk;
    }

    discard(): void {
      this.discarded++;
    }
  }

  async function receive(name: string, place: StoredContent = new Place(false)): Promise<void> {
    const content = new Blob([name], { type: 'text/plain' });
    const transfer = fakeTransfer('delivered', { direction: 'receive', name, size: content.size });
    const offer = { ...offerOf(content.size), takenAt: 1_700_000_000_000 };
    const put = await inbox.prepare(transfer, content, offer, BOB, place);
    put();
  }

  it('has an item only once its transfer has said so, newest first', async () => {
    const content = new Blob(['x']);
    const transfer = fakeTransfer('receiving', { direction: 'receive', name: 'late.txt', size: 1 });
    const put = await inbox.prepare(transfer, content, offerOf(1), BOB, new Place(false));
    expect(inbox.items).to.be.empty;
    await receive('first.txt');
    put();
    expect(inbox.items.map(({ file }) => file.name)).to.deep.equal(['late.txt', 'first.txt']);
    expect(arrived.map(({ file }) => file.name)).to.deep.equal(['first.txt', 'late.txt']);
  });

  it('names the sender and the date of an item, and keeps what cannot be decoded as a file', async () => {
    await receive('notes.txt');
    const [item] = inbox.items;
    expect(item).to.include({ kind: 'file', takenAt: 1_700_000_000_000 });
    expect(item!.from).to.deep.equal({ id: BOB.id, name: 'Bob' });
    expect(await item!.file.text()).to.equal('notes.txt');
  });

  it('frees the disk of an item when it is removed, once', async () => {
    const place = new Place(true);
    await receive('large.bin', place);
    const [item] = inbox.items;
    expect(place.discarded).to.equal(0);
    expect([inbox.remove(item!), inbox.remove(item!)]).to.deep.equal([true, false]);
    expect([inbox.items.length, place.discarded]).to.deep.equal([0, 1]);
  });

  it('puts the items of an earlier inbox behind its own', async () => {
    await receive('mine.txt');
    const mine = inbox.items;
    inbox = new Inbox({ arrived: () => undefined, lost: () => undefined });
    await receive('newer.txt');
    inbox.restore(mine);
    expect(inbox.items.map(({ file }) => file.name)).to.deep.equal(['newer.txt', 'mine.txt']);
  });
});
