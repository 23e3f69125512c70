import { expect, waitUntil } from '@open-wc/testing';
import { Contents } from '../../src/hub/contents.js';
import type { Transfer } from '../../src/transfer/transfer.js';
import { itemOf } from '../store/support/offers.js';

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
