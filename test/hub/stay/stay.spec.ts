import { expect } from '@open-wc/testing';
import type { ConnectionState } from '../../../src/events.js';
import type { SnapError } from '../../../src/errors.js';
import { Occupancy } from '../../../src/hub/page/occupancy.js';
import type { HubSettings } from '../../../src/hub/settings.js';
import { Stay } from '../../../src/hub/stay/stay.js';
import type { StayHub } from '../../../src/hub/stay/stay-hub.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { deriveKeys } from '../../../src/room/keys.js';
import type { Room } from '../../../src/room/room.js';
import { waitUntil } from '../../support/wait-until.js';

const SETTINGS: HubSettings = {
  ...{ server: '/peerjs', room: null, fragment: '', name: 'Ada', sendOnly: false, iceServers: '[]' },
  ...{ relayOnly: false, accept: '*/*', maxSize: null, maxPeers: null, maxLanes: null, debug: false },
};

/** A hub that enters no room: it writes down what its stay asks for. */
class Hub implements StayHub {
  settings: HubSettings;
  present = true;
  error: SnapError | null = null;
  readonly pending = [];
  readonly calls: string[] = [];
  readonly reported: string[] = [];
  readonly shown: ConnectionState[] = [];
  readonly stay: Stay<Hub>;

  get name(): string {
    return this.settings.name;
  }

  constructor(occupancy: Occupancy<Hub>, settings: Partial<HubSettings> = {}) {
    this.settings = { ...SETTINGS, ...settings };
    this.stay = new Stay<Hub>(this, occupancy);
  }

  readonly session = {
    room: null as Room | null,
    enter: () => {
      this.calls.push('enter');
      this.session.room = {
        rename: (name: string) => void this.calls.push(`rename ${name}`),
        checkNow: () => void this.calls.push('check now'),
      } as Room;
    },
    leave: (final: boolean) => {
      if (this.session.room) this.calls.push(final ? 'leave for good' : 'leave');
      this.session.room = null;
    },
  };
  readonly resume = {
    enter: () => Promise.resolve(),
    move: (tag: string) => Promise.resolve(void this.calls.push(`move ${tag}`)),
  };

  become(state: ConnectionState, error: SnapError | null): void {
    this.error = error;
    this.shown.push(state);
  }

  hamper(error: SnapError): void {
    this.report(error);
  }

  report({ code }: SnapError): void {
    this.reported.push(code);
  }

  left(): void {}

  claimUnsent(): null {
    return null;
  }

  depart(): void {
    this.calls.push('depart');
    this.stay.leave({ final: false });
  }

  free(): void {
    this.stay.free();
  }
}

