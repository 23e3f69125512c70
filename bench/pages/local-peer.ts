import { Peer } from 'peerjs';

/**
 * PeerJS with defaults, connected to the PeerServer that served this page, without servers on the
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
