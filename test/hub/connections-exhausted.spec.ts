import { expect, fixture, html } from '@open-wc/testing';
import { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type { SnapError } from '../../src/errors.js';
import { trackConnection } from '../../src/peer/connection-budget.js';
import { peerjsSignalling } from '../../src/peer/peerjs/peerjs.js';
import { makeRoomCode } from '../../src/room/code.js';
import { Identity } from '../../src/room/identity.js';
import { Room } from '../../src/room/room.js';

SnapConnection.define('snap-connection');

/**
 * So many that nobody unknown is let in, and members may still be dialled. The page holds on to
 * them.
 */
const MANY = 260;

describe('a page that can make no more connections', () => {
  it('reports that once when somebody knocks, who learns that nobody can be reached', async function () {
    // A dial that nobody answers takes 5 s, and is asked about.
    this.timeout(240_000);
    const code = makeRoomCode();
    const hub = await fixture<SnapConnection>(
      html`<snap-connection server="/peerjs" fragment="" ice-servers="[]" room=${code}></snap-connection>`,
    );
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (hub.state === 'waiting') resolve();
      };
      hub.addEventListener('snap-connection-change', look);
      look();
    });
    const held = Array.from({ length: MANY }, () => ({}) as RTCPeerConnection);
    held.forEach(trackConnection);
    const codes: string[] = [];
    hub.addEventListener('snap-error', ({ error }) => codes.push(error.code));

    const self = { identity: new Identity(), name: 'Ada', sendOnly: false };
    const server = new URL('/peerjs', location.href);
    const signalling = peerjsSignalling({ server, iceServers: [], relayOnly: false });
    const room = new Room({ code, self, signalling, maxPeers: 12 });
    try {
      const error = await new Promise<SnapError>((resolve) => {
        room.onerror = resolve;
        room.join();
      });
      expect(error.code).to.equal('peer-unreachable');
      expect(codes).to.deep.equal(['connections-exhausted']);
      expect(hub.error?.code).to.equal('connections-exhausted');
      expect(hub.peers).to.be.empty;
      expect(held).to.have.length(MANY);
    } finally {
      room.leave();
    }
  });
});