describe('a stay in a room', () => {
  let occupancy: Occupancy<Hub>;
  let room: string;
  let hub: Hub;
  const entered = async (each: Hub): Promise<void> => {
    await each.stay.connect();
    expect(each.stay.state).to.equal('inside');
  };
  beforeEach(() => {
    occupancy = new Occupancy();
    room = makeRoomCode();
    hub = new Hub(occupancy, { room });
  });

  it('enters the room, once however often the page connects', async () => {
    expect([hub.stay.state, hub.stay.code]).to.deep.equal(['outside', null]);
    await entered(hub);
    await hub.stay.connect();
    expect(hub.calls).to.deep.equal(['enter']);
    expect([hub.stay.code, hub.shown, hub.reported]).to.deep.equal([room, ['joining'], []]);
  });

  it('enters nothing when the page leaves while it is entering', async () => {
    const connecting = hub.stay.connect();
    expect(hub.stay.state).to.equal('entering');
    hub.stay.leave({ final: true });
    await connecting;
    expect([hub.stay.state, hub.stay.code, hub.calls]).to.deep.equal(['outside', null, []]);
  });

  it('enters once when the page connects again while it is entering', async () => {
    const first = hub.stay.connect();
    await Promise.all([first, hub.stay.connect(), hub.stay.settled()]);
    expect([hub.stay.state, hub.calls]).to.deep.equal(['inside', ['enter']]);
  });

  const wrong: [settings: Partial<HubSettings>, code: string][] = [
    [{ room: 'short' }, 'room-code-invalid'],
    [{ server: 'ftp://signal.test' }, 'server-invalid'],
    [{ iceServers: 'nonsense' }, 'ice-servers-invalid'],
  ];
  for (const [settings, code] of wrong)
    it(`fails with ${code}, frees its room, and enters once the setting is right`, async () => {
      await entered(hub);
      hub.settings = { ...hub.settings, ...settings };
      await hub.stay.reconnect();
      expect([hub.stay.state, hub.stay.room, hub.reported]).to.deep.equal(['failed', null, [code]]);
      expect(occupancy.holder(room)).to.equal(null);
      expect(hub.shown.at(-1)).to.equal('failed');
      hub.settings = { ...SETTINGS, room };
      hub.stay.settingsChanged();
      await hub.stay.settled();
      expect([hub.stay.state, hub.reported]).to.deep.equal(['inside', [code]]);
    });

  it('is blocked by another hub of the page, and enters by itself when that leaves', async () => {
    await entered(hub);
    const other = new Hub(occupancy, { room });
    await other.stay.connect();
    expect([other.stay.state, other.stay.code, other.stay.room]).to.deep.equal(['blocked', null, room]);
    expect([other.reported, other.error?.code]).to.deep.equal([['room-in-use'], 'room-in-use']);
    hub.stay.leave({ final: true });
    await other.stay.settled();
    expect(other.stay.state).to.equal('inside');
  });

  it('yields for a task to a hub that the page is only moving', async () => {
    await entered(hub);
    hub.present = false;
    const other = new Hub(occupancy, { room });
    const connecting = other.stay.connect();
    expect([other.stay.state, other.shown]).to.deep.equal(['yielding', ['joining']]);
    hub.present = true;
    await connecting;
    expect([other.stay.state, hub.stay.state]).to.deep.equal(['blocked', 'inside']);
  });

  it('gets the room of a hub that the page has removed', async () => {
    await entered(hub);
    hub.present = false;
    const other = new Hub(occupancy, { room });
    await other.stay.connect();
    await other.stay.settled();
    expect([other.stay.state, hub.stay.state]).to.deep.equal(['inside', 'outside']);
    expect(hub.calls).to.deep.equal(['enter', 'depart', 'leave']);
  });

  it('renews: leaves for good, takes along what is meant for the members, and has no code meanwhile', async () => {
    await entered(hub);
    const renewing = hub.stay.renew();
    expect([hub.stay.state, hub.stay.code]).to.deep.equal(['renewing', null]);
    const code = await renewing;
    expect(code).not.to.equal(room);
    expect(hub.calls).to.deep.equal(['enter', 'leave for good', `move ${deriveKeys(code).tag}`]);
    hub.settings = { ...hub.settings, room: code };
    await entered(hub);
    expect(hub.stay.code).to.equal(code);
  });

  it('leaves another room for good, and comes back to the same one', async () => {
    await entered(hub);
    hub.settings = { ...hub.settings, sendOnly: true };
    hub.stay.settingsChanged();
    await hub.stay.settled();
    hub.settings = { ...hub.settings, room: makeRoomCode() };
    hub.stay.settingsChanged();
    await hub.stay.settled();
    expect(hub.calls).to.deep.equal(['enter', 'leave', 'enter', 'leave for good', 'enter']);
  });

  it('stays when settings change that make no difference to it', async () => {
    await entered(hub);
    hub.settings = { ...hub.settings, server: ' /peerjs ', maxPeers: 12, fragment: 'other', name: 'Bob' };
    hub.stay.settingsChanged();
    expect([hub.stay.state, hub.calls]).to.deep.equal(['inside', ['enter', 'rename Bob']]);
  });

  it('stays with its ICE servers when others are invalid, and reports those once', async () => {
    await entered(hub);
    for (const iceServers of ['nonsense', 'nonsense', '[{"urls":"stun:a.test"}]']) {
      hub.settings = { ...hub.settings, iceServers };
      hub.stay.settingsChanged();
    }
    expect(hub.reported).to.deep.equal(['ice-servers-invalid']);
    expect(hub.calls.filter((call) => call === 'check now')).to.have.length(1);
    expect(hub.stay.state).to.equal('inside');
  });

  it('keeps its code when the room gives up, and connects anew when asked to', async () => {
    await entered(hub);
    hub.stay.dropped();
    expect([hub.stay.state, hub.stay.code]).to.deep.equal(['dropped', room]);
    await entered(hub);
    expect(hub.calls).to.deep.equal(['enter', 'leave', 'enter']);
  });

  it('does nothing any more once another hub goes on in its place', async () => {
    await entered(hub);
    hub.stay.replace();
    hub.stay.settingsChanged();
    hub.stay.free();
    await hub.stay.connect();
    hub.stay.dropped();
    hub.stay.replace();
    expect([hub.stay.state, hub.stay.room, hub.calls]).to.deep.equal(['replaced', null, ['enter']]);
  });

  it('leaves the address to the hub that has the room when it waits for that and is renewed', async () => {
    const page = `${location.pathname}${location.search}`;
    const [first, second] = [1, 2].map(() => new Hub(occupancy, { fragment: 'shared' })) as [Hub, Hub];
    try {
      await entered(first);
      await second.stay.connect();
      expect([second.stay.state, second.reported]).to.deep.equal(['blocked', ['room-in-use']]);
      const { hash } = location;
      const code = await second.stay.renew();
      expect([location.hash, code === first.stay.code]).to.deep.equal([hash, false]);
    } finally {
      history.replaceState(null, '', page);
    }
  });

  it('follows the address of the page, and puts back a code that a router takes out of it', async () => {
    const page = `${location.pathname}${location.search}`;
    const follower = new Hub(occupancy, { fragment: 'followed' });
    try {
      await entered(follower);
      const { code } = follower.stay;
      history.replaceState(null, '', `${page}#/inbox`);
      follower.stay.addressChanged();
      expect(location.hash).to.equal(`#/inbox&followed=${code}`);
      expect(follower.stay.state).to.equal('inside');
      history.replaceState(null, '', `${page}#followed=${room}`);
      follower.stay.addressChanged();
      await waitUntil(() => follower.stay.state === 'inside', 'it is in the other room');
      expect(follower.stay.code).to.equal(room);
    } finally {
      history.replaceState(null, '', page);
    }
  });
});
