import { expect } from '@open-wc/testing';
import '../../../src/define/snap-connection.js';
import type { SnapConnection } from '../../../src/elements/snap-connection/snap-connection.js';
import type { SnapErrorCode } from '../../../src/errors.js';
import { SnapRenewRequestEvent } from '../../../src/events.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { waitUntil } from '../../support/wait-until.js';

const TURN = { urls: 'turn:relay.test', username: 'u', credential: 'c' };
const address = `${location.pathname}${location.search}`;

interface Case {
  readonly code: SnapErrorCode;
  /** Before the hub is in the page. */
  readonly broken: (hub: SnapConnection) => void;
  readonly mended: (hub: SnapConnection) => void;
}

const CASES: Record<string, Case> = {
  'a wrong invitation, and a right one put into the address': {
    code: 'room-code-invalid',
    broken: () => history.replaceState(null, '', `${address}#snap=short`),
    mended: () => (location.hash = `#snap=${makeRoomCode()}`),
  },
  'a wrong invitation, and a right one by the History API': {
    code: 'room-code-invalid',
    broken: () => history.replaceState(null, '', `${address}#snap=short`),
    mended: () => history.pushState(null, '', `${address}#/inbox&snap=${makeRoomCode()}`),
  },
  'a wrong invitation that is taken out of the address': {
    code: 'room-code-invalid',
    broken: () => history.replaceState(null, '', `${address}#snap=short`),
    mended: () => (location.hash = '#/inbox'),
  },
  'a wrong invitation, and a room by attribute': {
    code: 'room-code-invalid',
    broken: () => history.replaceState(null, '', `${address}#snap=short`),
    mended: (hub) => hub.setAttribute('room', makeRoomCode()),
  },
  'a wrong room, and a right one': {
    code: 'room-code-invalid',
    broken: (hub) => (hub.room = 'short'),
    mended: (hub) => (hub.room = makeRoomCode()),
  },
  'a wrong room that is taken away': {
    code: 'room-code-invalid',
    broken: (hub) => hub.setAttribute('room', 'short'),
    mended: (hub) => hub.removeAttribute('room'),
  },
  'a server that is none, and a right one': {
    code: 'server-invalid',
    broken: (hub) => (hub.server = 'https://'),
    mended: (hub) => (hub.server = '/peerjs'),
  },
  'an object as a server, and a URL': {
    code: 'server-invalid',
    broken: (hub) => Reflect.set(hub, 'server', {}),
    mended: (hub) => Reflect.set(hub, 'server', new URL('/peerjs', location.href)),
  },
  'ICE servers that are no JSON, and an array': {
    code: 'ice-servers-invalid',
    broken: (hub) => hub.setAttribute('ice-servers', '[object Object]'),
    mended: (hub) => (hub.iceServers = [TURN]),
  },
  'a relay without a password, and one with it': {
    code: 'ice-servers-invalid',
    broken: (hub) => (hub.iceServers = [{ urls: 'turn:relay.test' }]),
    mended: (hub) => (hub.iceServers = TURN),
  },
  'ICE servers of another kind, and none': {
    code: 'ice-servers-invalid',
    broken: (hub) => Reflect.set(hub, 'iceServers', [5]),
    mended: (hub) => Reflect.set(hub, 'iceServers', undefined),
  },
};

describe('a hub that has failed', () => {
  let hub: SnapConnection;
  beforeEach(() => {
    hub = document.createElement('snap-connection');
    hub.server = '/peerjs';
  });
  afterEach(() => {
    hub.remove();
    history.replaceState(null, '', address);
  });

  for (const [title, { code, broken, mended }] of Object.entries(CASES)) {
    it(`reports it once, and connects by itself once it is corrected: ${title}`, async () => {
      const codes: string[] = [];
      hub.addEventListener('snap-error', ({ error }) => codes.push(error.code));
      broken(hub);
      document.body.append(hub);
      await waitUntil(() => hub.state === 'failed', 'it fails');
      // What has nothing to do with it changes nothing.
      hub.name = 'Anna';
      hub.maxLanes = 3;
      await hub.updateComplete;
      expect(codes).to.deep.equal([code]);
      mended(hub);
      await waitUntil(() => hub.state === 'waiting', 'it connects');
      expect(codes).to.deep.equal([code]);
      expect(hub.error).to.equal(null);
    });
  }

  const failedAt = async (hub: SnapConnection, code: SnapErrorCode): Promise<void> => {
    document.body.append(hub);
    await waitUntil(() => hub.state === 'failed', 'it fails');
    expect(hub.error?.code).to.equal(code);
    hub.dispatchEvent(new SnapRenewRequestEvent());
    await waitUntil(() => hub.state === 'waiting', 'it is in a room');
    expect(hub.error).to.equal(null);
  };

  it('gets a new room for a wrong code when a person asks for one', async () => {
    history.replaceState(null, '', `${address}#snap=short`);
    await failedAt(hub, 'room-code-invalid');
    expect(location.hash).to.match(/^#snap=[a-z2-7]{26}$/);
  });

  it('gets a room of its own where another hub has that of the address, which stays as it was', async () => {
    const first = document.createElement('snap-connection');
    first.server = '/peerjs';
    try {
      document.body.append(first);
      await waitUntil(() => first.state === 'waiting', 'the first is in its room');
      const before = [first.inviteUrl, location.hash];
      await failedAt(hub, 'room-in-use');
      expect([first.state, first.inviteUrl, location.hash]).to.deep.equal(['waiting', ...before]);
      expect(hub.inviteUrl)
        .to.match(/#snap=[a-z2-7]{26}$/)
        .and.not.equal(first.inviteUrl);
    } finally {
      first.remove();
    }
  });
});
