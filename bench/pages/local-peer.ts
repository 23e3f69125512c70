import { Peer } from 'peerjs';

/**
 * PeerJS as it comes, talking to the PeerServer that this page came from, without servers on the
 * Internet.
 */
export function localPeer(): Peer {
  const { hostname: host, port } = location;

  return new Peer(crypto.randomUUID(), {
    host,
    port: Number(port),
    path: '/peerjs',
    config: { iceServers: [] },
  });
}
