import { expect } from '@open-wc/testing';
import { fakeItem } from '../../demo/fake-hub.js';
import { Contents } from '../../src/hub/contents.js';
import type { HubEvents } from '../../src/hub/hub-events.js';
import type { SnapItem } from '../../src/item.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { itemOf } from '../store/support/offers.js';
import { waitUntil } from '../support/wait-until.js';

/** Whether the browser would ask before it leaves the page. */
function asks(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
}

function contentsWithoutRoom(): Contents {
  return new Contents({
    decide: () => Promise.resolve(null),
    session: () => ({ members: [], waitFor: () => undefined }),
    emit: () => undefined,
  });
}

/** As when the last receiver has it. */
function deliver(transfer: Transfer): void {
  transfer.move('delivered');
}

/** The contents of a hub that is in no room, and what they emit. */
function contents(): { held: Contents; emitted: (keyof HubEvents)[] } {
  const emitted: (keyof HubEvents)[] = [];
  const held = new Contents({
    decide: () => Promise.resolve(null),
    session: () => ({ members: [], waitFor: () => undefined }),
    emit: (type) => emitted.push(type),
  });
  return { held, emitted };
}

const item = (name: string): SnapItem => fakeItem(new File([name], name));
const file = (name: string): File => new File([name], name);

describe('the contents of a hub', () => {
  it('send again what was delivered, under a new id and in its place, and nothing else', () => {
    const contents = contentsWithoutRoom();
    const transfer = contents.send(new File(['x'], 'x.txt', { type: 'text/plain' }), null);
    contents.sendAgain(transfer);
    expect(contents.canSendAgain(transfer), 'while it is being sent').to.equal(false);
    expect(contents.transferList.items).to.deep.equal([transfer]);

    deliver(transfer);
    expect(contents.canSendAgain(transfer)).to.equal(true);
    contents.sendAgain(transfer);
    const [again, ...others] = contents.transferList.items;
    expect(others).to.deep.equal([]);
    expect(again?.id).to.not.equal(transfer.id);
    expect([again?.name, again?.type, again?.size, again?.state]).to.deep.equal([
      'x.txt',
      'text/plain',
      1,
      'queued',
    ]);
    contents.sendAgain(transfer);
    expect(contents.transferList.items).to.deep.equal([again]);

    deliver(again!);
    contents.remove(again!);
    expect(contents.canSendAgain(again!), 'once it is removed').to.equal(false);
  });

  it('have the browser ask before the page is left, while they would be lost', async () => {
    const contents = contentsWithoutRoom();
    expect(asks()).to.equal(false);
    const item = itemOf('captured');
    contents.queue.add(item);
    expect(asks(), 'pending').to.equal(true);
    contents.queue.send(null);
    await waitUntil(() => contents.transferList.items.length === 1, 'it is being sent');
    expect(asks(), 'being sent').to.equal(true);
    deliver(contents.transferList.items[0]!);
    expect(asks(), 'delivered').to.equal(false);
    contents.queue.add(itemOf('another'));
    contents.remove(contents.queue.items[0]!);
    expect(asks(), 'removed').to.equal(false);
  });
});

describe('what a hub holds', () => {
  const holding: [string, (held: Contents) => unknown, unsent: boolean][] = [
    ['nothing', () => undefined, false],
    ['an item in the queue', ({ queue }) => queue.add(item('waits.txt')), true],
    ['a transfer that has no recipient yet', (held) => held.send(file('sent.txt'), null), true],
    ['a cancelled transfer', (held) => held.send(file('cancelled.txt'), null).cancel(), false],
  ];
  for (const [what, hold, unsent] of holding)
    it(`is ${unsent ? '' : 'not '}unsent: ${what}`, () => {
      const { held } = contents();
      hold(held);
      expect(held.unsent).to.equal(unsent);
    });

  it('keeps a running transfer that the page wants removed, and forgets an ended one', () => {
    const { held, emitted } = contents();
    const transfer = held.send(file('sent.txt'), null);
    held.remove(transfer);
    expect(held.transferList.items).to.deep.equal([transfer]);
    transfer.cancel();
    emitted.length = 0;
    held.remove(transfer);
    expect([held.transferList.items, emitted]).to.deep.equal([[], ['change']]);
  });

  it('removes an item from the queue or from the inbox, wherever it is', () => {
    const { held, emitted } = contents();
    const [queued, arrived, strange] = [item('queued.txt'), item('arrived.txt'), item('strange.txt')];
    held.queue.add(queued);
    held.inbox.restore([arrived]);
    emitted.length = 0;
    for (const each of [queued, arrived, strange]) held.remove(each);
    expect([held.queue.items, held.inbox.items, emitted]).to.deep.equal([[], [], ['pending', 'change']]);
  });

  it('passes to the successor: queue, inbox and transfers, and what changes afterwards', () => {
    const { held, emitted } = contents();
    const queued = item('queued.txt');
    const arrived = item('arrived.txt');
    held.queue.add(queued);
    held.inbox.restore([arrived]);
    const transfer = held.send(file('sent.txt'), null);
    const next = contents();
    held.giveTo(next.held);
    expect(next.held.queue.items).to.deep.equal([queued]);
    expect(next.held.inbox.items).to.deep.equal([arrived]);
    const sent: readonly Transfer[] = next.held.transferList.items;
    expect(sent.map(({ id }) => id)).to.deep.equal([transfer.id]);
    emitted.length = 0;
    held.queue.add(item('captured late.txt'));
    expect(next.held.queue.items.map((each) => each.file.name)).to.deep.equal([
      'queued.txt',
      'captured late.txt',
    ]);
    expect(emitted).to.deep.equal([]);
  });
});
