import { expect } from '@open-wc/testing';
import { fakeItem } from '../../demo/fake-hub.js';
import type { ConnectionState } from '../../src/events.js';
import { Hub } from '../../src/hub/hub.js';
import type { HubHost } from '../../src/hub/hub.js';
import type { HubSettings } from '../../src/hub/settings.js';
import type { SnapItem } from '../../src/item.js';
import { makeRoomCode } from '../../src/room/code.js';
import { waitUntil } from '../support/wait-until.js';

/** An element that has a hub. */
class Host implements HubHost {
  readonly settings: HubSettings;
  present = true;
  readonly camera = null;
  hub: Hub;
  /** What the hub emitted while it acted for this element. */
  readonly emitted: string[] = [];
  readonly states: ConnectionState[] = [];
  retired = 0;
  #following = new AbortController();

  constructor(room: string | null) {
    this.settings = {
      ...{ server: '/peerjs', room, fragment: '', name: 'Ada', sendOnly: false, iceServers: '[]' },
      ...{ relayOnly: false, accept: '*/*', maxSize: null, maxPeers: null, maxLanes: null, debug: false },
    };
    this.hub = this.#follow(new Hub(this));
  }

  ask(): Promise<boolean> {
    return Promise.resolve(true);
  }

  use(hub: Hub): void {
    this.hub = this.#follow(hub);
  }

  retire(): void {
    this.retired++;
    this.use(new Hub(this, 'closed'));
  }

  renew(): void {}

  /** The element is taken out of the page for good. */
  remove(): void {
    this.present = false;
    this.hub.depart();
  }

  #follow(hub: Hub): Hub {
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    hub.on('state', (state) => state === this.states.at(-1) || this.states.push(state), { signal });
    for (const type of ['pending', 'transfer', 'error', 'peer-join', 'peer-leave'] as const)
      hub.on(type, () => this.emitted.push(type), { signal });
    return hub;
  }
}

const item = (name: string): SnapItem => fakeItem(new File([name], name));
const inRoom = (host: Host): Promise<void> =>
  waitUntil(() => host.hub.state === 'waiting', 'it is in its room');

describe('a hub', () => {
  let room: string;
  let host: Host;
  const hosts: Host[] = [];
  const hostOf = (code: string | null): Host => {
    const made = new Host(code);
    hosts.push(made);
    return made;
  };
  beforeEach(() => {
    room = makeRoomCode();
    host = hostOf(room);
  });
  afterEach(() => {
    for (const { hub } of hosts.splice(0)) {
      for (const each of hub.pending) hub.contents.remove(each);
      for (const each of hub.transfers) {
        if (!each.ended) each.cancel();
        hub.contents.remove(each);
      }
      hub.disconnect();
    }
  });

  it('emits its states on the way into its room and out of it', async () => {
    void host.hub.stay.connect();
    await inRoom(host);
    host.hub.disconnect();
    expect(host.states).to.deep.equal(['joining', 'waiting', 'closed']);
    expect([host.hub.stay.code, host.hub.peers]).to.deep.equal([null, []]);
  });

  it('emits what is queued, sent, removed and refused before it has a room', () => {
    const { hub } = host;
    const queued = item('queued.txt');
    hub.queue.add(queued);
    expect([hub.pending, host.emitted]).to.deep.equal([[queued], ['pending']]);
    hub.contents.remove(queued);
    const transfer = hub.send(new File(['x'], 'x.txt'), null);
    expect(hub.transfers).to.deep.equal([transfer]);
    hub.contents.remove(transfer);
    expect(hub.transfers, 'a transfer that has not ended stays').to.deep.equal([transfer]);
    transfer.cancel();
    hub.contents.remove(transfer);
    expect([hub.pending, hub.transfers]).to.deep.equal([[], []]);
    expect(() => hub.send(new File(['x'], 'x.txt'), [])).to.throw('recipient');
    expect(host.emitted.slice(0, 3)).to.deep.equal(['pending', 'pending', 'transfer']);
  });

  it('goes on at the next element for its room, and emits nothing at the former one', async () => {
    await host.hub.stay.connect();
    await inRoom(host);
    const { hub } = host;
    const next = hostOf(room);
    await next.hub.stay.connect();
    expect(next.hub.error?.code).to.equal('room-in-use');
    const queued = item('queued at the next.txt');
    next.hub.queue.add(queued);
    const before = host.emitted.length;
    host.remove();
    expect(next.hub).to.equal(hub);
    expect([next.hub.state, next.hub.pending]).to.deep.equal(['waiting', [queued]]);
    expect([host.retired, host.hub.state, host.emitted.length]).to.deep.equal([1, 'closed', before]);
  });

  it('leaves what is not sent to the next hub that enters its room', async () => {
    await host.hub.stay.connect();
    const { hub } = host;
    const queued = item('left.txt');
    hub.queue.add(queued);
    host.remove();
    expect(hub.state).to.equal('closed');
    const next = hostOf(room);
    await next.hub.stay.connect();
    await inRoom(next);
    expect([next.hub, next.hub.pending, host.hub.pending]).to.deep.equal([hub, [queued], []]);
  });

  it('leaves nothing behind when nothing is unsent', async () => {
    await host.hub.stay.connect();
    const { hub } = host;
    host.remove();
    const next = hostOf(room);
    await next.hub.stay.connect();
    await inRoom(next);
    expect(next.hub).not.to.equal(hub);
    expect(host.retired).to.equal(0);
  });

  it('connects again after the back-forward cache only if it was in a room before', async () => {
    host.hub.leaving();
    host.hub.returned();
    expect(host.hub.stay.state).to.equal('outside');
    await host.hub.stay.connect();
    host.hub.leaving();
    expect(host.hub.stay.state).to.equal('outside');
    host.hub.returned();
    await inRoom(host);
    expect(host.hub.stay.state).to.equal('inside');
  });

  it('renews its room also when another hub goes on in its place meanwhile', async () => {
    const left = hostOf(room);
    left.hub.queue.add(item('left.txt'));
    left.remove();
    const own = host.hub;
    void own.stay.connect();
    const code = await own.renew();
    expect(code).not.to.equal(room);
    expect(host.hub).not.to.equal(own);
    expect([own.stay.state, host.hub.stay.state]).to.deep.equal(['replaced', 'renewing']);
  });
});
