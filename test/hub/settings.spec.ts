import { expect } from '@open-wc/testing';
import '../../src/define/snap-connection.js';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import { makeRoomCode } from '../../src/room/code.js';
import { otherPage } from '../elements/support/other-page.js';
import { waitUntil } from '../support/wait-until.js';

describe('a hub in its room', function () {
  // Up to four pages, each with a connection to each.
  this.timeout(90_000);
  let room: string;
  let hub: SnapConnection;
  let other: SnapConnection;
  const moves: string[] = [];
  before(async () => {
    room = makeRoomCode();
    const place = document.createElement('div');
    place.innerHTML = `<snap-connection server="/peerjs" room="${room}"></snap-connection>`;
    document.body.append(place);
    hub = place.querySelector('snap-connection')!;
    other = await otherPage(room);
    await waitUntil(() => hub.peers.length === 1 && other.peers.length === 1, 'they have met');
    for (const type of ['snap-peer-join', 'snap-peer-leave', 'snap-connection-change'])
      for (const each of [hub, other]) each.addEventListener(type, () => moves.push(type));
  });
  after(() => {
    hub.parentElement!.remove();
    document.querySelectorAll('iframe').forEach((frame) => frame.remove());
  });
  beforeEach(() => (moves.length = 0));

  /** A message to and fro: whatever was to come of what was done before has come. */
  async function exchanged(): Promise<void> {
    await hub.updateComplete;
    await hub.send(new File(['x'], 'x.txt')).finished;
  }

  const same: Record<string, () => unknown> = {
    'the server by its whole address': () => (hub.server = new URL('/peerjs', location.href).href),
    'the server with blanks': () => hub.setAttribute('server', ' /peerjs '),
    'as many members as by default': () => (hub.maxPeers = 12),
    'no number of members': () => Reflect.set(hub, 'maxPeers', undefined),
    'more members than there may be by default, and back': () => {
      hub.maxPeers = 15;
      hub.maxPeers = null;
    },
    'a key of the address, which is not looked at': () => (hub.fragment = 'other'),
    'undefined for all that has a default': () => {
      for (const name of [
        'fragment',
        'name',
        'sendOnly',
        'iceServers',
        'relayOnly',
        'accept',
        'maxSize',
        'maxLanes',
      ])
        Reflect.set(hub, name, undefined);
    },
    'another name': () => (hub.name = 'Anna'),
    'other ICE servers': () => (hub.iceServers = [{ urls: 'stun:127.0.0.1:9' }]),
    'ICE servers that are none': () => hub.setAttribute('ice-servers', 'nonsense'),
    'the markup that it was written with': () => {
      const given = document.createElement('template');
      given.innerHTML = `<snap-connection server="/peerjs" room="${room}"></snap-connection>`;
      const [wanted] = given.content.children;
      for (const { name } of [...hub.attributes]) if (!wanted!.hasAttribute(name)) hub.removeAttribute(name);
      for (const { name, value } of wanted!.attributes)
        if (hub.getAttribute(name) !== value) hub.setAttribute(name, value);
    },
  };
  for (const [what, set] of Object.entries(same)) {
    it(`stays in its room when it is given ${what}`, async () => {
      set();
      await exchanged();
      expect(moves).to.deep.equal([]);
      expect([hub.state, other.state]).to.deep.equal(['connected', 'connected']);
    });
  }

  const another: Record<string, () => unknown> = {
    'send-only': () => (hub.sendOnly = !hub.sendOnly),
    'another number of members': () => (hub.maxPeers = 10),
    'relay-only, which is a promise from then on': () => (hub.relayOnly = true),
  };
  for (const [what, set] of Object.entries(another)) {
    it(`leaves and enters again when it is given ${what}`, async () => {
      set();
      await waitUntil(() => moves.includes('snap-peer-leave'), 'it has left');
      hub.relayOnly = false;
      await waitUntil(() => hub.peers.length === 1 && other.peers.length === 1, 'it is back');
    });
  }

  it('uses new ICE servers for new connections, and keeps the connections that it has', async () => {
    const used: string[] = [];
    const Native = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        used.push(...(configuration?.iceServers ?? []).map(({ urls }) => String(urls)));
      }
    };
    try {
      hub.iceServers = [{ urls: 'stun:127.0.0.1:11' }];
      await exchanged();
      const third = await otherPage(room);
      await waitUntil(() => hub.peers.length === 2 && third.peers.length === 2, 'a third has come');
      hub.iceServers = JSON.stringify([{ urls: 'stun:127.0.0.1:12' }]);
      await hub.updateComplete;
      const fourth = await otherPage(room);
      await waitUntil(() => hub.peers.length === 3 && fourth.peers.length === 3, 'a fourth has come');
    } finally {
      globalThis.RTCPeerConnection = Native;
    }
    expect([...new Set(used)]).to.deep.equal(['stun:127.0.0.1:11', 'stun:127.0.0.1:12']);
    expect(moves.filter((move) => move !== 'snap-peer-join')).to.deep.equal([]);
  });
});
