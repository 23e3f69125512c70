import { expect } from '@open-wc/testing';
import { makeRoom } from '../../../src/hub/stay/make-room.js';
import { makeRoomCode } from '../../../src/room/code.js';
import { Identity } from '../../../src/room/identity.js';

const self = { identity: new Identity(), name: 'Ada' };
const entry = { server: new URL('https://signal.example.org/peerjs'), sendOnly: false, maxPeers: 12 };

describe('a room that is reached by PeerJS', () => {
  for (const relayOnly of [false, true])
    it(`connects its lanes ${relayOnly ? 'by a relay alone' : 'by any path'}, as its first connections`, () => {
      const live = { maxLanes: () => 16, iceServers: () => [], exhausted: () => undefined };
      const { lanes } = makeRoom(makeRoomCode(), self, { ...entry, relayOnly }, live);
      expect(lanes().configuration.iceTransportPolicy).to.equal(relayOnly ? 'relay' : 'all');
    });

  it('reads the servers and the number of lanes anew for each connection', () => {
    let iceServers: RTCIceServer[] = [{ urls: 'stun:one.example.org' }];
    let limit = 16;
    const live = { maxLanes: () => limit, iceServers: () => iceServers, exhausted: () => undefined };
    const { lanes } = makeRoom(makeRoomCode(), self, { ...entry, relayOnly: false }, live);
    const { configuration } = lanes();
    expect([configuration.iceServers, lanes().limit]).to.deep.equal([iceServers, 16]);
    iceServers = [{ urls: 'stun:two.example.org' }];
    limit = 2;
    expect([configuration.iceServers, lanes().limit]).to.deep.equal([iceServers, 2]);
  });

  it('has nobody in it before it is joined', () => {
    const live = { maxLanes: () => 16, iceServers: () => [], exhausted: () => undefined };
    const { room } = makeRoom(makeRoomCode(), self, { ...entry, relayOnly: false }, live);
    expect(room.members).to.deep.equal([]);
    room.leave({ final: true });
  });
});
