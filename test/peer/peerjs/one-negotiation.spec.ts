import { expect } from '@open-wc/testing';
import type { SnapError } from '../../../src/errors.js';
import { task } from '../../timing/support/virtual-time.js';
import { InPagePeers } from '../support/in-page-peers.js';

describe('a connection is negotiated once, for one data channel', () => {
  let peers: InPagePeers;

  beforeEach(() => {
    peers = new InPagePeers();
  });

  afterEach(() => {
    peers.close();
  });

  // claim: #renegotiation-closes
  it('and closes when it is negotiated anew: the certificates that were proven must stay in use', async () => {
    const { there } = await peers.pair();
    const closed = new Promise((resolve) => there.closed.addEventListener('abort', resolve));
    await peers.native('offer').setLocalDescription();
    await closed;
    expect((there.closed.reason as SnapError).code).to.equal('peer-protocol');
  });

  // claim: #media-closes
  it('and closes at once over media, which nobody here has asked for', async () => {
    const bob = await peers.claim();
    const caller = new RTCPeerConnection();
    caller.createDataChannel('snaptrail');
    caller.addTransceiver('audio');
    const sdp = await caller.createOffer();
    const payload = { type: 'data', connectionId: 'connection1', serialization: 'raw', sdp };
    peers.server.deliver({ type: 'OFFER', src: 'eve', dst: bob.id, payload });
    const begun = performance.now();
    while (peers.built.length < 2) await task();
    await peers.built[1]!.closed;
    // What does not open is closed after 10 s anyway.
    expect(performance.now() - begun).to.be.below(8_000);
  });
});
