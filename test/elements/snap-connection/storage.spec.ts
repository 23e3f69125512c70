import { expect } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import { SnapCapturedEvent } from '../../../src/events.js';
import type { SnapErrorEvent } from '../../../src/events.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { randomId } from '../../../src/item.js';
import { opened } from '../../../src/store/database.js';
import { Outbox } from '../../../src/store/outbox.js';
import { deriveKeys } from '../../../src/room/keys.js';
import { blockDatabase } from '../../store/support/blocked-database.js';
import { fillDisk } from '../../store/support/broken-disk.js';
import { itemOf } from '../../store/support/offers.js';
import { otherPage } from '../support/other-page.js';
import { waitUntil } from '../../support/wait-until.js';

function enter(room: string): SnapConnection {
  const hub = document.createElement('snap-connection');
  hub.server = '/peerjs';
  hub.room = room;
  document.body.append(hub);
  return hub;
}

// One story in one page: it has one database, which is opened once.
describe('a hub whose database does not open', () => {
  const room = makeRoomCode();
  let unblock: () => void;
  let hub: SnapConnection;
  before(async () => {
    unblock = await blockDatabase();
    sessionStorage.clear();
    hub = enter(room);
  });
  after(() => {
    unblock();
    hub.remove();
  });

  // A tab that is opened anew asks who was here before.
  it('enters its room all the same', async () => {
    await waitUntil(() => hub.state === 'waiting', 'it is in its room');
    expect(hub.error).to.equal(null);
  });

  it('sends and receives', async () => {
    const other = await otherPage(room);
    await waitUntil(() => hub.peers.length === 1, 'somebody has come');
    const sent = hub.send(new File(['there'], 'there.txt'));
    await sent.finished;
    await waitUntil(() => other.peers.length === 1, 'it is seen');
    const { File: TheirFile } = other.ownerDocument.defaultView as unknown as typeof globalThis;
    await other.send(new TheirFile(['back'], 'back.txt')).finished;
    expect(await hub.received[0]?.file.text()).to.equal('back');
    document.querySelector('iframe')!.remove();
  });

  it('restores what was left for the room once the database opens', async () => {
    const before = hub.pending.length;
    const { tag } = deriveKeys(room);
    const left = new Outbox({ tab: randomId(), room: tag }).keepPending(itemOf('left by a dead tab'));
    unblock();
    await Promise.all([opened(), left]);
    await waitUntil(() => hub.pending.length > before, 'it is adopted');
    expect(hub.pending[0]?.file.name).to.equal('left by a dead tab.txt');
  });
});

describe('a hub whose disk is full', () => {
  // claim: #storage-failure-told
  it('reports that it could not store a captured item, and keeps it all the same', async () => {
    const hub = enter(makeRoomCode());
    await waitUntil(() => hub.state === 'waiting', 'it is in its room');
    const free = fillDisk('contents');
    try {
      const told = new Promise<SnapErrorEvent>((resolve) =>
        hub.addEventListener('snap-error', resolve, { once: true }),
      );
      const item = itemOf('captured');
      hub.dispatchEvent(new SnapCapturedEvent(item));
      const { error } = await told;
      expect(error.code).to.equal('storage-full');
      expect(hub.pending).to.deep.equal([item]);
      expect(hub.state).to.equal('waiting');
    } finally {
      free();
      hub.remove();
    }
  });
});
